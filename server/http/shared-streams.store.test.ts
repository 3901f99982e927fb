import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { codeMailedTo, setQuantity, tokenMailedTo } from '../../tests/doubles/licenses'
import { addUser, openTestServer, type TestServer } from '../../tests/doubles/server'
import { addOrganization, changeScope } from '../../tests/doubles/store'

/* Two servers on one database, as several of them stand behind one address. */

jest.setTimeout(60_000)

let here: TestServer
let there: TestServer
let n = 0
beforeAll(async () => {
  here = await openTestServer()
  there = await openTestServer({ beside: here })
  await there.app.listen({ port: 0, host: '127.0.0.1' })
  await untilListening(2)
}, 60_000)
afterAll(async () => {
  await there.close()
  await here.close()
}, 60_000)

const LISTENERS = "select pid from pg_stat_activity where datname = current_database() and query in ('listen orgdesk', 'select')"
const untilListening = async (count: number) => {
  while ((await here.store.asOwner(LISTENERS)).length < count) await sleep(10)
}
const originOf = ({ app }: TestServer) => `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`

const company = async () => {
  n += 1
  const domain = `company${n}.example`
  const id = await addOrganization(here.store, domain)
  await addUser(here.store, id, `owner@${domain}`, { role: 'org_admin' })
  return { id, domain, owner: await here.tokenFor(`owner@${domain}`) }
}
const watch = async (server: TestServer, token: string) => {
  const reply = await fetch(`${originOf(server)}/v1/stream`, { headers: { authorization: `Bearer ${token}` } })
  const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader()
  const read = async (): Promise<string> => (await reader?.read())?.value ?? ''
  /** The next words of the stream in which this stands; signing in is news of its own. */
  const hears = async (words: string): Promise<string> => {
    for (;;) {
      const text = await read()
      if (text.includes(words) || text === '') return text
    }
  }
  return { hears, end: () => reader?.cancel() }
}
const change = (server: TestServer, organizationId: string, kind: 'user.edited' | 'domain.added') => server.store.change(changeScope(organizationId), async ({ record }) => {
  record({ category: 'audit', kind, ofAdmin: false })
  return { ok: true, value: null }
})

describe('of two servers on one database', () => {
  it('each tells its viewers what was changed on the other, and nothing of other organizations', async () => {
    const [acme, globex] = [await company(), await company()]
    const stream = await watch(there, acme.owner)
    await stream.hears(': open')
    await change(here, globex.id, 'domain.added')
    await change(here, acme.id, 'user.edited')
    expect(await stream.hears('licenses')).toBe('event: changed\ndata: {"topics":["events","users","licenses","mail"]}\n\n')
    await stream.end()
  })

  it('one whose line to the others was cut comes back, and tells its viewers to look again at everything', async () => {
    const acme = await company()
    const stream = await watch(there, acme.owner)
    await stream.hears(': open')
    await here.store.asOwner(`select pg_terminate_backend(pid) from (${LISTENERS}) as listening`)
    expect(await stream.hears('domains')).toContain('"roles"')
    await untilListening(2)
    await change(here, acme.id, 'user.edited')
    expect(await stream.hears('licenses')).toContain('"users"')
    await stream.end()
  })

  it('codes are guessed five times in all, whichever server is asked', async () => {
    const { id, domain, owner } = await company()
    const userId = await addUser(here.store, id, `maria@${domain}`, { status: 'pending', activated_at: null })
    await setQuantity(here.store, id, 'pro', 1)
    await here.app.inject({ method: 'PUT', url: `/v1/users/${userId}/license`, payload: { plan: 'pro' }, headers: { authorization: `Bearer ${owner}` } })
    const token = await tokenMailedTo(here.store, id, `maria@${domain}`)
    const post = async ({ app }: TestServer, path: string, payload: object) => (await app.inject({ method: 'POST', url: `/v1/activations/${path}`, payload })).statusCode
    await post(here, 'code', { token })
    const code = await codeMailedTo(here.store, id, `maria@${domain}`)
    const wrong = code === '000000' ? '111111' : '000000'
    const tries = await Promise.all([here, there, here, there, here, there].map((server) => post(server, 'redeem', { token, code: wrong })))
    expect(new Set(tries)).toEqual(new Set([403]))
    expect(await post(there, 'redeem', { token, code })).toBe(403)
    await post(there, 'code', { token })
    expect(await post(here, 'redeem', { token, code: await codeMailedTo(here.store, id, `maria@${domain}`) })).toBe(200)
  })

  it('codes are mailed as often as one server would mail them', async () => {
    const { id, domain, owner } = await company()
    const userId = await addUser(here.store, id, `maria@${domain}`, { status: 'pending', activated_at: null })
    await here.app.inject({ method: 'POST', url: `/v1/users/${userId}/activation-link`, headers: { authorization: `Bearer ${owner}` } })
    const token = await tokenMailedTo(here.store, id, `maria@${domain}`)
    const asked = Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? here : there))
    for (const { app } of asked) await app.inject({ method: 'POST', url: '/v1/activations/code', payload: { token } })
    const [row] = await here.store.asOwner("select count(*)::int as mails from outbox where organization_id = $1 and kind = 'activation_code'", [id])
    expect(row).toEqual({ mails: 20 })
  })
})
