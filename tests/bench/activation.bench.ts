import { createHash, randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { newId } from '../../server/store/ids'
import { insertMany } from '../../server/store/bulk'
import { tokenHash } from '../../server/actions/activation/activations.describe'
import { addUser, openTestServer, type TestServer } from '../doubles/server'
import { addOrganization, NOW } from '../doubles/store'
import { createStopwatch, memberRows, startBenchPostgres, type Series } from '../doubles/bench'

const TIMES = 300
const USERS = 5_000

async function fill(server: TestServer): Promise<{ id: string; tokens: string[]; emails: string[] }> {
  const id = await addOrganization(server.store, 'Acme')
  await addUser(server.store, id, 'owner@acme.example', { role: 'org_admin' })
  const users = memberRows(id, USERS, 'pending')
  const tokens = users.map(() => randomBytes(32).toString('base64url'))
  await server.store.system(async (db) => {
    await insertMany(db, 'users', users)
    await db.updateTable('license_pools').set({ quantity: USERS, assigned: USERS }).where('organization_id', '=', id).where('plan', '=', 'eco').execute()
    await insertMany(db, 'licenses', users.map((user) => ({ organization_id: id, user_id: user.id, plan: 'eco', state: 'assigned', assigned_at: NOW, assigned_by: null, activated_at: null, expires_on: null })))
    await insertMany(db, 'activation_links', users.map((user, n) => ({
      organization_id: id, id: newId(), user_id: user.id, token_hash: tokenHash(tokens[n] ?? ''), sent_by: null, created_at: NOW, expires_at: new Date(NOW.getTime() + 86_400_000),
      used_at: null, replaced_at: null, reminded_at: null, code_hash: null, code_expires_at: null, code_attempts: 0,
    })))
  })
  await server.store.asOwner('analyze')
  return { id, tokens, emails: users.map(({ email }) => email) }
}

/** Looking up and redeeming links, whole requests of somebody signed in, beside the bare statements that do the same. */
export async function run(): Promise<Series[]> {
  const postgres = await startBenchPostgres()
  const server = await openTestServer()
  const client = new Client(server.store.connection)
  await client.connect()
  try {
    const { tokens, emails } = await fill(server)
    const bearers = await Promise.all(emails.slice(0, TIMES).map((email) => server.tokenFor(email)))
    const post = (path: string, payload: object, headers: Record<string, string> = {}) => async () => {
      const reply = await server.app.inject({ method: 'POST', url: `/v1/activations/${path}`, payload, headers })
      if (reply.statusCode !== 200) throw new Error(reply.body)
    }
    const { note, series } = createStopwatch()
    const hash = (token: string) => createHash('sha256').update(token).digest()
    for (let n = 0; n < TIMES; n++) {
      server.setNow(new Date(NOW.getTime() + n * 1000))
      const token = tokens[n] ?? ''
      await note('lookup, whole request', post('lookup', { token }))
      await note('lookup, bare select', () => client.query('select l.*, u.email, o.name from activation_links l join users u on u.organization_id = l.organization_id and u.id = l.user_id join organizations o on o.id = l.organization_id where l.token_hash = $1', [hash(token)]))
      await note('redeem, whole request', post('redeem', { token }, { authorization: `Bearer ${bearers[n]}` }))
      const other = tokens[USERS - 1 - n] ?? ''
      await note('redeem, bare updates', async () => {
        await client.query('begin')
        const { rows: [link] } = await client.query('update activation_links set used_at = now() where token_hash = $1 and used_at is null returning organization_id, user_id', [hash(other)])
        await client.query("update users set status = 'active', activated_at = now() where organization_id = $1 and id = $2", [link.organization_id, link.user_id])
        await client.query("update licenses set state = 'active', activated_at = now() where organization_id = $1 and user_id = $2", [link.organization_id, link.user_id])
        await client.query('commit')
      })
    }
    return series()
  } finally {
    await client.end()
    await server.close()
    await postgres.stop()
  }
}
