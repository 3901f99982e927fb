import { queuedMail } from '../../../tests/doubles/samples/mails'
import { LOCALES } from '../../../shared/kit/locale'
import type { QueuedMail } from '../../store/outbox'
import { createRender, type MAILS } from '../render'

const HOSTILE = `<img src=x onerror=alert(1)>"'&amp;`
const TOKEN = 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg'
const ACTIVATE = `https://orgdesk.example/activate#${TOKEN}`
const EXPIRES_AT = '2026-03-09T09:00:00.000Z'

const domain = { organization: HOSTILE, domain: 'acme.example', host: '_orgdesk-challenge.acme.example', value: 'orgdesk=0123456789abcdef', until: EXPIRES_AT, reason: HOSTILE }
/** What each kind is stored with: values that would be markup if anything let them. */
const invited = { organization: HOSTILE, inviter: HOSTILE, plan: 'pro', expiresAt: EXPIRES_AT }
type Params = Record<string, string | number | boolean | null>
const STORED: Record<keyof typeof MAILS, { params: Params; secrets?: Record<string, string> }[]> = {
  activation: [{ params: invited, secrets: { token: TOKEN } }, { params: { ...invited, inviter: null, plan: null }, secrets: { token: TOKEN } }],
  activation_reminder: [{ params: invited, secrets: { token: TOKEN } }, { params: { ...invited, inviter: null }, secrets: { token: TOKEN } }],
  activation_code: [{ params: { organization: HOSTILE, minutes: 10 }, secrets: { code: '042042' } }],
  license_changed: [{ params: { organization: HOSTILE, from: 'eco', to: 'pro', actor: HOSTILE } }, { params: { organization: HOSTILE, from: 'eco', to: null, actor: HOSTILE } }],
  licenses_low: [{ params: { organization: HOSTILE, plan: 'pro', quantity: 1200, available: 3 } }, { params: { organization: HOSTILE, plan: 'pro', quantity: 5, available: 0 } }],
  licenses_renewal: [['ahead', true], ['ahead', false], ['overdue', false], ['renewed', true]].map(([news, byItself]) => ({ params: { organization: HOSTILE, plan: 'pro', quantity: 12, cents: 10800, currency: 'EUR', on: '2027-03-02', news, byItself } as Params })),
  import_finished: [{ params: { organization: HOSTILE, name: HOSTILE, total: 200, applied: 190, rejected: 10, failure: null } }, { params: { organization: HOSTILE, name: HOSTILE, total: 9, applied: 0, rejected: 0, failure: 'file.unreadable' } }],
  export_ready: [{ params: { organization: HOSTILE, name: HOSTILE, expiresAt: EXPIRES_AT }, secrets: { ticket: TOKEN } }],
  export_failed: [{ params: { organization: HOSTILE, name: HOSTILE, expiresAt: EXPIRES_AT } }],
  new_admin: [{ params: { organization: HOSTILE, person: HOSTILE, email: 'x@acme.example', actor: HOSTILE } }],
  domain_approved: [{ params: domain }],
  domain_still_pending: [{ params: domain }],
  domain_failed: [{ params: domain }],
  domain_record_missing: [{ params: domain }],
  domain_contested: [{ params: domain }],
  domain_refused: [{ params: domain }],
}
const render = createRender({ publicUrl: 'https://orgdesk.example', supportUrl: 'https://help.example' })

const stored = (kind: string, language: string, more: Partial<QueuedMail> = {}): QueuedMail => ({
  ...queuedMail(kind, language, { params: {}, secrets: null }), ...more,
})
const CASES = LOCALES.flatMap((language) => Object.entries(STORED).flatMap(([kind, cases]) => cases.map((one, nth) => ({ kind, nth, language, ...one }))))
const written = ({ kind, language, params, secrets = {} }: (typeof CASES)[number]) => {
  const mail = render(stored(kind, language, { params, secrets: Object.keys(secrets).length === 0 ? null : secrets }))
  if (mail === null) throw new Error(`${kind} was not written`)
  return mail
}
const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }
const wordsIn = (html: string) => html.replace(/<style>.*?<\/style>|<title>.*?<\/title>/gs, '').replace(/<[^>]*>/g, ' ').replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity).replace(/\s+/g, ' ')

describe.each(CASES)('$kind ($nth) in $language', (one) => {
  const mail = written(one)

  it('says in plain text all that it says in HTML, with the same link', () => {
    const plain = mail.text.replace(/\s+/g, ' ')
    const shown = wordsIn(mail.html).replace('Orgdesk ', ' ').trim()
    for (const word of shown.split(' ')) expect(plain).toContain(word)
    expect([...mail.html.matchAll(/href="([^"]+)"/g)].map((found) => found[1]).every((url) => mail.text.includes(url ?? ''))).toBe(true)
  })

  it('shows every value as text, and fetches nothing', () => {
    const markup = [...(mail.html.match(/<[^>]*>/g) ?? []), ...(mail.html.match(/<style>.*?<\/style>/gs) ?? [])].join('\n')
    expect(markup).not.toMatch(/<img|<script|<link|<iframe|\son\w+=|javascript:|url\(|@import|src=/i)
    expect(mail.html.replace(/&(?:lt|gt|quot|#39|amp);/g, '')).not.toContain('&')
    expect(mail.text).toContain(HOSTILE)
  })

  it('leaves no gap for a value and no key in place of a sentence', () => {
    for (const form of [mail.subject, mail.text, wordsIn(mail.html)]) expect(form).not.toMatch(/…|\{\w+\}|mails\.|plan_name/)
  })

  it('is in the language of its reader, says whom it goes to, and where to get help', () => {
    expect(mail.html).toContain(`<html lang="${one.language}">`)
    expect(mail.text).toContain('maria@acme.example')
    expect(mail.text).toContain('https://help.example')
  })
})

it.each(LOCALES)('the invitation has one button, and the address below it, in %s', (language) => {
  const { html, text } = written({ kind: 'activation', nth: 0, language, params: invited, secrets: { token: TOKEN } })
  expect([...html.matchAll(/href="([^"]+)"/g)].map((found) => found[1])).toEqual([ACTIVATE, ACTIVATE])
  expect(text).toContain(`\n${ACTIVATE}\n`)
})

it('a mail with a code leads nowhere, and its subject does not tell the code', () => {
  const mail = written({ kind: 'activation_code', nth: 0, language: 'en', params: { organization: 'Acme', minutes: 10 }, secrets: { code: '042042' } })
  expect(mail.html).not.toContain('href')
  expect(mail.subject).not.toContain('042042')
  expect(mail.text).toContain('042042')
})

it('notices can be stopped, mails that an account needs can not', () => {
  const stops = (Object.keys(STORED) as (keyof typeof STORED)[]).map((kind) => [kind, written({ kind, nth: 0, language: 'en', params: STORED[kind][0]?.params ?? {}, secrets: STORED[kind][0]?.secrets }).unsubscribeUrl !== null])
  expect(Object.fromEntries(stops)).toEqual({ activation: false, activation_reminder: false, activation_code: false, license_changed: false, licenses_low: true, licenses_renewal: true, import_finished: true, export_ready: false, export_failed: false, new_admin: false,
    domain_approved: false, domain_still_pending: false, domain_failed: false, domain_record_missing: false, domain_contested: false, domain_refused: false,
  })
})

it.each([['unknown', {}, null], ['constructor', {}, null], ['activation', { organization: 'Acme' }, { token: TOKEN }], ['activation', invited, null]])('what is stored wrongly is not sent half: %s', (kind, params, secrets) => {
  expect(render(stored(kind, 'en', { params, secrets }))).toBeNull()
})
