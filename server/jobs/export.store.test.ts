import { pino } from 'pino'
import { addUser, openTestServer, type TestServer } from '../../tests/doubles/server'
import { addOrganization, changeScope, NOW } from '../../tests/doubles/store'
import { EXPORT_JOB } from '../actions/downloads/mailed'
import { PURGE_JOB } from '../actions/events/retention'
import { createRender } from '../mail/render'
import { cleanUp } from '../store/cleanup'
import { newId } from '../store/ids'
import { createExportJob } from './export.job'
import { runJobs } from './jobs'
import { createPurgeJob } from './purge.job'

jest.setTimeout(120_000)

let server: TestServer
let acme: string
let owner: string
const LINES = 3_000
const JANUARY = new Date('2026-01-10T12:00:00.000Z')

beforeAll(async () => { server = await openTestServer() })
beforeEach(async () => {
  await server.store.system((db) => db.deleteFrom('users').execute())
  await server.store.system((db) => db.deleteFrom('outbox').execute())
  acme = await addOrganization(server.store, 'Acme')
  owner = await addUser(server.store, acme, 'owner@acme.example', { role: 'org_admin', first_name: 'Olga', last_active_at: NOW })
  await addUser(server.store, acme, 'maria@acme.example')
})
afterAll(() => server.close())

