import { Client } from 'pg'
import { insertMany } from '../../server/store/bulk'
import { newId } from '../../server/store/ids'
import { createStopwatch, memberRows, startBenchPostgres, type Series } from '../doubles/bench'
import { addUser, openTestServer } from '../doubles/server'
import { addOrganization, NOW } from '../doubles/store'

const TIMES = 300
const USERS = 5_000

/** The least that a seat costs: claim it, store the license and one line that says so. */
const bareAssign = async (client: Client, organizationId: string, userId: string): Promise<void> => {
  await client.query('begin')
  await client.query("update license_pools set assigned = assigned + 1 where organization_id = $1 and plan = 'eco' and assigned < quantity", [organizationId])
  await client.query("insert into licenses (organization_id, user_id, plan, state, assigned_at) values ($1, $2, 'eco', 'assigned', now())", [organizationId, userId])
  await client.query("insert into jobs (id, organization_id, kind, payload, state, run_at, created_at) values ($1, $2, 'line', '{}', 'done', now(), now())", [newId(), organizationId])
  await client.query('commit')
}

/** Assigning a license with plan, event, link and mail, whole requests, beside the bare statements of a seat. */
export async function run(): Promise<Series[]> {
  const postgres = await startBenchPostgres()
  const server = await openTestServer()
  const client = new Client(server.store.connection)
  await client.connect()
  try {
    const id = await addOrganization(server.store, 'Acme')
    await addUser(server.store, id, 'owner@acme.example', { role: 'org_admin' })
    const users = memberRows(id, USERS, 'active')
    await server.store.system(async (db) => {
      await insertMany(db, 'users', users)
      await db.updateTable('license_pools').set({ quantity: USERS }).where('organization_id', '=', id).execute()
    })
    await server.store.asOwner('analyze')
    const headers = { authorization: `Bearer ${await server.tokenFor('owner@acme.example')}` }
    const put = (n: number, query: string) => async () => {
      const reply = await server.app.inject({ method: 'PUT', url: `/v1/users/${users[n]?.id}/license${query}`, payload: { plan: 'eco' }, headers })
      if (reply.statusCode !== 200) throw new Error(reply.body)
    }
    const { note, series } = createStopwatch()
    for (let n = 0; n < TIMES; n++) {
      server.setNow(new Date(NOW.getTime() + n * 1000))
      await note('dry run, whole request', put(n, '?dry_run=true'))
      await note('assign, whole request', put(n, ''))
      await note('assign, bare statements', () => bareAssign(client, id, users[USERS - 1 - n]?.id ?? ''))
    }
    return series()
  } finally {
    await client.end()
    await server.close()
    await postgres.stop()
  }
}
