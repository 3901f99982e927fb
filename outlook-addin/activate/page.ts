import { call } from '../../shared/api/call'
import { failure } from '../../shared/errors'
import { LOCALES, localeOf, type Locale } from '../../shared/kit/locale'
import { loadPageLanguage, type PageTranslate } from './languages'
import { newKey, send } from './send'
import { codeIn, codeSent, haveCode, looked, redeemed, waiting, type Page } from './state'
import { takeToken } from './token'
import { draw, type Deeds } from './view'

/** The first of the reader's languages that is one of ours; null where none is. */
const ownLocale = (languages: readonly string[]): Locale | null => languages.map((tag) => LOCALES.find((locale) => tag.toLowerCase().startsWith(locale))).find((locale) => locale !== undefined) ?? null

const supportUrlOf = (text: string | null | undefined): string | null => {
  try {
    const config: unknown = JSON.parse(text ?? '')
    const url = typeof config === 'object' && config !== null && 'supportUrl' in config ? config.supportUrl : null
    return typeof url === 'string' && /^(https?|mailto):/.test(url) ? url : null
  } catch {
    return null
  }
}

/** Opens the page: the link is looked up, and everything else waits for a person. */
export const openPage = async (root: HTMLElement): Promise<void> => {
  const token = takeToken(window)
  const chosen = ownLocale(navigator.languages)
  const supportUrl = supportUrlOf(document.getElementById('config')?.textContent)
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  let t: PageTranslate = await loadPageLanguage(chosen ?? 'en', timeZone)
  let page: Page = token === null ? { is: 'unknown' } : { is: 'looking' }
  let drawn: Page['is'] | null = null
  let typed = ''
  // The same code sent again is the same request: an answer that got lost is given again.
  let attempt = { code: '', key: '' }

  const show = (next: Page): void => {
    typed = root.querySelector<HTMLInputElement>('#code')?.value ?? typed
    page = next
    draw(root, page, { t, deeds, supportUrl, typed }, drawn)
    drawn = page.is
  }
  const lookup = async (): Promise<void> => {
    if (token === null) return
    show({ is: 'looking' })
    const reply = await send(call('activations.lookup', { body: { token } }))
    // Where the browser speaks none of our languages, the owner's own is the best guess.
    if (reply.ok && chosen === null) t = await loadPageLanguage(localeOf(reply.value.language), timeZone)
    show(looked(reply))
  }
  const askCode = async (): Promise<void> => {
    if (token === null) return
    show(waiting(page, 'code'))
    show(codeSent(page, await send(call('activations.code', { body: { token } }))))
  }
  const redeem = async (text: string): Promise<void> => {
    if (token === null) return
    const code = codeIn(text)
    if (code === null) return show(redeemed(page, { ok: false, failure: failure('activation.code_wrong') }))
    if (attempt.code !== code) attempt = { code, key: newKey() }
    show(waiting(page, 'redeem'))
    const reply = await send(call('activations.redeem', { body: { token, code } }), attempt.key)
    // A refusal is stored under its key: the next try is a request of its own.
    if (!reply.ok && !reply.failure.code.startsWith('network.')) attempt = { code: '', key: '' }
    show(redeemed(page, reply))
  }
  const speak = async (locale: Locale): Promise<void> => {
    t = await loadPageLanguage(locale, timeZone)
    show(page)
  }
  const deeds: Deeds = {
    retry: () => void lookup(), askCode: () => void askCode(), haveCode: () => show(haveCode(page)), redeem: (text) => void redeem(text), speak: (locale) => void speak(locale),
  }
  show(page)
  await lookup()
}
