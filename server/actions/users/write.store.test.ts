import { openAcme, type Acme } from '../../../tests/doubles/acme'
import { mailsOf, seatsOf } from '../../../tests/doubles/licenses'
import { NAUGHTY } from '../../../tests/doubles/samples/records'
import { NOW } from '../../../tests/doubles/store'
import { newId } from '../../store/ids'

let a: Acme
beforeAll(async () => { a = await openAcme() }, 60_000)
afterAll(() => a.close())

const eventsOf = async (userId: string): Promise<{ kind: string; changes: Record<string, { from: unknown; to: unknown }> }[]> => {
  const rows = await a.server.store.asOwner("select kind, changes from events where target_id = $1 and category = 'audit' order by sequence", [userId])
  return rows.map(({ kind, changes }) => ({ kind: String(kind), changes: changes as Record<string, { from: unknown; to: unknown }> }))
}
const addWorkspace = async (name: string): Promise<string> => {
  const id = newId()
  await a.server.store.system((db) => db.insertInto('workspaces').values({ organization_id: a.acme, id, name, created_at: NOW }).execute())
  return id
}
const remove = async (userId: string, as = 'owner') => a.send('DELETE', `/v1/users/${userId}`, { as })
const edit = (userId: string, body: unknown, version = 1, as = 'owner') => a.send('PATCH', `/v1/users/${userId}`, { body, headers: { 'if-match': `"${version}"` }, as })
const issues = (answer: { body: Record<string, unknown> }): string[] => (answer.body['issues'] as { code: string; path: string }[]).map(({ code, path }) => `${path} ${code}`).sort()

