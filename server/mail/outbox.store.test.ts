import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addOrganization, changeScope, NOW, openTestStore, type TestStore } from '../../tests/doubles/store'
import { openMailbox, type Mailbox } from '../demo/mailbox'
import { createLogger } from '../http/logger'
import { newId } from '../store/ids'
import type { SendMail } from './mail'
import { drainOutbox } from './outbox'
import { createRender } from './render'
import { createSmtp } from './smtp'

const TOKEN = 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg'
let store: TestStore
let mailbox: Mailbox
let dataDir: string
let organizationId: string
let now = NOW

beforeAll(async () => {
  store = await openTestStore()
  organizationId = await addOrganization(store, 'Acme <b>')
  dataDir = await mkdtemp(join(tmpdir(), 'mailbox-'))
  mailbox = await openMailbox(dataDir, () => now)
})
afterAll(async () => {
  await mailbox.close()
  await store.drop()
  await rm(dataDir, { recursive: true })
})

const queue = (email: string, language: string) => store.change(changeScope(organizationId), async ({ mail }) => {
  mail({ kind: 'activation', to: { email, name: 'Zoé\r\nBcc: evil@x.example' }, language, params: { organization: 'Acme <b>', inviter: 'Olive', plan: 'pro', expiresAt: '2026-03-09T09:00:00.000Z' }, secrets: { token: TOKEN } })
  return { ok: true, value: null }
})
const queueMany = (count: number) => store.change(changeScope(organizationId), async ({ mail }) => {
  for (let n = 0; n < count; n += 1) mail({ kind: 'activation', to: { email: `many-${n}@acme.example`, name: '' }, language: 'en', params: { organization: 'Acme', inviter: null, plan: null, expiresAt: '2026-03-09T09:00:00.000Z' }, secrets: { token: TOKEN }, isBulk: true })
  return { ok: true, value: null }
})
const rows = () => store.system((db) => db.selectFrom('outbox').selectAll().orderBy('id').execute())
const drain = (send: SendMail, isBusy = false) => drainOutbox({ store, send, isBusy: () => isBusy, render: createRender({ publicUrl: 'https://orgdesk.example', supportUrl: 'https://help.example' }), domain: 'orgdesk.example', clock: () => now, newId, logger: createLogger('silent') })
const smtpTo = (mailboxUrl: string) => createSmtp({ url: mailboxUrl, from: 'Orgdesk <no-reply@orgdesk.example>' })

describe('a stored mail', () => {
  it.each([['en', 'Your invitation', 'Activate'], ['fr', 'Votre invitation', 'Activer'], ['es', 'Su invitación', 'Activar']])('reaches its one reader over SMTP, in %s, as text and HTML with the same link', async (language, subject, action) => {
    const email = `reader-${language}@acme.example`
    await queue(email, language)
    const smtp = smtpTo(mailbox.smtpUrl)
    expect(await drain(smtp.send)).toBe(1)
    smtp.close()
    const [item, ...more] = mailbox.list(email)
    expect(more).toEqual([])
    expect(mailbox.list('evil@x.example')).toEqual([])
    expect(item).toMatchObject({ to: [email], from: 'no-reply@orgdesk.example', subject: expect.stringContaining(subject), attachments: [] })
    const url = `https://orgdesk.example/activate#${TOKEN}`
    expect(item?.text).toContain(url)
    expect(item?.html).toContain(`href="${url}"`)
    expect(item?.html).toContain(action)
    expect(item?.html).toContain('Acme &lt;b&gt;')
    expect(item?.html).not.toContain('Acme <b>')
  })

  it('forgets its token once it is sent, and is not sent again', async () => {
    for (const row of await rows()) expect([row.state, row.secrets]).toEqual(['sent', null])
    expect(await drain(async () => ({ ok: true }))).toBe(0)
  })

  it('is tried again after a failure under the same message id, and given up where the mailbox does not exist', async () => {
    await queue('later@acme.example', 'en')
    const ids: string[] = []
    const failing: SendMail = async (mail) => { ids.push(mail.messageId); return { ok: false, isFinal: false, reason: 'ECONNREFUSED' } }
    await drain(failing)
    expect(await drain(failing)).toBe(0)
    now = new Date(NOW.getTime() + 3_600_000)
    await drain(async (mail) => { ids.push(mail.messageId); return { ok: false, isFinal: true, reason: 'EENVELOPE 550' } })
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
    expect(ids[0]).toMatch(/^<[0-9a-f-]{36}@orgdesk\.example>$/)
    expect((await rows()).find(({ to_email: to }) => to === 'later@acme.example')).toMatchObject({ state: 'failed', last_error: 'EENVELOPE 550' })
  })

  it.each([[false, 4], [true, 1]])('waits among those to many while the thread is at other work: busy %s, %i at a time', async (isBusy, most) => {
    await queueMany(12)
    let atOnce = 0
    let atMost = 0
    const send: SendMail = async () => {
      atOnce += 1
      atMost = Math.max(atMost, atOnce)
      await new Promise((resolve) => { setTimeout(resolve, 5) })
      atOnce -= 1
      return { ok: true }
    }
    while (await drain(send, isBusy) > 0);
    expect(atMost).toBe(most)
    // What somebody waits for makes room for nothing.
    for (let n = 0; n < 5; n += 1) await queue(`now-${n}@acme.example`, 'en')
    await drain(send, isBusy)
    expect(atMost).toBe(4)
  })

  it('goes before all of those that went to many, however long they have waited', async () => {
    await queueMany(60)
    const sent: string[] = []
    const send: SendMail = async ({ to }) => { sent.push(to.email); return { ok: true } }
    await drain(send)
    await queue('waiting@acme.example', 'en')
    await drain(send)
    expect(sent.length).toBeLessThan(60)
    expect(sent.slice(-20)).toContain('waiting@acme.example')
    while (await drain(send) > 0);
    expect(new Set(sent).size).toBe(61)
  })

  it('is sent by one of two servers, once', async () => {
    for (let n = 0; n < 30; n++) await queue(`race-${n}@acme.example`, 'en')
    const sent: string[] = []
    const send: SendMail = async (mail) => { sent.push(mail.to.email); return { ok: true } }
    await Promise.all([drain(send), drain(send), drain(send)])
    expect(sent.sort()).toEqual([...new Set(sent)].sort())
    expect(sent).toHaveLength(30)
  })
})

describe('an address', () => {
  it.each(['a@x.example, b@y.example', 'a@x.example;b@y.example', 'a@x.example\r\nBcc: b@y.example', '<a@x.example>', 'a@x.example b@y.example', 'x', ''])('that is not exactly one is sent nothing: %j', async (email) => {
    const before = mailbox.count()
    const smtp = smtpTo(mailbox.smtpUrl)
    expect(await smtp.send({ messageId: '<1@x.example>', to: { email, name: '' }, subject: 's', text: 't', html: 'h', unsubscribeUrl: null })).toEqual({ ok: false, isFinal: true, reason: 'email.malformed' })
    smtp.close()
    expect(mailbox.count()).toBe(before)
  })
})

describe('the mailbox of the demo', () => {
  it('still has its mails after a restart', async () => {
    const again = await openMailbox(dataDir, () => now)
    expect(again.list('reader-en@acme.example')).toEqual(mailbox.list('READER-en@acme.example'))
    expect(again.count()).toBe(mailbox.count())
    await again.close()
  })
})
