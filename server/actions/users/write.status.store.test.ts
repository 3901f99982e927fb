import { gunzipSync } from 'node:zlib'
import pino from 'pino'
import { EXPORT_JOB } from '../downloads/mailed'
import { createExportJob } from '../../jobs/export.job'
import { runJobs } from '../../jobs/jobs'
import { openAcme, type Acme } from '../../../tests/doubles/acme'
import { seatsOf } from '../../../tests/doubles/licenses'
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
const join = (userId: string, workspaceId: string) => a.server.store.system((db) => db.insertInto('workspace_members').values({ organization_id: a.acme, workspace_id: workspaceId, user_id: userId, added_at: NOW }).execute())
const remove = async (userId: string, as = 'owner') => a.send('DELETE', `/v1/users/${userId}`, { as })

describe('suspending', () => {
  it('refuses the very next request of the person, and restoring lets them in again', async () => {
    const id = await a.person('leaver')
    expect((await a.send('GET', '/v1/plans', { as: 'leaver' })).status).toBe(200)
    expect((await a.send('POST', `/v1/users/${id}/suspend`)).body).toMatchObject({ status: 'suspended' })
    expect(await a.send('GET', '/v1/plans', { as: 'leaver' })).toMatchObject({ status: 403, body: { code: 'auth.suspended' } })
    expect((await a.send('POST', `/v1/users/${id}/restore`)).body).toMatchObject({ status: 'active', lost: [] })
    expect((await a.send('GET', '/v1/plans', { as: 'leaver' })).status).toBe(200)
    expect((await eventsOf(id)).filter(({ kind }) => kind.startsWith('user.')).map(({ kind, changes }) => [kind, changes['status']])).toEqual([['user.suspended', { from: 'active', to: 'suspended' }], ['user.restored', { from: 'suspended', to: 'active' }]])
  })

  it('returns a pending user to pending', async () => {
    const id = await a.person('waiting', { status: 'pending', activated_at: null })
    await a.send('POST', `/v1/users/${id}/suspend`)
    expect((await a.send('POST', `/v1/users/${id}/restore`)).body['status']).toBe('pending')
  })

  it('is seen by those who watch the organization', async () => {
    const id = await a.person('watched')
    const heard: string[] = []
    const publish = jest.spyOn(a.server.streams, 'publish').mockImplementation(({ topics }) => { heard.push(...topics) })
    await a.send('POST', `/v1/users/${id}/suspend`)
    publish.mockRestore()
    expect(heard).toEqual(expect.arrayContaining(['users', 'events']))
  })
})

