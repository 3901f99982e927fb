import { readFileSync, writeFileSync, appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { openOperator, type Operator } from '../../tests/doubles/operator'
import { changeScope, NOW } from '../../tests/doubles/store'
import { createDirectory } from '../identity/directory'
import { parseSettings } from '../settings'
import { newId } from '../store/ids'
import { headsFolder, signHeads } from '../store/log.heads'
import { helpText, parseCommand, runCommand } from './commands'

jest.setTimeout(60_000)

let store: Operator['store']
let acme: string
let dataDir: string
let run: Operator['run']
let close: Operator['close']

beforeEach(async () => { ({ store, acme, dataDir, run, close } = await openOperator()) })
afterEach(() => close())

const write = (count: number) => store.change(changeScope(acme), async ({ record }) => {
  for (let index = 0; index < count; index += 1) record({ category: 'audit', kind: 'user.edited', ofAdmin: false, actor: { id: null, email: `n${index}@acme.example`, name: 'N' } })
  return { ok: true, value: null }
})
/** What somebody with the owner's password and enough time can do. */
const tamper = (statement: string) => store.asOwner(`alter table events disable trigger all; ${statement}; alter table events enable trigger all`)

describe('log verify', () => {
  beforeEach(async () => {
    await write(10)
    await signHeads(store, headsFolder(dataDir), NOW)
    await write(5)
  })

  test('finds nothing wrong with a log that nobody touched', async () => {
    expect(await run('log', 'verify')).toEqual({ code: 0, lines: [`ok     ${acme} Acme: 15 lines, 1 kept heads agree`] })
  })

  test.each([
    ['edit', "update events set kind = 'user.removed' where sequence = 4", 4, 'edited'],
    ['edit of a name', "update events set actor_name = 'Somebody' where sequence = 4", 4, 'text_edited'],
    ['delete', 'delete from events where sequence = 4', 4, 'missing'],
    ['swap', 'update events set sequence = -4 where sequence = 4; update events set sequence = 4 where sequence = 5; update events set sequence = 5 where sequence = -4', 4, 'relinked'],
    ['insert', 'insert into events select organization_id, 16, id, at, recorded_at, category, kind, actor_id, actor_email, actor_name, of_admin, subjects, target_type, target_id, target_label, message_id, changes, ip, client, request_id, salt, commitment, previous_hash, hash from events where sequence = 15', 16, 'relinked'],
    ['backdate', "update events set at = at - interval '1 day' where sequence = 4", 4, 'edited'],
    ['truncate', 'delete from events where sequence > 12', 13, 'truncated'],
    ['truncate with the head of the database', "delete from events where sequence > 8; update chain_heads set sequence = 8, hash = (select hash from events where sequence = 8)", 9, 'truncated'],
    ['truncate everything', 'delete from events; delete from chain_heads', 1, 'truncated'],
  ])('%s is found and named', async (_name, statement, sequence, problem) => {
    await tamper(statement)
    const { code, lines } = await run('log', 'verify')
    expect(code).toBe(1)
    expect(lines.join()).toMatch(new RegExp(`^BROKEN ${acme} Acme: sequence ${sequence}: .*\\(${problem}\\)$`))
  })

  test('a chain that was forged anew does not pass its kept head', async () => {
    const [bad] = await store.asOwner('select hash from events where sequence = 10')
    await tamper("delete from events; delete from chain_heads")
    await write(12)
    const [good] = await store.asOwner('select hash from events where sequence = 10')
    expect(good).not.toEqual(bad)
    expect((await run('log', 'verify')).lines.join()).toContain('sequence 10: the log up to here is not the one whose head was kept (head_differs)')
  })

  test('a log whose organization is gone is missed', async () => {
    await tamper('delete from events; delete from chain_heads; delete from organizations')
    expect(await run('log', 'verify')).toEqual({ code: 1, lines: [expect.stringContaining(`BROKEN ${acme}: sequence 1`)] })
  })

  test('a kept head that was altered is told', async () => {
    const file = join(headsFolder(dataDir), `${acme}.jsonl`)
    writeFileSync(file, readFileSync(file, 'utf8').replace('"sequence":10', '"sequence":9'))
    appendFileSync(file, '{"cut sh')
    expect(await run('log', 'verify')).toEqual({ code: 1, lines: ['2 kept heads are cut short or have a wrong signature', `ok     ${acme} Acme: 15 lines, no kept head to compare with`] })
  })

  test('heads are kept once for each state', async () => {
    expect((await run('log', 'head', '--sign', 'yes')).lines[0]).toMatch(/^signed 1 heads/)
    expect((await run('log', 'head', '--sign', 'yes')).lines[0]).toMatch(/^signed 0 heads/)
    expect((await run('log', 'head', '--org', acme)).lines).toEqual([expect.stringMatching(new RegExp(`^${acme} Acme: 15 [0-9a-f]{64} `))])
    expect((await run('log', 'verify')).lines.join()).toContain('2 kept heads agree')
  })
})

describe('service keys', () => {
  test('a key works until it is revoked, and only its hash is kept', async () => {
    const { lines: [key = ''] } = await run('key', 'create', acme, '--name', 'Messaging')
    const directory = createDirectory(store)
    expect(await directory.serviceKey(key)).toBe(acme)
    expect(JSON.stringify(await store.asOwner('select * from service_keys'))).not.toContain(key)
    expect(JSON.stringify(await store.asOwner('select kind, target_label, changes from events'))).not.toContain(key)
    const { lines: [listed = ''] } = await run('key', 'list', acme)
    expect(listed).toContain('Messaging')
    expect((await run('key', 'revoke', acme, listed.split('  ')[0] ?? '')).code).toBe(0)
    expect(await directory.serviceKey(key)).toBeNull()
    expect((await store.asOwner('select kind from events order by sequence')).map(({ kind }) => kind)).toEqual(['service_key.created', 'service_key.revoked'])
  })
  test.each([['nonsense'], ['01890000-0000-7000-8000-000000000001']])('no key for the organization %s', async (id) => {
    expect(await run('key', 'create', id)).toEqual({ code: 1, lines: ['no such organization'] })
  })
})

describe('organizations', () => {
  test('a new one has an administrator who was invited', async () => {
    const { lines: [id = ''] } = await run('org', 'create', 'Initech', '--owner', 'Boss@initech.example', '--language', 'fr')
    expect(await store.asOwner('select email, role, status, language from users')).toEqual([{ email: 'Boss@initech.example', role: 'org_admin', status: 'pending', language: 'fr' }])
    expect(await store.asOwner('select kind, to_email from outbox')).toEqual([{ kind: 'activation', to_email: 'Boss@initech.example' }])
    expect((await run('org', 'list')).lines).toHaveLength(2)
    expect((await run('org', 'delete', id, '--yes', 'Something')).code).toBe(1)
    expect((await run('org', 'delete', id, '--yes', 'Initech')).code).toBe(0)
    expect((await run('org', 'list')).lines.join()).toContain('deleted')
    expect((await run('log', 'verify')).code).toBe(0)
  })
  test('without an address there is none', async () => {
    expect((await run('org', 'create', 'Initech', '--owner', 'nobody')).code).toBe(2)
  })
})

describe('erasing a person', () => {
  test('takes their text out of the log, which still verifies, and nothing else', async () => {
    const userId = newId()
    await store.system((db) => db.insertInto('users').values({ organization_id: acme, id: userId, email: 'maria@acme.example', email_key: 'maria@acme.example', domain: 'acme.example', first_name: 'Maria', role: 'member', status: 'active', created_at: NOW }).execute())
    await write(2)
    await store.change(changeScope(acme), async ({ record }) => {
      record({ category: 'audit', kind: 'user.edited', ofAdmin: false, actor: { id: userId, email: 'maria@acme.example', name: 'Maria' }, subjects: [{ id: userId, email: 'maria@acme.example', name: 'Maria' }], target: { type: 'user', id: userId, label: 'Maria' }, ip: '203.0.113.1', changes: { firstName: { from: 'Mary', to: 'Maria' } } })
      return { ok: true, value: null }
    })
    await signHeads(store, headsFolder(dataDir), NOW)
    expect((await run('user', 'erase', acme, userId, '--yes', 'maria@acme.example')).lines).toEqual(['remove the user first'])
    await store.asOwner("update users set status = 'removed', removed_at = now() where id = $1", [userId])
    expect((await run('user', 'erase', acme, userId, '--yes', 'somebody')).code).toBe(1)
    expect(await run('user', 'erase', acme, userId, '--yes', 'maria@acme.example')).toEqual({ code: 0, lines: ['erased from 1 lines'] })
    const left = JSON.stringify([await store.asOwner('select * from events'), await store.asOwner('select * from users')])
    expect(left).not.toMatch(/maria|mary|203\.0\.113\.1/i)
    expect(left).toContain('n1@acme.example')
    expect((await run('log', 'verify')).code).toBe(0)
  })

  test.each([["update events set kind = 'user.removed', salt = null"], ["update events set actor_name = 'Somebody'"], ['delete from events']])('its door lets nothing else through: %s', async (statement) => {
    await write(1)
    await expect(store.asOwner(`set app.erasing = 'on'; ${statement}`)).rejects.toThrow('append-only')
  })
})

test('what is not understood is not guessed at', () => {
  const asked = [['log'], ['log', 'forget'], ['log', 'verify', '--color', 'red'], ['log', 'verify', '--org'], ['key', 'create'], ['org', 'list', 'all']]
  expect(asked.map((args) => parseCommand(args))).toEqual(asked.map(() => null))
})

test('every command is in the help, and doctor names what is not set up', async () => {
  expect(helpText()).toContain('log verify [--org ID] [--heads FOLDER]')
  const { code, lines } = await run('doctor')
  expect([code, lines.join()]).toEqual([1, expect.stringContaining('no head of the log is kept outside')])
})

test.each([
  ['not set up', {}, '1 orders wait for Stripe, which is not set up: STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET'],
  ['set up, and silent', { STRIPE_SECRET_KEY: 'sk_live_x', STRIPE_WEBHOOK_SECRET: 'whsec_x' }, '1 orders have waited for their payment for more than a day: does Stripe reach /v1/billing/stripe-webhook?'],
])('doctor finds orders that nobody settles where Stripe is %s', async (_what, environment, said) => {
  await store.asOwner(`insert into orders (organization_id, id, plan, quantity, amount_cents, currency, status, provider, created_by_name, created_at)
    values ($1, $2, 'eco', 3, 900, 'EUR', 'pending_payment', 'stripe', 'B', $3::timestamptz - interval '2 days')`, [acme, newId(), NOW])
  const parsed = parseSettings({ DATA_DIR: dataDir, ...environment })
  const asked = parseCommand(['doctor'])
  if (!parsed.ok || asked === null) throw new Error('doctor is a command')
  const lines: string[] = []
  await runCommand(asked, { settings: parsed.settings, store, connection: store.connection, print: (line) => lines.push(line), now: NOW, newId })
  expect(lines).toContain(said)
})

test('doctor finds licenses whose renewal nobody has paid', async () => {
  await store.asOwner("update license_pools set quantity = 3, renews_on = $2::date - 31 where organization_id = $1 and plan = 'eco'", [acme, NOW])
  const { lines } = await run('doctor')
  expect(lines).toContain('1 pools of licenses should have been renewed more than 30 days ago: nobody has paid, and nobody has lost anything')
})
