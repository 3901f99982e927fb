import { openBundle } from '../../tests/doubles/gmail/hand-made'
import { createServices, type ServiceSettings } from '../../tests/doubles/gmail/services/services'
import type { TransportRequest } from '../../tests/doubles/gmail/transport'
import { createHost } from './create-host'
import type { HostEvent } from './host'
import type { AppsScript } from './vendor'

const MAIL = {
  id: 'm1', from: 'Ann <ann@a.example>', to: '"Doe, Bob" <bob@b.example>', cc: 'cy@c.example', subject: 'Hello', body: 'See https://orgdesk.example/activate#abc',
  headers: { 'Message-ID': '<1@a.example>', 'X-Orgdesk-Message': 'M-1' },
  attachments: [{ name: 'users.csv', mediaType: 'text/csv', content: new Uint8Array([104, 255]) }],
}
const EVENT: HostEvent = { parameters: {}, formInputs: {}, locale: null, timeZone: null, platform: 'WEB', mail: { messageId: 'm1', accessToken: 't' } }
const LOCALE = 'https://www.googleapis.com/auth/script.locale'

const breaches: string[] = []
beforeEach(() => void (breaches.length = 0))
afterEach(() => {
  if (breaches.length > 0) throw new Error(breaches.join('\n'))
})

const host = (more: Partial<ServiceSettings> = {}) => {
  const nothing = () => undefined
  const services = createServices({
    report: (one) => void breaches.push(one.message), checkCard: nothing, print: nothing, sleep: nothing, scopes: ['openid', LOCALE], locale: 'es', nowMs: () => 0,
    newId: () => 'id-1', identityToken: () => 'signed', cache: new Map(), properties: new Map(),
    fetch: { transport: () => [], whitelist: ['https://orgdesk.example/'], log: nothing },
    mail: { access: 'readonly', open: () => ({ mail: MAIL, accessToken: 't', clicked: false }) },
    ...more,
  })
  return createHost(services as unknown as AppsScript, 'https://orgdesk.example')
}

describe('the open mail', () => {
  it('is told whole where it may be read', () => {
    expect(host().openMail(EVENT)).toEqual({
      key: 'm1', mode: 'read', subject: 'Hello', internetMessageId: '<1@a.example>', trackingHeader: 'M-1', text: MAIL.body, links: ['https://orgdesk.example/activate#abc'],
      people: [{ email: 'ann@a.example', name: 'Ann', part: 'from' }, { email: 'bob@b.example', name: 'Doe, Bob', part: 'to' }, { email: 'cy@c.example', name: '', part: 'cc' }],
      attachments: [{ id: '0', name: 'users.csv', bytes: 2, mediaType: 'text/csv' }],
    })
    expect(host().attachmentBytes(EVENT, '0')).toEqual([104, -1])
  })

  it('is known but not read until a click, where only that was granted', () => {
    const mail = (clicked: boolean): Partial<ServiceSettings> => ({ mail: { access: 'action', open: () => ({ mail: MAIL, accessToken: 't', clicked }) } })
    expect(host(mail(false)).openMail(EVENT)).toMatchObject({ key: 'm1', text: null, links: null, people: [] })
    expect(host(mail(false)).attachmentBytes(EVENT, '0')).toBeNull()
    expect(host(mail(true)).openMail(EVENT)).toMatchObject({ text: MAIL.body })
  })

  it('is null where none is open, and bytes are null for an attachment that is gone', () => {
    expect(host().openMail({ ...EVENT, mail: null })).toBeNull()
    expect(host().attachmentBytes({ ...EVENT, mail: null }, '0')).toBeNull()
    expect(host().attachmentBytes(EVENT, '7')).toBeNull()
  })
})

describe('requests', () => {
  const sent: TransportRequest[] = []
  const answering = (status: number): Partial<ServiceSettings> => ({
    fetch: {
      whitelist: ['https://orgdesk.example/'], log: () => undefined,
      transport: (requests) => {
        sent.push(...requests)
        return requests.map(() => ({ status, headers: { 'Retry-After': '7' }, body: new TextEncoder().encode('é') }))
      },
    },
  })
  beforeEach(() => void (sent.length = 0))

  it('go out as one batch and bring every status', () => {
    const replies = host(answering(503)).fetchAll([
      { method: 'GET', path: '/v1/me', headers: { Accept: 'application/json' }, body: null },
      { method: 'POST', path: '/v1/imports', headers: { 'Content-Type': 'text/csv' }, body: [104, -1] },
      { method: 'PATCH', path: '/v1/users/1', headers: { 'Content-Type': 'application/json' }, body: '{}' },
    ])
    expect(replies).toEqual([1, 2, 3].map(() => ({ ok: true, value: { status: 503, headers: { 'retry-after': '7' }, text: 'é' } })))
    expect(sent.map(({ method, url, headers, body }) => [method, url, headers, body])).toEqual([
      ['GET', 'https://orgdesk.example/v1/me', { Accept: 'application/json' }, null],
      ['POST', 'https://orgdesk.example/v1/imports', { 'Content-Type': 'text/csv' }, new Uint8Array([104, 255])],
      ['PATCH', 'https://orgdesk.example/v1/users/1', { 'Content-Type': 'application/json' }, '{}'],
    ])
    expect(sent.every(({ timeoutMs }) => timeoutMs < 30_000)).toBe(true)
  })

  it('that get no reply are unreachable, not an exception', () => {
    const transport = () => {
      throw new Error('DNS error')
    }
    const replies = host({ fetch: { transport, whitelist: ['https://orgdesk.example/'], log: () => undefined } }).fetchAll([{ method: 'GET', path: '/v1/me', headers: {}, body: null }])
    expect(replies).toEqual([{ ok: false, failure: { code: 'network.unreachable', issues: [] } }])
    expect(host().fetchAll([])).toEqual([])
  })
})

describe('the cache', () => {
  it('keeps what fits, and says when it does not', () => {
    const { cache } = host()
    expect(cache.put('k', 'v', 60)).toBe(true)
    expect(cache.get('k')).toBe('v')
    cache.remove(['k', 'x'.repeat(300)])
    expect(cache.get('k')).toBeNull()
    expect(cache.put('k', 'é'.repeat(60_000), 60)).toBe(false)
    expect(cache.put('k', '😀'.repeat(25_000), 99_999)).toBe(true)
    expect(cache.put('x'.repeat(300), 'v', 60)).toBe(false)
    expect(cache.get('x'.repeat(300))).toBeNull()
    expect(cache.put('k', 'v', 0)).toBe(false)
  })
})

describe('the person', () => {
  it('has an identity and a language where they granted it', () => {
    expect(host().identityToken()).toBe('signed')
    expect(host({ scopes: [LOCALE] }).identityToken()).toBeNull()
    expect(host().locale({ ...EVENT, locale: 'fr' })).toBe('fr')
    expect(host().locale(EVENT)).toBe('es')
    expect(host({ scopes: [] }).locale(EVENT)).toBeNull()
    expect(host().newId()).toBe('id-1')
  })

  it('is known by an event that the host reads as Gmail sends it', () => {
    const gmail = openBundle({ say: 'return say(JSON.stringify(e))' })
    const { notification } = gmail.click('say')
    expect(host().readEvent(JSON.parse(notification ?? ''))).toEqual({ ...EVENT, parameters: { run: 'say' }, locale: 'en', timeZone: { id: 'Etc/UTC', offsetMs: 0 }, mail: null })
  })
})