describe('adding a user', () => {
  it('invites, assigns a license and joins workspaces, and the log tells each', async () => {
    const workspace = await addWorkspace('Sales')
    const { status, body } = await a.send('POST', '/v1/users', { body: { email: ' Luc@ACME.example ', firstName: 'Luc', role: 'member', plan: 'eco', workspaceIds: [workspace] } })
    expect(status).toBe(201)
    expect(body).toMatchObject({ email: 'Luc@acme.example', status: 'pending', version: 1, plan: 'eco', license: { state: 'assigned' }, workspaceIds: [workspace], remaining: [], abilities: { 'user.remove': true } })
    expect((await eventsOf(String(body['id']))).map(({ kind }) => kind)).toEqual(['user.added', 'license.assigned', 'user.workspaces_changed', 'activation.sent'])
    expect((await eventsOf(String(body['id'])))[2]?.changes).toEqual({ workspaces: { from: [], to: ['Sales'] } })
    const [mail] = await mailsOf(a.server.store, a.acme, 'activation')
    expect(mail).toMatchObject({ to_email: 'Luc@acme.example', params: { plan: 'eco', organization: 'Acme' } })
    expect(await seatsOf(a.server.store, a.acme, 'eco')).toEqual({ counted: 1, held: 1 })
  })

  it('keeps the invitation when no license is left, and says what remains', async () => {
    await a.server.store.system((db) => db.updateTable('license_pools').set({ quantity: 0 }).where('organization_id', '=', a.acme).where('plan', '=', 'pro').execute())
    const { status, body } = await a.send('POST', '/v1/users', { body: { email: 'zoe@acme.example', plan: 'pro' } })
    expect([status, body['license'], body['remaining']]).toEqual([201, null, [{ step: 'license', code: 'license.none_left' }]])
    expect((await mailsOf(a.server.store, a.acme, 'activation'))[0]).toMatchObject({ to_email: 'zoe@acme.example', params: { plan: null } })
  })

  it('shows what it would do and does nothing on a dry run', async () => {
    const { status, body } = await a.send('POST', '/v1/users?dry_run=true', { body: { email: 'dry@acme.example', plan: 'eco' } })
    expect([status, (body['plan'] as { count: number }).count]).toEqual([200, 1])
    expect((await a.send('GET', '/v1/users?q=dry@acme')).body.items).toEqual([])
  })

  it('never takes the same address twice, however it is written', async () => {
    for (const email of ['luc@acme.example', 'LUC@Acme.Example', 'luc@ａcme.example']) {
      expect(await a.send('POST', '/v1/users', { body: { email } })).toMatchObject({ status: 409, body: { code: 'user.exists' } })
    }
  })

  it('tells an address of somebody removed with the id to restore', async () => {
    const id = await a.person('returner')
    await remove(id)
    expect(await a.send('POST', '/v1/users', { body: { email: 'returner@acme.example' } })).toMatchObject({ status: 409, body: { code: 'user.restorable', userId: id } })
  })

  it('gives the address to somebody new once nobody can be restored, and forgets who signed in with it', async () => {
    const id = await a.person('old', { status: 'removed', removed_at: new Date(NOW.getTime() - 31 * 86_400_000), previous_status: 'active' })
    await a.server.store.system((db) => db.insertInto('identities').values({ organization_id: a.acme, id: newId(), user_id: id, issuer: 'https://issuer.example', subject: 'old@acme.example', email: null, linked_at: NOW, last_used_at: null }).execute())
    const added = await a.send('POST', '/v1/users', { body: { email: 'old@acme.example' } })
    expect([added.status, added.body['id'] === id]).toEqual([201, false])
    expect(await a.server.store.asOwner('select 1 from identities where user_id = $1', [id])).toEqual([])
  })

  it.each([['nowhere@elsewhere.example'], ['somebody@gmail.com'], ['x@sub.globex.example']])('admits only approved domains: %s', async (email) => {
    expect(await a.send('POST', '/v1/users', { body: { email } })).toMatchObject({ status: 409, body: { code: 'domain.not_approved' } })
  })

  it('admits what lies below an approved domain, and public mailboxes where the organization wants them', async () => {
    expect((await a.send('POST', '/v1/users', { body: { email: 'x@mail.acme.example' } })).status).toBe(201)
    await a.server.store.asOwner(`update organizations set settings = '{"allowPublicDomains": true}' where id = $1`, [a.acme])
    expect((await a.send('POST', '/v1/users', { body: { email: 'freelance@gmail.com' } })).status).toBe(201)
    await a.server.store.asOwner(`update organizations set settings = '{}' where id = $1`, [a.acme])
  })

  it.each([
    ['', 'field.required'], ['nobody', 'email.malformed'], ['a@b@acme.example', 'email.malformed'], ['a@acme.example, b@acme.example', 'email.many'], ['a@acme.example;b@acme.example', 'email.many'],
    ['a b@acme.example', 'email.malformed'], ['"quoted"@acme.example', 'email.malformed'], ['a..b@acme.example', 'email.malformed'], ['.a@acme.example', 'email.malformed'], ['a@[127.0.0.1]', 'domain.malformed'],
    ['a@acme', 'domain.malformed'], ['a@-acme.example', 'domain.malformed'], ['a@acme..example', 'domain.malformed'], ['ſ@acme.example', 'email.malformed'], [`${'a'.repeat(65)}@acme.example`, 'email.too_long'],
    [`${'a'.repeat(310)}@x.example`, 'email.too_long'], [`${'a'.repeat(400)}@x.example`, 'field.too_long'], ['a\r\nBcc: x@y.example@acme.example', 'field.control_characters'], ['Ana <ana@acme.example>', 'email.malformed'],
  ])('refuses the address %j beside its field', async (email, code) => {
    const answer = await a.send('POST', '/v1/users', { body: { email } })
    expect([answer.status, issues(answer)]).toEqual([400, [`email ${code}`]])
  })

  it('tells every problem at once', async () => {
    const answer = await a.send('POST', '/v1/users', { body: { email: 'nobody', role: 'emperor', plan: 'gold', workspaceIds: [newId()] } })
    expect(issues(answer)).toEqual(['email email.malformed', 'plan plan.unknown', 'role role.unknown', 'workspaceIds.0 workspace.unknown'])
  })

  it.each([
    ['people', { email: 'p1@acme.example' }, 201, undefined], ['people', { email: 'p2@acme.example', role: 'user_admin' }, 403, 'access.denied'], ['people', { email: 'p3@acme.example', role: 'org_admin' }, 403, 'access.grant_beyond_own'],
    ['billing', { email: 'p4@acme.example' }, 403, 'access.denied'], ['maria', { email: 'p5@acme.example' }, 403, 'access.denied'], ['owner', { email: 'p6@acme.example', role: 'org_admin' }, 201, undefined],
  ])('%s adding %j gets %d', async (as, body, status, code) => {
    const answer = await a.send('POST', '/v1/users', { body, as })
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })

  it('tells the other administrators of a new one', async () => {
    const told = (await mailsOf(a.server.store, a.acme, 'new_admin')).filter(({ params }) => (params as Record<string, unknown>)['email'] === 'p6@acme.example').map(({ to_email: to }) => to)
    expect(told).toEqual(['deputy@acme.example'])
  })

  it('answers a repeat with what it answered first', async () => {
    const ask = { body: { email: 'once@acme.example' }, headers: { 'idempotency-key': 'add-once' } }
    const [first, again] = [await a.send('POST', '/v1/users', ask), await a.send('POST', '/v1/users', ask)]
    expect([again.status, again.body['id']]).toEqual([201, first.body['id']])
    expect(await a.send('POST', '/v1/users', { ...ask, body: { email: 'other@acme.example' } })).toMatchObject({ status: 409, body: { code: 'idempotency.mismatch' } })
  })

  it('keeps any text as a name, and sends it back as it is', async () => {
    for (const [index, name] of NAUGHTY.filter((text) => text.trim() === text && text.length <= 100).entries()) {
      const { status, body } = await a.send('POST', '/v1/users', { body: { email: `naughty${index}@acme.example`, firstName: name, lastName: `'; drop table users; --` } })
      expect([status, body['firstName'], body['lastName']]).toEqual([201, name, `'; drop table users; --`])
    }
    expect(issues(await a.send('POST', '/v1/users', { body: { email: 'n@acme.example', firstName: 'a\u0000b', lastName: 'x'.repeat(101) } }))).toEqual(['firstName field.control_characters', 'lastName field.too_long'])
  })
})