describe('removing', () => {
  const furnished = async (name: string): Promise<{ id: string; workspace: string }> => {
    const added = await a.send('POST', '/v1/users', { body: { email: `${name}@acme.example`, plan: 'advanced' } })
    const id = String(added.body['id'])
    const workspace = await addWorkspace(`Of ${name}`)
    await join(id, workspace)
    await a.server.store.system((db) => db.insertInto('contacts').values({ organization_id: a.acme, id: newId(), workspace_id: workspace, email: `c@${name}.example`, email_key: `c@${name}.example`, assigned_to: id, created_at: NOW }).execute())
    await a.server.store.asOwner(`insert into messages (organization_id, id, sender_id, sent_at, status) values ($1, $2, $3, $4, 'live')`, [a.acme, newId(), id, NOW])
    return { id, workspace }
  }

  it('states the consequences counted from the real data, and does what it stated', async () => {
    const { id } = await furnished('rich')
    const plan = await a.send('DELETE', `/v1/users/${id}?dry_run=true`)
    const told = (plan.body['plan'] as { consequences: { code: string; params: { count?: number } }[] }).consequences.map(({ code, params }) => `${code} ${params.count ?? ''}`.trim())
    expect(told).toEqual(['plan.license_freed 1', 'plan.license_still_billed 1', 'plan.contacts_unassigned 1', 'plan.workspaces_left 1', 'plan.messages_live 1', 'plan.restorable_until'])
    const before = await seatsOf(a.server.store, a.acme, 'advanced')
    const removed = await a.send('DELETE', `/v1/users/${id}`, { headers: { 'plan-digest': String(plan.body['digest']) } })
    expect(removed).toMatchObject({ status: 200, body: { status: 'removed', license: null, workspaceIds: [] } })
    expect(await seatsOf(a.server.store, a.acme, 'advanced')).toEqual({ counted: before.counted - 1, held: before.held - 1 })
    expect(await a.server.store.asOwner('select 1 from contacts where assigned_to = $1', [id])).toEqual([])
  })

  it('is refused with the new plan when the one that was seen no longer holds', async () => {
    const { id } = await furnished('moving')
    const plan = await a.send('DELETE', `/v1/users/${id}?dry_run=true`)
    await join(id, await addWorkspace('Late'))
    const answer = await a.send('DELETE', `/v1/users/${id}`, { headers: { 'plan-digest': String(plan.body['digest']) } })
    expect([answer.status, answer.body.code, answer.body['digest'] === plan.body['digest'], (answer.body['plan'] as { count: number }).count]).toEqual([409, 'plan.changed', false, 1])
  })

  it('is undone by restoring: license, workspaces and status come back', async () => {
    const { id, workspace } = await furnished('phoenix')
    await remove(id)
    expect((await a.send('GET', `/v1/users?status=removed&q=phoenix`)).body.items).toHaveLength(1)
    expect((await a.send('POST', `/v1/users/${id}/restore`)).body).toMatchObject({ status: 'pending', license: { plan: 'advanced', state: 'assigned' }, workspaceIds: [workspace], removedAt: null, lost: [] })
  })

  it('says before it is undone that contacts are not given back, and neither takes them nor gives them', async () => {
    const { id } = await furnished('letgo')
    await remove(id)
    const asked = await a.send('POST', `/v1/users/${id}/restore?dry_run=true`)
    expect((asked.body['plan'] as { consequences: object[] }).consequences).toContainEqual({ code: 'plan.contacts_not_returned', params: { count: 1 }, tone: 'warning' })
    expect((await a.send('POST', `/v1/users/${id}/restore`, { headers: { 'plan-digest': String(asked.body['digest']) } })).status).toBe(200)
    expect(await a.server.store.asOwner('select 1 from contacts where assigned_to = $1', [id])).toEqual([])
  })

  it('says what could not come back', async () => {
    const { id, workspace } = await furnished('poorer')
    await remove(id)
    await a.server.store.system(async (db) => {
      await db.deleteFrom('workspaces').where('id', '=', workspace).execute()
      await db.updateTable('license_pools').set((eb) => ({ quantity: eb.ref('assigned') })).where('organization_id', '=', a.acme).where('plan', '=', 'advanced').execute()
    })
    expect((await a.send('POST', `/v1/users/${id}/restore`)).body).toMatchObject({ status: 'pending', license: null, lost: [{ what: 'license', code: 'license.none_left' }, { what: 'workspaces', code: 'not_found' }] })
    await a.server.store.system((db) => db.updateTable('license_pools').set({ quantity: 50 }).where('organization_id', '=', a.acme).where('plan', '=', 'advanced').execute())
  })

  it('of a suspended user leads back to suspended, and from there to what they were', async () => {
    const id = await a.person('twice', { status: 'pending', activated_at: null })
    await a.send('POST', `/v1/users/${id}/suspend`)
    await remove(id)
    expect((await a.send('POST', `/v1/users/${id}/restore`)).body['status']).toBe('suspended')
    expect((await a.send('POST', `/v1/users/${id}/restore`)).body['status']).toBe('pending')
  })

  it('can’t be undone after 30 days, without the domain, or when the address has a new owner', async () => {
    const late = await a.person('late', { status: 'removed', previous_status: 'active', removed_at: new Date(NOW.getTime() - 31 * 86_400_000) })
    expect((await a.send('POST', `/v1/users/${late}/restore`)).status).toBe(404)
    const taken = await a.person('taken', { status: 'removed', previous_status: 'active', removed_at: NOW })
    await a.person('taken')
    expect((await a.send('POST', `/v1/users/${taken}/restore`)).body.code).toBe('user.exists')
    const foreign = await a.person('gone', { status: 'removed', previous_status: 'active', removed_at: NOW, domain: 'lost.example' })
    expect((await a.send('POST', `/v1/users/${foreign}/restore`)).body.code).toBe('domain.not_approved')
  })

  it('refuses the removed person’s next request and keeps their log', async () => {
    const id = await a.person('vanishing')
    await a.send('GET', '/v1/plans', { as: 'vanishing' })
    await remove(id)
    expect((await a.send('GET', '/v1/plans', { as: 'vanishing' })).status).toBe(401)
    expect((await eventsOf(id)).map(({ kind }) => kind)).toContain('user.removed')
  })
})