const ask = async (method: 'GET' | 'POST', url: string, body?: object, name = 'owner') =>
  server.app.inject({ method, url, headers: { authorization: `Bearer ${await server.tokenFor(`${name}@acme.example`)}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) })
/** Their first requests are lines of the log by themselves. */
const signIn = async () => { for (const name of ['owner', 'maria']) await ask('GET', '/v1/me', undefined, name) }
const write = (count: number, now = NOW) => server.store.change(changeScope(acme, { now }), async ({ record }) => {
  for (let index = 0; index < count; index += 1) record({ category: 'activity', kind: index % 2 === 0 ? 'opened' : 'signed', ofAdmin: false, target: { type: 'message', id: `m${index}`, label: `Offer ${index}` } })
  return { ok: true, value: null }
})
const work = (now = NOW) => runJobs({
  store: server.store, handlers: { [EXPORT_JOB]: createExportJob({ store: server.store, clock: () => now }), [PURGE_JOB]: createPurgeJob({ store: server.store, headsFolder: '/nowhere', clock: () => now }) },
  clock: () => now, newId, logger: pino({ level: 'silent' }),
})
const mails = () => server.store.system((db) => db.selectFrom('outbox').selectAll().where('organization_id', '=', acme).execute())
const kindsOf = async (...kinds: string[]) => (await server.store.asOwner('select kind from events where organization_id = $1 and kind = any($2) order by sequence', [acme, kinds])).map(({ kind }) => kind)
const settled = () => new Promise((resolve) => { setTimeout(resolve, 50) })
const linesOf = (text: string): number => text.trimEnd().split('\n').length - 1

describe('a file that is made in the background', () => {
  beforeEach(signIn)
  const mailed = async (): Promise<string> => {
    const [mail] = await mails()
    const written = mail === undefined ? null : createRender({ publicUrl: 'https://desk.example', supportUrl: null })(mail)
    return /https:\/\/desk\.example(\/v1\/downloads\/[\w-]{43})/.exec(written?.text ?? '')?.[1] ?? ''
  }

  test('holds what the filter leaves, and its mailed link brings it once, by a button that scanners do not press', async () => {
    await write(LINES)
    const asked = await ask('POST', '/v1/downloads', { resource: 'events', format: 'csv', filter: { kind: 'signed' }, deliver: 'mail' })
    expect(asked.json()).toMatchObject({ url: null, mailedTo: 'owner@acme.example' })
    expect((await ask('GET', '/v1/exports')).json().items).toMatchObject([{ status: 'queued', written: 0 }])
    await work()
    expect((await ask('GET', '/v1/exports')).json().items).toMatchObject([{ status: 'done', name: 'log-2026-03-02.csv' }])
    const url = await mailed()
    for (let look = 0; look < 3; look += 1) {
      const page = await server.app.inject({ url, headers: { accept: 'text/html' } })
      expect([page.statusCode, page.headers['content-type'], page.body.includes('<form method="post">')]).toEqual([200, 'text/html; charset=utf-8', true])
    }
    const file = await server.app.inject({ method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: '' })
    expect(file.headers['content-disposition']).toContain('log-2026-03-02.csv')
    expect(linesOf(file.body)).toBe(LINES / 2)
    expect((await server.app.inject({ method: 'POST', url })).statusCode).toBe(410)
    expect((await server.app.inject({ url })).statusCode).toBe(410)
    expect(await kindsOf('log.exported', 'file.downloaded')).toEqual(['log.exported', 'file.downloaded'])
    expect(server.log()).not.toContain(url.split('/').at(-1))
  })

  test('is a workbook, too, and can be had inside until its time is over, by nobody else', async () => {
    await write(40)
    const { exportId } = (await ask('POST', '/v1/downloads', { resource: 'events', format: 'xlsx', deliver: 'mail' })).json()
    const get = (name?: string) => ask('POST', '/v1/downloads', { resource: 'prepared', format: 'xlsx', filter: { exportId } }, name)
    expect((await get()).statusCode).toBe(410)
    await work()
    expect((await get('maria')).statusCode).toBe(404)
    const file = await server.app.inject({ url: (await get()).json().url })
    expect(file.rawPayload.subarray(0, 2).toString()).toBe('PK')
    const late = new Date(NOW.getTime() + 4 * 86_400_000)
    server.setNow(late)
    expect((await get()).statusCode).toBe(410)
    await server.store.system((db) => cleanUp(db, late))
    expect(await server.store.asOwner('select count(*)::int as n from export_parts')).toEqual([{ n: 0 }])
    server.setNow(NOW)
  })

  test('is announced before it is asked for, where it is large', async () => {
    await write(2)
    const plan = async (deliver: string) => (await ask('POST', '/v1/downloads?dry_run=true', { resource: 'events', format: 'csv', deliver })).json().plan
    expect((await plan('mail')).consequences).toEqual([{ code: 'plan.export_mailed', params: { count: 100_000, email: 'owner@acme.example', days: 3 }, tone: 'warning' }])
    expect((await plan('auto')).consequences).toEqual([])
    expect((await ask('POST', '/v1/downloads', { resource: 'events', format: 'csv', deliver: 'auto' })).json().url).toMatch(/^\/v1\/downloads\//)
  })

  test('is not made for who may no longer have it, who hears so', async () => {
    await write(2)
    await ask('POST', '/v1/downloads', { resource: 'events', format: 'csv', deliver: 'mail' })
    await server.store.asOwner("update users set role = 'billing_admin' where id = $1", [owner])
    await work()
    await server.store.asOwner("update users set status = 'suspended' where id = $1", [owner])
    expect((await mails()).map(({ kind, secrets }) => [kind, secrets === null])).toEqual([['export_ready', false]])
    expect((await server.app.inject({ method: 'POST', url: await mailed() })).statusCode).toBe(410)
  })
})

describe('what is older than the retention', () => {
  const retention = async () => (await ask('GET', '/v1/events/retention')).json()
  /** What was received is noted once the last byte is gone, a moment after the answer is there. */
  const received = async (): Promise<void> => { while ((await retention()).exported === null) await settled() }
  beforeEach(async () => {
    await server.store.asOwner("select ensure_event_partitions('2026-01-01', 3)")
    await write(LINES, JANUARY)
    await write(5)
    await signIn()
    await server.store.asOwner("update organizations set settings = '{\"retentionMonths\": 1}' where id = $1", [acme])
  })

  test('goes only after somebody has received a file of all of it', async () => {
    expect(await retention()).toMatchObject({ months: [{ month: '2026-01', lines: LINES }], through: LINES, exported: null, abilities: { 'log.purge': 'log.export_required' } })
    expect((await ask('POST', '/v1/events/purge', {})).json()).toMatchObject({ status: 409, code: 'log.export_required' })
    for (const url of [`/v1/events/export?through=${LINES - 1}`, `/v1/events/export?through=${LINES}&after=1`, '/v1/events/export?kind=signed']) await ask('GET', url)
    await settled()
    expect((await retention()).exported).toBeNull()
    const { body } = await ask('GET', `/v1/events/export?through=${LINES}`)
    await received()
    expect(linesOf(body)).toBe(LINES)
    const { abilities, exported } = await retention()
    expect([abilities, exported.by]).toEqual([{ 'log.purge': true }, 'owner@acme.example'])
  })

  test('is planned with its counts, taken out by a job, sealed and audited, and never twice', async () => {
    await ask('GET', `/v1/events/export?through=${LINES}`)
    await received()
    const planned = (await ask('POST', '/v1/events/purge?dry_run=true', {})).json()
    expect(planned.plan.consequences[0]).toEqual({ code: 'plan.log_lines_purged', params: { count: LINES, from: '2026-01', to: '2026-01' }, tone: 'danger' })
    expect((await ask('POST', '/v1/events/purge', {})).statusCode).toBe(202)
    expect((await ask('POST', '/v1/events/purge', {})).json()).toMatchObject({ code: 'log.purging' })
    await work()
    expect(await retention()).toMatchObject({ months: [], purging: false, sealed: [{ month: '2026-01', lines: LINES }], abilities: { 'log.purge': 'log.nothing_to_purge' } })
    expect((await server.store.asOwner('select min(sequence) from events where organization_id = $1', [acme]))[0]).toEqual({ min: String(LINES + 1) })
    expect(await kindsOf('log.purge_requested', 'log.purged')).toEqual(['log.purge_requested', 'log.purged'])
    expect((await ask('GET', '/v1/events?kind=log.purged')).json().items[0]).toMatchObject({ actor: { email: 'owner@acme.example' }, target: { type: 'log_month', label: '2026-01' } })
  })

  test('stays where the log does not verify, and the log says so', async () => {
    await ask('GET', `/v1/events/export?through=${LINES}`)
    await received()
    await server.store.asOwner("alter table events disable trigger all")
    await server.store.asOwner("update events set kind = 'sent' where organization_id = $1 and sequence = 7", [acme])
    await server.store.asOwner("alter table events enable trigger all")
    await ask('POST', '/v1/events/purge', {})
    await work()
    expect(await retention()).toMatchObject({ months: [{ lines: LINES }], sealed: [] })
    expect((await ask('GET', '/v1/events?kind=log.purge_refused')).json().items[0]).toMatchObject({ target: { label: '7' }, changes: { problem: { to: 'edited' } } })
  })

  test('stays where the retention was lengthened meanwhile', async () => {
    await ask('GET', `/v1/events/export?through=${LINES}`)
    await received()
    await ask('POST', '/v1/events/purge', {})
    await server.store.asOwner("update organizations set settings = '{\"retentionMonths\": 12}' where id = $1", [acme])
    await work()
    expect((await server.store.asOwner('select min(sequence) from events where organization_id = $1', [acme]))[0]).toEqual({ min: '1' })
  })

  test.each([['GET', '/v1/events/retention'], ['POST', '/v1/events/purge']] as const)('is nobody else’s business: %s %s', async (method, url) => {
    expect((await ask(method, url, method === 'POST' ? {} : undefined, 'maria')).statusCode).toBe(403)
  })
})
