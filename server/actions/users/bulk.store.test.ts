import { openAcme, type Acme, type Answer } from '../../../tests/doubles/acme'
import { mailsOf, seatsOf } from '../../../tests/doubles/licenses'
import { newId } from '../../store/ids'

let a: Acme
beforeAll(async () => { a = await openAcme() }, 60_000)
afterAll(() => a.close())

type Outcome = { userId: string; email: string; outcome: string; code: string | null }
const bulk = (body: unknown, headers: Record<string, string> = {}, as = 'owner') => a.send('POST', '/v1/users/bulk', { body, headers, as })
const outcomesOf = (answer: Answer): Outcome[] => answer.body['outcomes'] as Outcome[]
const people = (prefix: string, count: number, more: Parameters<Acme['person']>[1] = {}) => Promise.all(Array.from({ length: count }, (_, n) => a.person(`${prefix}${n}`, more)))
const setQuantity = (plan: string, quantity: number) => a.server.store.system((db) => db.updateTable('license_pools').set({ quantity }).where('organization_id', '=', a.acme).where('plan', '=', plan).execute())

describe('many at once', () => {
  it('tells what came of each, skips the own row, and changes the others', async () => {
    const [one = '', two = ''] = await people('s', 2)
    const own = await a.idOf('owner')
    const unknown = newId()
    const answer = await bulk({ action: 'suspend', userIds: [one, own, unknown, two, one] })
    expect(answer.body).toMatchObject({ done: 2, refused: 2 })
    expect(outcomesOf(answer).map(({ userId, code }) => [userId, code])).toEqual([[one, null], [two, null], [own, 'access.own_row'], [unknown, 'not_found']])
  })

  it('shows the plan first and is refused when that no longer holds', async () => {
    const ids = await people('p', 3)
    const plan = await bulk({ action: 'remove', userIds: ids })
    expect(plan.status).toBe(200)
    const shown = await a.send('POST', '/v1/users/bulk?dry_run=true', { body: { action: 'restore', userIds: ids } })
    expect(shown.body).toMatchObject({ plan: { kind: 'users.restore', count: 3 } })
    await a.send('POST', `/v1/users/${ids[0]}/restore`)
    const answer = await bulk({ action: 'restore', userIds: ids }, { 'plan-digest': String(shown.body['digest']) })
    expect([answer.status, answer.body.code, (answer.body['plan'] as { count: number }).count]).toEqual([409, 'plan.changed', 2])
  })

  it('gives licenses in order while there are any, and never one more', async () => {
    await setQuantity('eco', 3)
    const ids = await people('l', 5)
    const answer = await bulk({ action: 'assign_license', plan: 'eco', userIds: ids })
    expect(outcomesOf(answer).map(({ code }) => code).sort()).toEqual(['license.none_left', 'license.none_left', null, null, null])
    expect(await seatsOf(a.server.store, a.acme, 'eco')).toEqual({ counted: 3, held: 3 })
    const removed = await bulk({ action: 'remove_license', userIds: ids })
    expect([removed.body['done'], await seatsOf(a.server.store, a.acme, 'eco')]).toEqual([3, { counted: 0, held: 0 }])
  })

  it('sends a link to each who still has something to activate, and no more than five in an hour', async () => {
    const ids = await people('w', 2, { status: 'pending', activated_at: null })
    for (let n = 0; n < 5; n++) expect((await bulk({ action: 'send_activation', userIds: ids })).body['done']).toBe(2)
    const sixth = await bulk({ action: 'send_activation', userIds: [...ids, await a.person('fresh', { status: 'pending', activated_at: null })] })
    expect(outcomesOf(sixth).map(({ code }) => code).sort()).toEqual(['limit.reached', 'limit.reached', null])
    expect((await mailsOf(a.server.store, a.acme, 'activation')).filter(({ to_email: to }) => to === 'w0@acme.example')).toHaveLength(5)
  })

  it('takes everybody whom a filter finds', async () => {
    await people('filtered', 4)
    const answer = await bulk({ action: 'change_role', role: 'user_admin', filter: { q: 'filtered' } })
    expect(answer.body).toMatchObject({ done: 4, refused: 0 })
    expect((await a.send('GET', '/v1/users?q=filtered&role=user_admin')).body['total']).toBe(4)
  })

  it('keeps one administrator over the whole batch', async () => {
    const answer = await bulk({ action: 'change_role', role: 'member', filter: { role: 'org_admin' } })
    expect(outcomesOf(answer).map(({ email, code }) => [email, code])).toEqual([['deputy@acme.example', null], ['owner@acme.example', 'access.own_row']])
    await bulk({ action: 'change_role', role: 'org_admin', userIds: [await a.idOf('deputy')] })
  })

  it.each([
    ['people', { action: 'suspend' }, 200], ['people', { action: 'change_role', role: 'member' }, 403], ['billing', { action: 'suspend' }, 403], ['maria', { action: 'remove' }, 403], ['maria', { action: 'assign_license', plan: 'eco' }, 403],
  ])('%s asking for %j gets %d', async (as, ask, status) => {
    expect((await bulk({ ...ask, userIds: [await a.person(`by-${as}-${ask.action}-${status}`)] }, {}, as)).status).toBe(status)
  })

  it('is wholly refused as a plan when nobody is left', async () => {
    const answer = await bulk({ action: 'suspend', userIds: [await a.idOf('owner')] })
    expect([answer.status, answer.body.code, answer.body['plan']]).toMatchObject([422, 'plan.refused', { count: 0, refusedCount: 1 }])
  })

  it('tells every problem of the request at once', async () => {
    const codes = async (body: unknown) => ((await bulk(body)).body['issues'] as { code: string; path: string }[]).map(({ code, path }) => `${path} ${code}`)
    expect(await codes({ action: 'assign_license' })).toEqual(['userIds field.required', 'plan field.required'])
    expect(await codes({ action: 'change_role', role: 'emperor', plan: 'gold', userIds: [] })).toEqual(['role role.unknown', 'plan plan.unknown'])
  })

  it('reaches nobody of another organization', async () => {
    const [foreign] = await a.server.store.asOwner('select id from users where organization_id = $1', [a.globex])
    const answer = await bulk({ action: 'suspend', userIds: [String(foreign?.['id']), await a.person('local')] })
    expect(outcomesOf(answer).map(({ email, code }) => [email, code])).toEqual([['local@acme.example', null], ['', 'not_found']])
  })
})

