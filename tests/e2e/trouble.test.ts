import { startChromium, type Chromium } from '../doubles/chromium'
import { activationUrlIn, demoCalls, type DemoCalls } from '../doubles/demo-calls'
import { faultsOf, photograph } from './checks'
import { HOSTS, startClient, type Client } from './pane'
import { startDemoServer, type DemoServer } from './server'

const SLOW_MS = 300_000
jest.setTimeout(SLOW_MS)

const OWNER = 'owner@acme.example'
const NINA = 'nina@acme.example'
const PAULA = 'people@acme.example'

type MailPart = { subject: string; text?: string; html?: string; file?: string }

let server: DemoServer
let chromium: Chromium
let demo: DemoCalls
beforeAll(async () => {
  [server, chromium] = await Promise.all([startDemoServer(), startChromium()])
  demo = demoCalls(server.origin)
}, SLOW_MS)
afterAll(async () => { await Promise.all([server.close(), chromium.close()]) }, SLOW_MS)

/** Puts a mail into every mailbox that this client sees. */
const receives = async (client: Client, { subject, text = 'Hello', html = '', file }: MailPart) => {
  const bytes = Buffer.from(file ?? '')
  const attachments = file === undefined ? [] : [{ id: 'file-1', name: 'people.csv', mediaType: 'text/csv', bytes: bytes.length, content: bytes.toString('base64') }]
  const mail = { id: `extra-${subject}`, at: new Date().toISOString(), people: [{ email: 'sender@partner.example', name: 'Sender', part: 'from' }, { email: OWNER, name: '', part: 'to' }], subject, text, html, messageId: `<${subject.length}@partner.example>`, headers: [], attachments }
  await client.page.route('**/demo/mailbox/**', async (route) => {
    const reply = await route.fetch().catch(() => null)
    if (reply === null) return route.abort()
    const { items } = await reply.json() as { items: unknown[] }
    return route.fulfill({ json: { items: [mail, ...items] } })
  })
}

/** Sends somebody a new activation link; answers its address when it has come. */
const linkFor = async (email: string): Promise<string> => {
  const id = ((await demo.call('GET', `/users?q=${email}`, { as: OWNER })).body['items'] as { id: string }[])[0]?.id ?? ''
  const before = (await demo.mails(email)).length
  await demo.call('POST', `/users/${id}/activation-link`, { as: OWNER })
  while ((await demo.mails(email)).length <= before) await new Promise((resolve) => { setTimeout(resolve, 50) })
  return activationUrlIn(await demo.mailTo(email))
}

const linkMail = (subject: string, url: string): MailPart => ({ subject, text: `Use this link: ${url}`, html: `<p>Use <a href="${url}">this link</a></p>` })

describe.each(HOSTS)('bad input in %s', (host) => {
  let client: Client
  beforeEach(async () => { client = await startClient(chromium.browser, server.origin, { host, person: OWNER, width: 320 }) })
  afterEach(() => client.close())

  test.each([
    ['holds no address column', 'name;city\nAda;London\nLuc;Paris\n', 'file.no_email_column'],
    ['is empty', '', 'file.empty'],
    ['is a picture that is called a list', '\u0089PNG\r\n\u001a\n\u0000\u0000\u0000', null],
  ] as const)('a file that %s is refused in a sentence, with a way on', async (name, file, code) => {
    client.expectProblems(/status of 422/)
    await receives(client, { subject: name, file })
    const { t } = await client.show({})
    await client.openMail(name)
    await client.click(t('import.preview'))
    await client.sees(code === null ? t('failure.title') : t.code(code))
    await client.rest()
    await photograph(client, `refused-${code ?? 'file'}`)
    expect(await faultsOf(client)).toEqual([])
    await client.home()
    expect(await client.text()).toContain('Acme')
  })

  test('a mail without an attachment offers no import', async () => {
    const { t } = await client.show({})
    await client.openMail('License for the partner contract')
    await client.sees('Maria Marceau')
    expect(await client.text()).not.toContain(t('import.preview'))
  })

  test('a link of another site, or one that nobody sent, offers nothing to activate', async () => {
    for (const [subject, url] of [['foreign', 'https://orgdesk.example.evil.example/activate#AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'], ['unknown', `${server.origin}/activate#${'A'.repeat(43)}`]] as const) {
      await receives(client, linkMail(subject, url))
      const { t } = await client.show({})
      await client.openMail(subject)
      await client.rest()
      expect(await client.text()).not.toContain(t('activation.activate'))
      await client.page.unroute('**/demo/mailbox/**')
    }
  })

  test('somebody else’s link activates nothing, and says why', async () => {
    client.expectProblems(/status of 403/)
    await receives(client, linkMail('theirs', await linkFor(NINA)))
    const { t } = await client.show({ person: PAULA })
    await client.openMail('theirs')
    await client.click(t('activation.activate'))
    await client.sees(t('activation.wrong_person'))
    await client.rest()
    await photograph(client, 'refused-link')
    expect((await demo.call('GET', `/users?q=${NINA}`, { as: OWNER })).body['items']).toMatchObject([{ status: 'pending' }])
  })

  test('a link that was replaced or has expired says so', async () => {
    const old = await linkFor(NINA)
    await linkFor(NINA)
    await receives(client, linkMail('old', old))
    const { t } = await client.show({ person: NINA })
    await client.openMail('old')
    await client.sees(t('activation.replaced'))
    await client.page.route('**/v1/context', async (route) => {
      const reply = await route.fetch()
      const body = await reply.json() as { activation: object }
      await route.fulfill({ response: reply, json: { ...body, activation: { ...body.activation, code: 'activation.expired' } } })
    })
    await client.show({})
    await client.openMail('old')
    await client.sees(t('activation.expired'))
    expect(await client.text()).not.toContain(t('activation.activate'))
  })

  test('a server that is gone in the middle is told, and trying again works when it is back', async () => {
    client.expectProblems(/Failed to load resource|ERR_|Failed to fetch/)
    const { t } = await client.show({})
    await client.sees(t('home.licenses'))
    await server.stop()
    try {
      await client.click(t('home.licenses'))
      await client.sees(t('network.unreachable'))
      await client.rest()
      await photograph(client, 'gone')
    } finally {
      // The tests that follow need it, whatever this one found.
      await server.start()
    }
    await client.click(t('common.retry'))
    await client.sees(t('plan_name.advanced'))
    expect(await client.text()).not.toContain(t('network.unreachable'))
  })
})

