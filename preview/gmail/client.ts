import { onClick } from '../../gmail-addon/cards/click'
import { evaluateInFunction } from '../../tests/doubles/gmail/evaluate-function'
import type { Manifest } from '../../tests/doubles/gmail/manifest'
import { createGmail, type Gmail } from '../../tests/doubles/gmail/runtime'
import type { FakeMail } from '../../tests/doubles/gmail/services/gmail-app'
import type { TransportRequest, TransportResponse } from '../../tests/doubles/gmail/transport'
import type { Mail } from '../mailbox'
import { isScreenId } from '../../shared/screens/lifecycle'
import type { State } from '../state'

/**
 * Gmail with the built add-on. Apps Script can only call https addresses that were fixed when the
 * bundle was built, so here that address stands for this very server: what goes out and comes in is
 * translated, as a reverse proxy would do it.
 */
const translator = (publicUrl: string) => ({
  outward: (text: string) => text.split(publicUrl).join(window.location.origin),
  inward: (text: string) => text.split(window.location.origin).join(publicUrl),
})
type Translator = ReturnType<typeof translator>

const bytesOf = (binary: string): Uint8Array => Uint8Array.from(binary, (character) => character.charCodeAt(0) & 0xff)

const headersOf = (raw: string): Record<string, string> =>
  Object.fromEntries(raw.trim().split(/\r?\n/).map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]))

/** Synchronous, as Apps Script is; bytes come as text of one character each, which is all that a synchronous request offers. */
const sendOne = ({ outward }: Translator, { method, url, headers, body }: TransportRequest): TransportResponse => {
  const request = new XMLHttpRequest()
  request.open(method, outward(url), false)
  request.overrideMimeType('text/plain; charset=x-user-defined')
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
  // A view on shared memory is no body of a request; a copy is.
  request.send(body === null || typeof body === 'string' ? body : new Uint8Array(body))
  return { status: request.status, headers: headersOf(request.getAllResponseHeaders()), body: bytesOf(request.responseText) }
}

/** Google hands out identities without asking our server, so one that was handed out stays when the server is away. */
const identityOf = (email: string) => {
  let last: string | null = null
  return (): string | null => {
    const request = new XMLHttpRequest()
    request.open('POST', '/demo/token', false)
    request.setRequestHeader('Content-Type', 'application/json')
    try {
      request.send(JSON.stringify({ email }))
      last = request.status === 200 ? String((JSON.parse(request.responseText) as { token: unknown }).token) : last
    } catch {
      return last
    }
    return last
  }
}

const addressesOf = (people: Mail['to']): string => people.map(({ name, email }) => (name ? `"${name.replace(/["\\]/g, '')}" <${email}>` : email)).join(', ')

/** A mail of the demo's mailbox as Gmail's own object has it. */
export const fakeMailOf = (mail: Mail, { inward }: Translator): FakeMail => ({
  id: mail.id,
  from: addressesOf([mail.from]),
  to: addressesOf(mail.to),
  cc: addressesOf(mail.cc),
  subject: mail.subject,
  body: inward(mail.text),
  headers: Object.fromEntries(mail.headers.map(({ name, value }) => [name, value])),
  attachments: mail.attachments.map(({ name, mediaType, content }) => ({ name, mediaType, content: bytesOf(atob(content)) })),
})

export type GmailClient = {
  gmail: Gmail
  open(mail: Mail | null): void
  /** Opens the screen that an address names (`?screen=users&status=pending`), by the click that leads to it. */
  openScreen(search: string): void
  outward(text: string): string
}

/** Loads the bundle and manifest that the server serves. */
export const loadGmail = async (state: State): Promise<GmailClient> => {
  const [code, manifest] = await Promise.all([fetch('/gmail/code.js').then((r) => r.text()), fetch('/gmail/appsscript.json').then((r) => r.json() as Promise<Manifest>)])
  const publicUrl = new URL(manifest.urlFetchWhitelist[0] ?? window.location.origin).origin
  const translate = translator(publicUrl)
  const gmail = createGmail({
    code,
    manifest,
    evaluate: evaluateInFunction,
    transport: (requests) => requests.map((request) => sendOne(translate, request)),
    identityToken: identityOf(state.person),
    locale: state.lang,
    timeZone: { id: Intl.DateTimeFormat().resolvedOptions().timeZone, offset: -new Date().getTimezoneOffset() * 60_000 },
  })
  return {
    gmail,
    outward: translate.outward,
    open: (mail) => {
      if (mail) gmail.openMail(fakeMailOf(mail, translate))
      else gmail.openHomepage()
    },
    openScreen: (search) => {
      const { screen = '', ...params } = Object.fromEntries(new URLSearchParams(search))
      if (!isScreenId(screen)) return
      gmail.click(onClick({ kind: 'open', to: { screen, params } }, { here: { screen: 'home', params: {} }, inputs: [], depth: 0 }))
    },
  }
}