describe('a batch of thousands', () => {
  const THOUSANDS = 2_000
  it('is one plan, carried out in portions, and a repeat of the request does nothing twice', async () => {
    await a.server.store.asOwner(
      `insert into users (organization_id, id, email, email_key, domain, role, status, created_at, activated_at)
       select $1, gen_random_uuid(), 'many' || n || '@acme.example', 'many' || n || '@acme.example', 'acme.example', 'member', 'active', now(), now() from generate_series(1, ${THOUSANDS}) n`, [a.acme])
    const body = { action: 'suspend', filter: { q: 'many' } }
    const plan = await a.send('POST', '/v1/users/bulk?dry_run=true', { body })
    expect(plan.body).toMatchObject({ plan: { count: THOUSANDS } })
    const headers = { 'plan-digest': String(plan.body['digest']), 'idempotency-key': 'thousands' }
    const first = await bulk(body, headers)
    expect(first.body).toMatchObject({ done: THOUSANDS, refused: 0 })
    const again = await bulk(body, headers)
    expect(again.body).toEqual(first.body)
    const [{ count } = { count: 0 }] = await a.server.store.asOwner(`select count(*)::int from events where organization_id = $1 and kind = 'user.suspended' and target_label like 'many%'`, [a.acme])
    expect(count).toBe(THOUSANDS)
  }, 30_000)

  it('goes on where it was interrupted: what was agreed on is kept under the key', async () => {
    const body = { action: 'restore', filter: { q: 'many', status: 'suspended' } }
    const headers = { 'idempotency-key': 'interrupted' }
    await a.server.store.asOwner(`create function stop_late() returns trigger language plpgsql as $$ begin if new.email = 'many999@acme.example' then raise exception 'the disk is full'; end if; return new; end $$; create trigger stop before update on users for each row execute function stop_late()`)
    expect((await bulk(body, headers)).status).toBe(500)
    await a.server.store.asOwner('drop trigger stop on users')
    const resumed = await bulk(body, headers)
    expect(resumed.body).toMatchObject({ done: THOUSANDS, refused: 0 })
    const [{ count } = { count: 0 }] = await a.server.store.asOwner(`select count(*)::int from events where organization_id = $1 and kind = 'user.restored' and target_label like 'many%'`, [a.acme])
    expect(count).toBe(THOUSANDS)
  }, 30_000)
})