test('a session that has ended asks for signing in again, and goes on', async () => {
  const client = await startClient(chromium.browser, server.origin, { host: 'outlook', person: OWNER })
  client.expectProblems(/401/)
  const { t } = await client.show({})
  let ended = true
  await client.page.route('**/v1/licenses', (route) => (ended ? route.fulfill({ status: 401, contentType: 'application/problem+json', body: JSON.stringify({ type: 'about:blank', title: '', status: 401, code: 'auth.expired', issues: [], requestId: 'r' }) }) : route.continue()))
  await client.click(t('home.licenses'))
  await client.sees(t('failure.sign_in_title'))
  await photograph(client, 'signed-out')
  ended = false
  await client.signIn()
  await client.sees(t('plan_name.advanced'))
  expect(await client.text()).not.toContain(t('failure.sign_in_title'))
  await client.close()
})

test('who signs out in Outlook leaves nothing behind, and whatever is opened later asks who is there', async () => {
  const client = await startClient(chromium.browser, server.origin, { host: 'outlook', person: OWNER })
  const { t } = await client.show({})
  await client.click(t('me.title'))
  await client.pane.getByLabel(t('user.first_name')).fill('Typed and not sent')
  await client.click(t('common.sign_out'))
  await client.sees(t('me.sign_out_question'))
  await client.rest()
  await photograph(client, 'sign-out-question')
  await client.pane.getByRole('dialog').getByRole('button', { name: t('common.sign_out') }).click()
  await client.sees(t('failure.sign_in_title'))
  await photograph(client, 'signed-out-by-choice')
  const frame = client.page.frames().find((one) => one.url().includes('/outlook/'))
  const kept = await frame?.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
  expect(kept).toMatch(/signedOut/)
  expect(kept).not.toMatch(/msal\.|Typed/)
  await client.page.reload()
  await client.sees(t('failure.sign_in_title'))
  const [window] = await Promise.all([client.page.context().waitForEvent('page'), client.click(t('common.sign_in'))])
  await window.getByRole('button', { name: new RegExp(OWNER) }).click()
  await client.click(t('me.title'))
  await client.sees(OWNER)
  expect(await client.text()).not.toContain('Typed and not sent')
  await client.close()
})

test('in Gmail My account says who signs one in, and offers no way out that it has not', async () => {
  const client = await startClient(chromium.browser, server.origin, { host: 'gmail', person: OWNER })
  const { t } = await client.show({})
  await client.click(t('me.title'))
  await client.sees(t('me.signed_in_by_client', { email: OWNER }))
  await photograph(client, 'signed-in-by-gmail')
  expect(await client.text()).not.toContain(t('common.sign_out'))
  await client.close()
})

test.each(HOSTS)('a server that is killed in the middle of an import goes on with it, in %s: nothing is lost or repeated', async (host) => {
  const own = await startDemoServer()
  const client = await startClient(chromium.browser, own.origin, { host, person: OWNER })
  client.expectProblems(/Failed to load resource|ERR_|Failed to fetch/)
  const rows = Array.from({ length: 2_000 }, (_, n) => `bulk${n}@acme.example,Bulk,${n}`)
  await receives(client, { subject: 'many', file: ['email,first_name,last_name', ...rows].join('\n') })
  const { t } = await client.show({})
  await client.openMail('many')
  await client.click(t('import.preview'))
  await client.click(t('import.start', { count: rows.length }))
  await client.sees(t('import.may_close'))
  await own.kill()
  await own.start()
  await client.wait(t('import.done_text', { applied: rows.length, rejected: 0, total: rows.length }))
  const calls = demoCalls(own.origin)
  expect((await calls.call('GET', '/users?q=bulk&limit=1', { as: OWNER })).body['total']).toBe(rows.length)
  expect((await calls.call('GET', '/user-imports', { as: OWNER })).body['items']).toMatchObject([{ status: 'done', applied: rows.length, rejected: 0 }])
  await client.close()
  await own.close()
})
