import { readFile } from 'node:fs/promises'
import { Workbook } from 'exceljs'
import { signWebhook } from '../../server/actions/messages/revoke'
import { startChromium, type Chromium } from '../doubles/chromium'
import { demoCalls, type DemoCalls } from '../doubles/demo-calls'
import { startMessagingService, type MessagingService } from '../doubles/messaging-service'
import { barriersOf, faultsOf, photograph } from './checks'
import { HOSTS, startClient, type Client, type View } from './pane'
import { startDemoServer, type DemoServer } from './server'
import { stepsOf, type Steps } from './steps'

const SLOW_MS = 300_000
jest.setTimeout(SLOW_MS)

const OWNER = 'owner@acme.example'
const MARIA = 'maria@acme.example'
const PAULA = 'people@acme.example'
const SECRET = 'shared-with-the-messaging-service'
const LANGUAGE = { outlook: 'en', gmail: 'es' } as const
const LOOKS: Pick<View, 'lang' | 'theme'>[] = [{ lang: 'en', theme: 'dark' }, { lang: 'fr', theme: 'light' }, { lang: 'es', theme: 'dark' }]

let chromium: Chromium
beforeAll(async () => { chromium = await startChromium() }, SLOW_MS)
afterAll(async () => { await chromium.close() }, SLOW_MS)

