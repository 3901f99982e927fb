import { notify, type Core } from './core'

/** Puts a text on the clipboard, or shows it for copying by hand. */
export const copyText = async (core: Core, text: string): Promise<void> => {
  const done = await core.deps.host.copy(text)
  notify(core, done.ok ? { tone: 'success', text: core.deps.t('common.copied') } : { tone: 'info', text: core.deps.t('pane.copy_by_hand', { text }) })
}