describe('a leaver', () => {
  it('hands on license and contacts and is removed, in one change', async () => {
    const workspace = await addWorkspace('Handover')
    const heir = await a.person('heir')
    const added = await a.send('POST', '/v1/users', { body: { email: 'goer@acme.example', plan: 'eco', workspaceIds: [workspace] } })
    const id = String(added.body['id'])
    await a.server.store.system((db) => db.insertInto('contacts').values({ organization_id: a.acme, id: newId(), workspace_id: workspace, email: 'c@x.example', email_key: 'c@x.example', assigned_to: id, created_at: NOW }).execute())
    const left = await a.send('POST', `/v1/users/${id}/leave`, { body: { licenseTo: 'Heir@acme.example', contactsTo: heir } })
    expect(left).toMatchObject({ status: 200, body: { status: 'removed', license: null } })
    expect((await a.send('GET', `/v1/users/${heir}`)).body).toMatchObject({ license: { plan: 'eco', state: 'assigned' }, workspaceIds: [workspace] })
    expect(await a.server.store.asOwner('select 1 from contacts where assigned_to = $1', [heir])).toHaveLength(1)
    expect((await eventsOf(id)).map(({ kind }) => kind)).toContain('user.left')
  })

  it('has the log made into a file and mailed, with the departure in it, or is refused as a whole', async () => {
    const id = await a.person('archived')
    expect((await a.send('POST', `/v1/users/${id}/leave`, { as: 'people', body: { exportLog: true } })).body.code).toBe('access.denied')
    expect((await a.send('GET', `/v1/users/${id}`)).body['status']).toBe('active')
    expect((await a.send('POST', `/v1/users/${id}/leave`, { body: { exportLog: true } })).status).toBe(200)
    const [queued] = await a.server.store.asOwner('select id, resource, status, filter from exports where organization_id = $1', [a.acme])
    expect(queued).toMatchObject({ resource: 'events', status: 'queued', filter: { user: id } })
    await runJobs({ store: a.server.store, handlers: { [EXPORT_JOB]: createExportJob({ store: a.server.store, clock: () => NOW }) }, clock: () => NOW, newId, logger: pino({ level: 'silent' }) })
    const parts = await a.server.store.asOwner('select bytes from export_parts where export_id = $1 order by part', [queued?.['id']])
    const text = gunzipSync(Buffer.concat(parts.map(({ bytes }) => bytes as Buffer))).toString()
    expect(text).toContain('archived@acme.example')
    expect(text.trimEnd().split('\n')).toHaveLength(2)
    expect(await a.server.store.asOwner("select to_email from outbox where kind = 'export_ready'")).toEqual([{ to_email: 'owner@acme.example' }])
    expect(await a.server.store.asOwner("select count(*)::int as n from events where kind = 'log.exported' and organization_id = $1", [a.acme])).toEqual([{ n: 1 }])
  })

  it('names heirs who are nobody here', async () => {
    const answer = await a.send('POST', `/v1/users/${await a.person('lonely')}/leave`, { body: { licenseTo: 'stranger@globex.example', contactsTo: newId() } })
    expect([answer.status, answer.body['issues']]).toEqual([400, [{ code: 'field.not_an_option', path: 'licenseTo' }, { code: 'field.not_an_option', path: 'contactsTo' }]])
  })

  it('stays whole when one step is refused', async () => {
    const id = await a.person('stayer')
    const other = await a.person('unlicensed')
    expect((await a.send('POST', `/v1/users/${id}/leave`, { body: { licenseTo: other } })).body.code).toBe('license.absent')
    expect((await a.send('GET', `/v1/users/${id}`)).body['status']).toBe('active')
  })
})

describe('ids of another organization, of nobody and of no shape answer alike', () => {
  it.each<['POST' | 'PATCH' | 'DELETE', string, unknown]>([['PATCH', '', { firstName: 'X' }], ['DELETE', '', undefined], ['POST', '/suspend', undefined], ['POST', '/restore', undefined], ['POST', '/leave', undefined]])('%s /v1/users/{id}%s', async (method, path, body) => {
    const [foreign] = await a.server.store.asOwner('select id from users where organization_id = $1', [a.globex])
    const answers = []
    for (const id of [String(foreign?.['id']), newId(), 'no-such-shape']) {
      const answer = await a.send(method, `/v1/users/${id}${path}`, { body, headers: method === 'PATCH' ? { 'if-match': '"1"' } : {} })
      answers.push([answer.status, answer.body.code])
    }
    expect(answers).toEqual([[404, 'not_found'], [404, 'not_found'], [404, 'not_found']])
  })
})