describe.each(HOSTS)('the log, in %s', (host) => {
  let service: MessagingService
  let server: DemoServer
  let client: Client
  let demo: DemoCalls
  let steps: Steps
  beforeAll(async () => {
    service = await startMessagingService()
    server = await startDemoServer({ REVOKE_WEBHOOK_URL: service.url, REVOKE_WEBHOOK_SECRET: SECRET })
    client = await startClient(chromium.browser, server.origin, { host, width: 320, person: OWNER, lang: LANGUAGE[host] })
    demo = demoCalls(server.origin)
    steps = stepsOf(client)
  }, SLOW_MS)
  afterAll(async () => {
    await client.close()
    await server.close()
    service.close()
  }, SLOW_MS)

  const looksRight = async (name: string) => {
    await client.rest()
    expect([...await faultsOf(client), ...(host === 'outlook' ? await barriersOf(client) : [])]).toEqual([])
    await photograph(client, `log-${name}`)
  }
  const itemsOf = async <T>(path: string, as = OWNER) => (await demo.call('GET', path, { as })).body['items'] as T[]
  test('is read by kind, person, period and words, and says where nothing matches', async () => {
    const { t } = await client.show({})
    await steps.go(t('home.log'))
    await looksRight('organization')
    await steps.narrowTo(t('logs.column_kind'), t('log_kind.signed_in'))
    await client.seesNot(/“|«/)
    await steps.narrow(t('logs.actor'), MARIA)
    await client.seesNot(t('log.signed_in', { actor: 'Olive Owens' }))
    await client.sees(t('log.signed_in', { actor: 'Maria Marceau' }))
    await looksRight('filtered')
    await steps.closeFilters()
    await client.sees(t('common.labelled', { label: t('logs.actor'), value: MARIA }))
    await looksRight('filtered-line')
    await steps.narrow(t('common.from'), '2001-01-01')
    await steps.narrow(t('common.to'), '2001-12-31')
    await client.sees(t('log.none_title'))
    await looksRight('nothing')
    expect(await client.text()).not.toContain('Maria Marceau')
  })

  test('goes on while it is looked at: by itself in Outlook, when asked again in Gmail', async () => {
    const { t } = client
    await steps.go(t('home.log'))
    const added = await demo.call('POST', '/users', { as: OWNER, body: { email: 'lia@acme.example', firstName: 'Lia', lastName: 'Late' } })
    expect(added.status).toBe(201)
    await client.wait(t('log.user.added', { actor: 'Olive Owens', target: 'Lia Late' }))
  })

  test('says what was and what is: a few changes at once, many on request', async () => {
    const { t } = client
    const [maria] = await itemsOf<{ id: string; version: number; mobile: string }>('/users?q=marceau')
    const edit = async (version: number, body: unknown) => (await demo.call('PATCH', `/users/${maria?.id}`, { as: OWNER, body, headers: { 'if-match': `"${version}"` } })).body['version']
    const next = await edit(maria?.version ?? 0, { mobile: '+34 600 000 001' })
    await edit(Number(next), { mobile: '', smsCountry: 'ES', timeZone: 'Europe/Madrid', security: { protectedReplies: true } })
    await steps.go(t('home.log'))
    await client.wait('— → +34 600 000 001')
    expect(await client.text()).toContain(t('user.mobile'))
    await looksRight('changes')
    if (host === 'outlook') await client.pane.getByText(t('logs.changes', { count: 4 })).first().click()
    else await client.click(t('logs.changes', { count: 4 }))
    await client.sees('+34 600 000 001 → —')
    await client.sees(t('user.protected_replies'))
    await looksRight('all-changes')
  })

  test('of one user is reached from that user, and holds nobody else’s', async () => {
    const { t } = client
    await steps.go(t('home.users'))
    await client.fill(t('users.search'), 'marceau')
    await client.click('Maria Marceau')
    await client.sees(t('log.recent'))
    await client.click(t('user.view_log'))
    await client.sees(t('logs.of', { name: 'Maria Marceau' }))
    await steps.narrowTo(t('logs.column_category'), t('log_category.sign_in'))
    await client.sees(t('log.signed_in', { actor: 'Maria Marceau' }))
    await looksRight('of-user')
    expect(await client.text()).not.toContain(t('log.signed_in', { actor: 'Olive Owens' }))
  })

  test('is exported as it is filtered: as CSV, for Excel and as PDF, and says so', async () => {
    const { t } = client
    await steps.go(t('home.log'))
    await steps.narrowTo(t('logs.column_category'), t('log_category.sign_in'))
    await steps.narrow(t('logs.actor'), MARIA)
    await client.sees(t('log.signed_in', { actor: 'Maria Marceau' }))
    const expected = await itemsOf<{ sequence: number }>(`/events?category=sign_in&actor=${MARIA}&limit=200`)
    const lines = (await steps.exported(t('logs.export_csv'))).toString('utf8').trim().split('\r\n')
    expect(lines).toHaveLength(expected.length + 1)
    expect(lines.slice(1).filter((line) => !line.includes(MARIA))).toEqual([])
    const book = await new Workbook().xlsx.load((await steps.exported(t('logs.export_xlsx'))).buffer as ArrayBuffer)
    expect(book.worksheets[0]?.rowCount).toBe(expected.length + 1)
    expect((await steps.exported(t('logs.export_pdf'))).subarray(0, 5).toString()).toBe('%PDF-')
    await steps.go(t('home.log'))
    await client.wait(t('log.log.exported', { actor: 'Olive Owens' }))
  })

  test('is counted in charts, with their numbers beside them', async () => {
    const { t } = client
    await steps.go(t('home.log'), t('statistics.title'))
    const counted = (await demo.call('GET', '/events/statistics?by=plan', { as: OWNER })).body as { totals: Record<string, number>; points: { label: string; sent: number }[] }
    await client.sees(t('statistics.sent'))
    await looksRight('statistics')
    await steps.narrowTo(t('statistics.by'), t('statistics.by_plan'))
    await client.pane.getByText(t('plan_name.eco')).last().waitFor()
    await looksRight('statistics-plans')
    expect(await client.text()).toContain(t.number(counted.totals['opened'] ?? 0))
  })

  test('of the open mail’s own message is beside it, and its sender revokes it: asked for, then confirmed', async () => {
    const { t } = client
    await client.home()
    await client.openMail('Offer for review')
    await client.sees(t('messages.tracked'))
    await client.sees(t('message_status.live'))
    await looksRight('tracked')
    await client.click(t('messages.revoke'))
    await client.sees(t('plan.not_restorable'))
    await looksRight('tracked-plan')
    expect(service.told).toEqual([])
    await steps.confirm(t('messages.revoke'))
    await client.wait(t('message_status.revoke_requested'))
    await looksRight('tracked-requested')
    const told = await service.next()
    expect(told.headers['orgdesk-signature']).toBe(signWebhook(SECRET, Number(told.headers['orgdesk-timestamp']), told.body))
    expect(JSON.parse(told.body)).toMatchObject({ type: 'message.revoke', messageId: 'msg-acme-0001', requestedBy: OWNER })
    await client.click(t('messages.open'))
    await client.sees(t('messages.revoke_waiting'))
    await looksRight('message-requested')
    told.answer.writeHead(204).end()
    await client.wait(t('message_status.revoked'))
    await client.wait(t('log.message.revoke_confirmed', { target: 'Offer for review' }))
    await looksRight('message-revoked')
    await client.closeMail()
  })

  test('and messages of one’s own are for everybody, with the columns of each message', async () => {
    const { t } = await client.show({ person: PAULA })
    await steps.go(t('home.me'), t('me.activity'))
    await client.sees(t('log.signed_in', { actor: 'Paula Prieto' }))
    await looksRight('my-activity')
    await steps.go(t('me.messages'))
    const mine = await itemsOf<{ subject: string; status: string }>('/messages?mine=true', PAULA)
    expect(mine.length).toBeGreaterThan(0)
    await client.sees(mine[0]?.subject ?? '')
    await looksRight('my-messages')
    const live = mine.find(({ status }) => status === 'live')?.subject ?? 'no live message'
    await steps.narrowTo(t('messages.status'), t('message_status.live'))
    await client.click(live)
    await client.sees(t('messages.log'))
    await looksRight('my-message')
  })

  test('older than what is kept goes once somebody has it, and leaves a seal for each month', async () => {
    const { t } = await client.show({ person: OWNER })
    await steps.go(t('home.organization'))
    await client.pane.getByLabel(t('organization.retention')).first().fill('1')
    await client.click(t('common.save'))
    await client.wait(t('organization.was_saved'))
    await client.click(t('retention.title'))
    await client.sees(t('retention.never_exported'))
    await looksRight('retention-refused')
    expect((await demo.call('POST', '/events/purge', { as: OWNER })).body.code).toBe('log.export_required')
    const kept = (await demo.call('GET', '/events/retention', { as: OWNER })).body as { lines: number; months: { month: string }[]; through: number }
    const file = await readFile(await client.download(t('retention.export')), 'utf8')
    expect(file.trim().split('\r\n')).toHaveLength(kept.through + 1)
    await steps.go(t('home.organization'), t('retention.title'))
    await client.seesNot(t('retention.never_exported'))
    await client.click(t('retention.purge'))
    await client.sees(t('plan.log_gone'))
    await client.sees(t('plan.log_seals_left', { count: kept.months.length }))
    await looksRight('retention-plan')
    await steps.confirm(t('retention.purge'))
    await client.wait(t('retention.sealed'))
    await client.sees(t.date(kept.months[0]?.month ?? ''))
    await looksRight('retention-done')
    expect((await demo.call('GET', '/events/retention', { as: OWNER })).body).toMatchObject({ lines: 0, purging: false })
  })

  test('comes by mail where that is asked for, and the page that is mailed brings it once', async () => {
    const { t } = client
    const asked = await demo.call('POST', '/downloads', { as: OWNER, body: { resource: 'events', format: 'csv', deliver: 'mail' } })
    expect(asked.body).toMatchObject({ url: null, mailedTo: OWNER })
    const mail = await demo.mailTo(OWNER, ({ text }) => text.includes('/v1/downloads/'))
    await steps.go(t('home.log'), t('exports.title'))
    await client.wait(t('common.download'))
    await looksRight('exports')
    const page = await client.page.context().newPage()
    const url = /https?:\/\/\S+\/v1\/downloads\/[\w-]+/.exec(mail.text)?.[0] ?? ''
    await page.goto(url)
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button').click()])
    expect((await readFile(await file.path(), 'utf8')).split('\r\n').length).toBeGreaterThan(1_000)
    expect((await fetch(url, { method: 'POST' })).status).toBe(410)
    await page.close()
  })

  test.each(LOOKS)('is all there in $lang, $theme', async (look) => {
    const { t } = await client.show(look)
    for (const places of [['home.log'], ['home.log', 'statistics.title'], ['home.log', 'exports.title'], ['home.log', 'messages.title'], ['home.organization', 'retention.title'], ['me.messages']] as const) {
      await steps.go(...places.map((place) => t(place)))
      await looksRight(places.join('-'))
    }
    await client.home()
    await client.openMail('Offer for review')
    await client.sees(t('messages.tracked'))
    await looksRight('tracked')
    await client.click(t('messages.open'))
    await client.sees(t('messages.recipients'))
    await looksRight('message')
    expect(await client.text()).toContain(t('message_status.revoked'))
  })
})
