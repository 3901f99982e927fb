import type { Confirmation } from '../../shared/screens/action-step'
import { notify, type Core } from './core'

/** Opens the sign-in window where `clicked`; asks for a click otherwise. `then` goes on afterwards, for the same person only. */
export type SignIn = (clicked: boolean, then?: () => void) => void

/** The ways in and out. */
export type Session = { signIn: SignIn; signOut(): void }

/** Shows a question over the screen. */
export const ask = ({ store }: Core, confirmation: Confirmation, accept: () => void): void => {
  const close = () => store.set({ ask: null })
  store.set({ ask: { ...confirmation, accept: () => { close(); accept() }, dismiss: close } })
}

/** `reloadAll` reads everything again as whoever is there now. */
export const createSignIn = (core: Core, reloadAll: () => void): SignIn => {
  const { deps, store } = core
  const enter = async (then?: () => void): Promise<void> => {
    const before = deps.auth.account()?.username
    const token = await deps.auth.token({ interactive: true })
    if (!token.ok) return notify(core, { tone: 'danger', text: deps.t.code(token.code) })
    const isSame = before === undefined || before === deps.auth.account()?.username
    if (!isSame) store.set({ viewer: null })
    reloadAll()
    if (isSame) then?.()
  }
  return (clicked, then) => {
    const { t } = deps
    if (clicked) void enter(then)
    else ask(core, { title: t('failure.sign_in_title'), blocks: [{ is: 'notice', tone: 'info', text: t.code('auth.expired') }], confirm: t('common.sign_in'), cancel: t('common.cancel'), tone: 'primary' }, () => void enter(then))
  }
}
