import type { AddressInfo } from 'node:net'
import { addOrganization, changeScope } from '../../tests/doubles/store'
import { addUser, openTestServer, type TestServer } from '../../tests/doubles/server'

let server: TestServer
let origin: string
beforeAll(async () => {
  server = await openTestServer()
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  origin = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`
})
// A server may take up to ten seconds to stop: clients hold their idle connections for some.
afterAll(() => server.close(), 60_000)

const open = async (email: string) => {
  const reply = await fetch(`${origin}/v1/stream`, { headers: { authorization: `Bearer ${await server.tokenFor(email)}` } })
  const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader()
  const read = async (): Promise<string | null> => {
    const next = await reader?.read()
    return next === undefined || next.done ? null : next.value
  }
  return { reply, read, end: () => reader?.cancel() }
}

const changeUser = (organizationId: string) => server.store.change(changeScope(organizationId), async ({ record }) => {
  record({ category: 'audit', kind: 'user.edited', ofAdmin: false })
  return { ok: true, value: null }
})

describe('the stream', () => {
  it('tells a viewer that something changed, which they may know of, and nothing of other organizations', async () => {
    const [acme, globex] = await Promise.all(['Acme', 'Globex'].map((name) => addOrganization(server.store, name)))
    await addUser(server.store, acme ?? '', 'admin@acme.example', { role: 'org_admin' })
    await addUser(server.store, acme ?? '', 'member@acme.example')
    // Signing in is news, too: it is over before the streams open.
    for (const email of ['admin@acme.example', 'member@acme.example']) await (await open(email)).end()
    const [admin, member] = await Promise.all([open('admin@acme.example'), open('member@acme.example')])
    expect(admin.reply.headers.get('content-type')).toContain('text/event-stream')
    for (const stream of [admin, member]) expect(await stream.read()).toBe(': open\n\n')
    await changeUser(globex ?? '')
    await changeUser(acme ?? '')
    expect(await admin.read()).toBe('event: changed\ndata: {"topics":["events","users","licenses","mail"]}\n\n')
    expect(await member.read()).toBe('event: changed\ndata: {"topics":["events","mail"]}\n\n')
    await Promise.all([admin.end(), member.end()])
  })

  it('ends for who was suspended, before they hear of anything more', async () => {
    const organizationId = await addOrganization(server.store, 'Ended')
    const id = await addUser(server.store, organizationId, 'ended@acme.example')
    const stream = await open('ended@acme.example')
    expect(await stream.read()).toBe(': open\n\n')
    await server.store.system((db) => db.updateTable('users').set({ status: 'suspended' }).where('id', '=', id).execute())
    await changeUser(organizationId)
    expect(await stream.read()).toBeNull()
  })

  it('is not for strangers', async () => {
    const { reply } = await open('nobody@nowhere.example')
    expect([reply.status, (await reply.headers.get('content-type'))?.split(';')[0]]).toEqual([401, 'application/problem+json'])
  })
})
