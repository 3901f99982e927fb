import type { Failure } from '../../shared/errors'
import { LOCALES, type Locale } from '../../shared/kit/locale'
import type { PageTranslate } from './languages'
import { element } from './element'
import type { Link, Page, Redeemed } from './state'

/** What a visitor can do. */
export type Deeds = { retry: () => void; askCode: () => void; haveCode: () => void; redeem: (typed: string) => void; speak: (locale: Locale) => void }

/** Everything around the visit that is drawn too. `typed` is what stands in the field of the code. */
export type Scene = { t: PageTranslate; deeds: Deeds; supportUrl: string | null; typed: string }

const LANGUAGE_NAMES: Record<Locale, string> = { en: 'English', fr: 'Français', es: 'Español' }

const button = (id: string, label: string, onClick: () => void, { primary = false, busy = false } = {}): HTMLButtonElement => {
  const made = element('button', { type: 'button', id, class: primary ? 'primary' : 'plain', 'aria-disabled': busy ? 'true' : undefined }, label)
  made.addEventListener('click', () => { if (!busy) onClick() })
  return made
}

const heading = (text: string): HTMLHeadingElement => element('h1', { tabindex: '-1' }, text)
const sentence = (text: string): HTMLParagraphElement => element('p', {}, text)

/** What went wrong, as a sentence with a next step; announced when it appears. */
const problem = (lost: Failure | null, t: PageTranslate): HTMLElement | null =>
  lost === null ? null : element('p', { class: 'problem', role: 'alert', id: 'problem' }, t.code(lost.code))

const offer = ({ organization, inviter, plan }: Link, t: PageTranslate): string => {
  const params = { organization, inviter: inviter ?? '', plan: plan === null ? '' : t.code(`plan_name.${plan}`) }
  if (inviter === null) return t(plan === null ? 'activation.offer_without_license' : 'activation.offer', params)
  return t(plan === null ? 'activation.offer_by_without_license' : 'activation.offer_by', params)
}

const facts = (link: Link, t: PageTranslate): HTMLElement => {
  const rows: [string, string | null][] = [
    [t('activation.page_organization'), link.organization], [t('activation.page_inviter'), link.inviter],
    [t('activation.page_license'), link.plan === null ? null : t.code(`plan_name.${link.plan}`)],
    [t('activation.page_address'), link.email], [t('activation.page_until'), t.dateTime(link.expiresAt)],
  ]
  return element('dl', {}, ...rows.flatMap(([label, value]) => (value === null ? [] : [element('dt', {}, label), element('dd', {}, value)])))
}

const codeForm = (page: Extract<Page, { is: 'asked' }>, { t, deeds, typed }: Scene): HTMLElement => {
  const isBusy = page.busy !== null
  const isWrong = page.lost?.code === 'activation.code_wrong' || page.lost?.code === 'request.invalid'
  const field = element('input', {
    id: 'code', name: 'code', inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: '9', value: typed, required: true,
    'aria-invalid': isWrong ? 'true' : undefined, 'aria-describedby': page.lost === null ? undefined : 'problem',
  })
  const submit = element('button', { type: 'submit', id: 'redeem', class: 'primary', 'aria-disabled': isBusy ? 'true' : undefined }, t('activation.activate'))
  const form = element('form', { novalidate: true }, element('label', { for: 'code' }, t('activation.code')), field, problem(page.lost, t), submit)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (!isBusy) deeds.redeem(field.value)
  })
  return form
}

const doneBlocks = ({ organization, plan }: Redeemed, t: PageTranslate): HTMLElement[] => [
  heading(t('activation.page_done_title')),
  element('p', { class: 'good' }, plan === null ? t('activation.done_without_license', { organization }) : t('activation.done', { organization, plan: t.code(`plan_name.${plan}`) })),
  element('h2', {}, t('activation.page_next')),
  element('ul', {}, element('li', {}, t('activation.page_next_outlook')), element('li', {}, t('activation.page_next_gmail')), element('li', {}, t('activation.page_next_sign_in'))),
]

const blocksOf = (page: Page, scene: Scene): (HTMLElement | null)[] => {
  const { t, deeds } = scene
  const title = heading(t('activation.page_title'))
  if (page.is === 'looking') return [title, element('p', { role: 'status' }, t('activation.page_looking'))]
  if (page.is === 'unknown') return [title, element('p', { class: 'problem', role: 'alert' }, t('activation.page_unknown'))]
  if (page.is === 'away') return [title, problem(page.lost, t), button('retry', t('common.retry'), deeds.retry, { primary: true })]
  if (page.is === 'dead') return [heading(t('activation.page_dead_title')), element('p', { class: 'problem', role: 'alert' }, t.code(page.code))]
  if (page.is === 'done') return doneBlocks(page.redeemed, t)
  const about = [title, sentence(offer(page.link, t)), facts(page.link, t)]
  const isBusy = page.busy !== null
  if (page.is === 'offered') {
    return [
      ...about, sentence(t('activation.page_why_code', { email: page.link.email })), problem(page.lost, t),
      button('ask', t('activation.page_send_code'), deeds.askCode, { primary: true, busy: isBusy }), button('have', t('activation.page_have_code'), deeds.haveCode, { busy: isBusy }),
    ]
  }
  return [
    ...about, page.hasCode ? element('p', { role: 'status' }, t('activation.page_code_on_its_way', { email: page.link.email })) : null,
    codeForm(page, scene), button('ask', t('activation.code_again'), deeds.askCode, { busy: isBusy }),
  ]
}

const footer = ({ t, deeds, supportUrl }: Scene): HTMLElement => {
  const languages = LOCALES.map((locale) => {
    const made = button(`speak-${locale}`, LANGUAGE_NAMES[locale], () => deeds.speak(locale))
    made.lang = locale
    made.className = 'language'
    if (locale === t.locale) made.setAttribute('aria-current', 'true')
    return made
  })
  return element('footer', {},
    supportUrl === null ? null : element('a', { href: supportUrl, rel: 'noreferrer' }, t('activation.page_support')),
    element('nav', { 'aria-label': t('activation.page_language') }, ...languages))
}

/** Where the focus belongs: on the heading of a new step, in the field of a code, else where it was. */
const focusFor = (root: HTMLElement, page: Page, before: Page['is'] | null, focusedId: string): HTMLElement | null => {
  if (before === null) return null
  const field = root.querySelector<HTMLInputElement>('#code')
  if (field !== null && (before === 'offered' || ('lost' in page && page.lost !== null))) return field
  return before === page.is ? root.querySelector<HTMLElement>(focusedId === '' ? 'h1' : `#${focusedId}`) : root.querySelector<HTMLElement>('h1')
}

/** Draws a visit anew. `before` is the step that was drawn last. */
export const draw = (root: HTMLElement, page: Page, scene: Scene, before: Page['is'] | null): void => {
  const focusedId = document.activeElement?.id ?? ''
  document.documentElement.lang = scene.t.locale
  document.title = `${scene.t('activation.page_title')} · Orgdesk`
  const isBusy = page.is === 'looking' || ('busy' in page && page.busy !== null)
  root.replaceChildren(element('main', { class: 'card', 'aria-busy': isBusy ? 'true' : undefined }, ...blocksOf(page, scene)), footer(scene))
  focusFor(root, page, before, focusedId)?.focus()
}