describe('adding the people of a mail', () => {
  it('adds each as if alone, in order, and tells what came of each', async () => {
    const people = [{ email: 'm1@acme.example', firstName: 'Mia' }, { email: 'M1@acme.example' }, { email: 'luc@acme.example' }, { email: 'far@elsewhere.example' }]
    const plan = await a.send('POST', '/v1/users/add?dry_run=true', { body: { people } })
    expect(plan.body).toMatchObject({ plan: { count: 1, refusedCount: 2 } })
    const { status, body } = await a.send('POST', '/v1/users/add', { body: { people }, headers: { 'plan-digest': String(plan.body['digest']) } })
    expect([status, body['done'], (body['outcomes'] as { code: string | null }[]).map(({ code }) => code)]).toEqual([200, 1, [null, 'user.exists', 'domain.not_approved']])
  })
})

describe('editing a user', () => {
  it('needs to know which version it changes', async () => {
    const id = await a.person('versioned')
    expect((await a.send('PATCH', `/v1/users/${id}`, { body: { firstName: 'X' } })).status).toBe(428)
    expect((await edit(id, { firstName: 'First' })).body).toMatchObject({ firstName: 'First', version: 2 })
    expect(await edit(id, { firstName: 'Second' }, 1)).toMatchObject({ status: 412, body: { code: 'version.conflict', current: { firstName: 'First', version: 2 } } })
  })

  it('records what each field was and is, and nothing when nothing changes', async () => {
    const id = await a.person('edited', { first_name: 'Ed' })
    await edit(id, { firstName: 'Edd', mobile: '+33 6 12 34 56 78', smsCountry: 'FR', timeZone: 'Europe/Paris', language: 'fr', security: { secondFactor: true } })
    expect((await edit(id, { firstName: 'Edd' }, 2)).body['version']).toBe(2)
    const [event, ...more] = await eventsOf(id)
    expect([event?.kind, event?.changes, more]).toMatchObject(['user.edited', { firstName: { from: 'Ed', to: 'Edd' }, secondFactor: { from: false, to: true } }, []])
  })

  it('stores no time zone until one is chosen, and forgets it when the field is cleared', async () => {
    const id = await a.person('elsewhere')
    expect((await edit(id, { timeZone: 'America/Lima' })).body).toMatchObject({ timeZone: 'America/Lima' })
    expect((await edit(id, { timeZone: '' }, 2)).body).toMatchObject({ timeZone: '', version: 3 })
    expect((await edit(id, { timeZone: 'UTC' }, 3)).body).toMatchObject({ timeZone: 'UTC', version: 4 })
  })

  it('tells every wrong field at once', async () => {
    const id = await a.person('wrong')
    expect(issues(await edit(id, { mobile: 'call me', smsCountry: 'fr', timeZone: 'Mars/Base', role: 'emperor', workspaceIds: [newId()] })))
      .toEqual(['mobile mobile.malformed', 'role role.unknown', 'smsCountry field.not_an_option', 'timeZone time_zone.unknown', 'workspaceIds.0 workspace.unknown'])
  })

  it('lets people tighten their own security and never loosen it', async () => {
    const id = await a.idOf('maria')
    expect((await edit(id, { security: { secondFactor: true } }, 1, 'maria')).status).toBe(200)
    expect(issues(await edit(id, { security: { secondFactor: false } }, 2, 'maria'))).toEqual(['security.secondFactor security.only_tighten'])
    expect((await edit(id, { security: { secondFactor: false } }, 2, 'people')).status).toBe(200)
  })

  it('puts people into workspaces and out of them, administrators too', async () => {
    const [one, two] = [await addWorkspace('One'), await addWorkspace('Two')]
    const id = await a.idOf('billing')
    expect((await edit(id, { workspaceIds: [one, two] }, 1, 'people')).body['workspaceIds']).toEqual([one, two].sort())
    expect((await edit(id, { workspaceIds: [two] }, 2, 'people')).body['workspaceIds']).toEqual([two])
    expect((await eventsOf(id)).slice(-2).map(({ changes }) => changes)).toEqual([{ workspaces: { from: [], to: ['One', 'Two'] } }, { workspaces: { from: ['One', 'Two'], to: ['Two'] } }])
    expect((await edit(id, { firstName: 'X' }, 3, 'people')).body.code).toBe('access.members_only')
  })

  it('changes roles with a line of its own and a notice for a new administrator', async () => {
    const id = await a.person('climber')
    expect((await edit(id, { role: 'org_admin' })).body['role']).toBe('org_admin')
    expect((await eventsOf(id)).map(({ kind }) => kind)).toEqual(['user.role_changed'])
    expect((await mailsOf(a.server.store, a.acme, 'new_admin')).some(({ params }) => (params as Record<string, unknown>)['email'] === 'climber@acme.example')).toBe(true)
    expect((await edit(id, { role: 'member' }, 2, 'climber')).body.code).toBe('access.own_row')
    expect((await edit(id, { role: 'member' }, 2)).status).toBe(200)
  })
})
