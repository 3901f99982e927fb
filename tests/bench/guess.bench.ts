import { randomBytes } from 'node:crypto'
import { insertMany } from '../../server/store/bulk'
import { newId } from '../../server/store/ids'
import { tokenHash } from '../../server/actions/activation/activations.describe'
import { createStopwatch, memberRows, startBenchPostgres, type Series } from '../doubles/bench'
import { addUser, openTestServer, type TestServer } from '../doubles/server'
import { addOrganization, NOW } from '../doubles/store'
import { percentileOf } from './bench-server'

const TIMES = 300
const USERS = 2_000

type Ask = { path: string; status: number; body?: object }

/** An organization of many people with open links, and another whose owner asks for them. */
async function fill({ store }: TestServer): Promise<{ ids: string[]; tokens: string[] }> {
  const theirs = await addOrganization(store, 'Theirs')
  const users = memberRows(theirs, USERS, 'pending')
  const tokens = users.map(() => randomBytes(32).toString('base64url'))
  await store.system(async (db) => {
    await insertMany(db, 'users', users)
    await insertMany(db, 'activation_links', users.map((user, n) => ({
      organization_id: theirs, id: newId(), user_id: user.id, token_hash: tokenHash(tokens[n] ?? ''), sent_by: null, created_at: NOW, expires_at: new Date(NOW.getTime() + 86_400_000),
      used_at: null, replaced_at: null, reminded_at: null, code_hash: null, code_expires_at: null, code_attempts: 0,
    })))
  })
  await addUser(store, await addOrganization(store, 'Ours'), 'owner@ours.example', { role: 'org_admin' })
  await store.asOwner('analyze')
  return { ids: users.map(({ id }) => id), tokens }
}

/**
 * Whether the time of an answer tells what the answer keeps to itself: somebody of another organization beside nobody,
 * a token that is nearly right beside one that is not. A ratio near 1 tells nothing.
 */
export async function run(): Promise<Series[]> {
  const postgres = await startBenchPostgres()
  const server = await openTestServer()
  try {
    const { ids, tokens } = await fill(server)
    const bearer = await server.tokenFor('owner@ours.example')
    const ask = ({ path, status, body }: Ask) => async (): Promise<void> => {
      const reply = await server.app.inject({ method: body === undefined ? 'GET' : 'POST', url: `/v1/${path}`, headers: { authorization: `Bearer ${bearer}` }, ...(body === undefined ? {} : { payload: body }) })
      if (reply.statusCode !== status) throw new Error(reply.body)
    }
    const { note, series } = createStopwatch()
    for (let n = 0; n < TIMES; n += 1) {
      server.setNow(new Date(NOW.getTime() + n * 60_000))
      const near = `${(tokens[n] ?? '').slice(0, -2)}${(tokens[n] ?? '').endsWith('AA') ? 'BA' : 'AA'}`
      const asked: [string, Ask][] = [
        ['a user of another organization', { path: `users/${ids[n]}`, status: 404 }],
        ['a user whom nobody has', { path: `users/${newId()}`, status: 404 }],
        ['a link that is nearly right', { path: 'activations/lookup', status: 404, body: { token: near } }],
        ['a link that is made up', { path: 'activations/lookup', status: 404, body: { token: randomBytes(32).toString('base64url') } }],
      ]
      // The first of a minute pays for what is read anew then, so each is first as often.
      for (const [name, request] of n % 2 === 0 ? asked : asked.toReversed()) await note(name, ask(request))
    }
    const found = series()
    const p50 = (name: string): number => percentileOf(found.find((one) => one.name === name)?.samples ?? [], 0.5)
    return [
      ...found,
      { name: 'users: another organization’s ÷ nobody’s, p50', unit: '×', samples: [p50('a user of another organization') / p50('a user whom nobody has')] },
      { name: 'links: nearly right ÷ made up, p50', unit: '×', samples: [p50('a link that is nearly right') / p50('a link that is made up')] },
    ]
  } finally {
    await server.close()
    await postgres.stop()
  }
}
