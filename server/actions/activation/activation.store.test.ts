import { codeMailedTo, mailsOf, setQuantity, tokenMailedTo } from '../../../tests/doubles/licenses'
import { addUser, openTestServer, type TestServer } from '../../../tests/doubles/server'
import { addOrganization, NOW } from '../../../tests/doubles/store'

jest.setTimeout(60_000)

let server: TestServer
let acme: string
let domain: string
let owner: string
let mariaId: string
let n = 0

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const UNKNOWN = 'A'.repeat(43)

beforeAll(async () => { server = await openTestServer() }, 60_000)
afterAll(() => server.close())
beforeEach(async () => {
  server.setNow(NOW)
  n += 1
  domain = `acme${n}.example`
  acme = await addOrganization(server.store, 'Acme')
  await addUser(server.store, acme, `owner@${domain}`, { role: 'org_admin', first_name: 'Olive' })
  mariaId = await addUser(server.store, acme, `maria@${domain}`, { status: 'pending', activated_at: null, language: 'es' })
  owner = await server.tokenFor(`owner@${domain}`)
  await setQuantity(server.store, acme, 'pro', 3)
  await server.app.inject({ method: 'PUT', url: `/v1/users/${mariaId}/license`, payload: { plan: 'pro' }, headers: { authorization: `Bearer ${owner}` } })
})

const later = (ms: number) => server.setNow(new Date(NOW.getTime() + ms))
const post = async (path: string, payload: object, token?: string, headers: Record<string, string> = {}) => {
  const reply = await server.app.inject({ method: 'POST', url: `/v1/activations/${path}`, payload, headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers } })
  return { status: reply.statusCode, body: reply.body === '' ? {} : reply.json() }
}
const maria = (claims: Record<string, unknown> = {}) => server.tokenFor(`maria@${domain}`, claims)
const unproven = () => server.tokenFor(`maria@${domain}`, { sub: `other-${n}`, email_verified: false })
const mailedToken = () => tokenMailedTo(server.store, acme, `maria@${domain}`)
const mailedCode = async (token: string) => {
  await post('code', { token })
  return codeMailedTo(server.store, acme, `maria@${domain}`)
}
const wrong = (code: string) => (code === '000000' ? '111111' : '000000')
const resend = () => server.app.inject({ method: 'POST', url: `/v1/users/${mariaId}/activation-link`, headers: { authorization: `Bearer ${owner}` } })
const standing = async () => (await server.store.asOwner(
  `select u.status, l.state, (select count(*)::int from identities i where i.user_id = u.id) as identities, (select count(*)::int from activation_links a where a.user_id = u.id and a.used_at is not null) as used
   from users u join licenses l on l.user_id = u.id where u.id = $1`, [mariaId]))[0]
const ASLEEP = { status: 'pending', state: 'assigned', identities: 0, used: 0 }
const kinds = async () => (await server.store.asOwner('select kind, actor_email from events where organization_id = $1 and target_id = $2 order by sequence', [acme, mariaId])).map(({ kind }) => kind)

describe('redeeming', () => {
  it('with an identity that proves the address takes one call: the user is active, the license too, the identity linked', async () => {
    const reply = await post('redeem', { token: await mailedToken() }, await maria())
    expect(reply).toMatchObject({ status: 200, body: { organization: 'Acme', plan: 'pro', email: `maria@${domain}`, user: { id: mariaId, status: 'active', license: { state: 'active', activatedAt: NOW.toISOString() } } } })
    expect(await standing()).toEqual({ status: 'active', state: 'active', identities: 1, used: 1 })
    expect(await kinds()).toEqual(['license.assigned', 'activation.sent', 'activation.redeemed', 'identity.linked', 'license.activated'])
    expect((await server.app.inject({ url: '/v1/me', headers: { authorization: `Bearer ${await maria()}` } })).json().user.id).toBe(mariaId)
  })

  it.each([['begins in the first of their workspaces', 'pending'], ['that was accepted before opens none', 'active']])('an invitation %s', async (_what, status) => {
    await server.store.asOwner(`with made as (insert into workspaces (organization_id, id, name, created_at) values ($1, gen_random_uuid(), 'Zebra', now()), ($1, gen_random_uuid(), 'Ágora', now()) returning id)
      insert into workspace_members (organization_id, workspace_id, user_id, added_at) select $1, id, $2, now() from made`, [acme, mariaId])
    await server.store.asOwner('update users set status = $2 where id = $1', [mariaId, status])
    const [agora] = await server.store.asOwner("select id from workspaces where name = 'Ágora' and organization_id = $1", [acme])
    const { body } = await post('redeem', { token: await mailedToken() }, await maria())
    expect(body.workspaceId).toBe(status === 'pending' ? agora?.['id'] : null)
  })

  it('in a plain browser takes the mailed code, activates, and links nobody', async () => {
    const token = await mailedToken()
    const code = await mailedCode(token)
    expect(await post('redeem', { token, code })).toMatchObject({ status: 200, body: { user: null, plan: 'pro' } })
    expect(await standing()).toEqual({ status: 'active', state: 'active', identities: 0, used: 1 })
  })

  it('with an identity that proves nothing takes the code, and links the identity', async () => {
    const token = await mailedToken()
    expect((await post('redeem', { token }, await unproven())).body.code).toBe('activation.proof_required')
    const code = await mailedCode(token)
    expect((await post('redeem', { token, code }, await unproven())).status).toBe(200)
    expect(await standing()).toEqual({ status: 'active', state: 'active', identities: 1, used: 1 })
  })

  it('by id takes the proof, and the id stands in the owner’s own list', async () => {
    const { items } = (await server.app.inject({ url: '/v1/activations', headers: { authorization: `Bearer ${await maria({ sub: 'not-linked' })}` } })).json()
    expect(items).toEqual([expect.objectContaining({ organization: 'Acme', plan: 'pro', inviter: 'Olive' })])
    expect((await post('redeem', { activationId: items[0].id }, await maria())).status).toBe(200)
  })

  it.each([
    ['nobody', 'the token', 403, 'activation.proof_required'],
    ['unproven', 'the token', 403, 'activation.proof_required'],
    ['owner', 'the token', 403, 'activation.wrong_person'],
    ['stranger', 'the token', 403, 'activation.wrong_person'],
    ['stranger', 'the token and the code', 403, 'activation.wrong_person'],
    ['nobody', 'the token and a wrong code', 403, 'activation.code_wrong'],
    ['unproven', 'the token and a wrong code', 403, 'activation.code_wrong'],
    ['nobody', 'the id', 401, 'auth.required'],
    ['unproven', 'the id', 404, 'not_found'],
    ['stranger', 'the id', 404, 'not_found'],
    ['maria', 'an unknown token', 404, 'not_found'],
    ['nobody', 'an unknown token', 404, 'not_found'],
    ['maria', 'an unknown id', 404, 'not_found'],
    ['maria', 'nothing', 400, 'request.invalid'],
    ['maria', 'both', 400, 'request.invalid'],
  ] as const)('as %s with %s: %i %s, and nothing has changed', async (who, what, status, code) => {
    const token = await mailedToken()
    const mailed = await mailedCode(token)
    const [row] = await server.store.asOwner('select id from activation_links where user_id = $1', [mariaId])
    const activationId = String(row?.['id'])
    const presented = {
      'the token': { token }, 'the token and the code': { token, code: mailed }, 'the token and a wrong code': { token, code: wrong(mailed) }, 'the id': { activationId },
      'an unknown token': { token: UNKNOWN }, 'an unknown id': { activationId: '01890000-0000-7000-8000-00000000ffff' }, nothing: {}, both: { token, activationId },
    }[what]
    const signedIn = { nobody: undefined, unproven: await unproven(), owner, stranger: await server.tokenFor(`someone@else${n}.example`), maria: await maria() }[who]
    const reply = await post('redeem', presented, signedIn)
    expect([reply.status, reply.body.code]).toEqual([status, code])
    expect(await standing()).toEqual(ASLEEP)
  })

  it('counts wrong codes although it refuses: after five the right one is refused too, until a new one is asked for', async () => {
    const token = await mailedToken()
    const code = await mailedCode(token)
    for (let attempt = 0; attempt < 5; attempt++) expect((await post('redeem', { token, code: wrong(code) })).body.code).toBe('activation.code_wrong')
    expect((await post('redeem', { token, code })).body.code).toBe('activation.code_wrong')
    expect((await post('redeem', { token, code: await mailedCode(token) })).status).toBe(200)
  })

  it('lets thirty codes be tried in a day, however many new ones are asked for', async () => {
    const token = await mailedToken()
    for (let tries = 0; tries < 30; tries++) {
      const code = tries % 5 === 0 ? await mailedCode(token) : await codeMailedTo(server.store, acme, `maria@${domain}`)
      expect((await post('redeem', { token, code: wrong(code) })).body.code).toBe('activation.code_wrong')
    }
    expect((await post('redeem', { token, code: await mailedCode(token) })).body.code).toBe('activation.code_wrong')
    later(DAY_MS)
    expect((await post('redeem', { token, code: await mailedCode(token) })).status).toBe(200)
  })

  it('takes a code for ten minutes', async () => {
    const token = await mailedToken()
    const code = await mailedCode(token)
    later(10 * MINUTE_MS)
    expect((await post('redeem', { token, code })).body.code).toBe('activation.code_wrong')
    later(10 * MINUTE_MS - 1)
    expect((await post('redeem', { token, code })).status).toBe(200)
  })

  it.each([['another license', "update licenses set plan = 'eco' where user_id = $1", 'eco', ['license.activated']], ['no license', 'delete from licenses where user_id = $1', null, []]])(
    'leads to %s where that is what its person has by now, and says so wherever it is described', async (_what, sql, plan, activated) => {
      const token = await mailedToken()
      await server.store.asOwner(sql, [mariaId])
      const { items } = (await server.app.inject({ url: '/v1/activations', headers: { authorization: `Bearer ${await maria()}` } })).json()
      expect([items[0].plan, (await post('lookup', { token })).body.plan, (await post('redeem', { token }, await maria())).body.plan]).toEqual([plan, plan, plan])
      expect((await kinds()).filter((kind) => kind === 'license.activated')).toEqual(activated)
    })

  it('works exactly once, however many try at the same instant', async () => {
    const token = await mailedToken()
    const bearer = await maria()
    const replies = await Promise.all(Array.from({ length: 40 }, () => post('redeem', { token }, bearer)))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(new Set(replies.filter(({ status }) => status !== 200).map(({ body }) => body.code))).toEqual(new Set(['activation.used']))
    expect(await standing()).toEqual({ status: 'active', state: 'active', identities: 1, used: 1 })
  })

  it('answers a repeat as the first time, to the same caller only', async () => {
    const token = await mailedToken()
    const first = await post('redeem', { token }, await maria(), { 'idempotency-key': 'k' })
    expect(await post('redeem', { token }, await maria(), { 'idempotency-key': 'k' })).toEqual(first)
    expect((await post('redeem', { token }, undefined, { 'idempotency-key': 'k' })).body.code).toBe('idempotency.mismatch')
  })

  it('is told in the log where somebody else tries', async () => {
    await post('redeem', { token: await mailedToken() }, owner)
    expect(await server.store.asOwner("select actor_email, subjects->0->>'email' as subject from events where organization_id = $1 and kind = 'access.refused'", [acme])).toEqual([{ actor_email: `owner@${domain}`, subject: `maria@${domain}` }])
  })

  it('activates nothing of somebody who is suspended, or removed', async () => {
    const token = await mailedToken()
    await server.store.asOwner("update users set status = 'suspended' where id = $1", [mariaId])
    expect(await post('redeem', { token }, await maria())).toMatchObject({ status: 403, body: { code: 'auth.suspended' } })
    await server.store.asOwner("update users set status = 'removed', removed_at = now() where id = $1", [mariaId])
    expect(await post('redeem', { token }, await maria())).toMatchObject({ status: 404 })
  })
})

describe('the life of a link', () => {
  const age = async (ms: number) => { later(ms) }
  const steps = {
    fresh: async () => undefined,
    'a week old, less a moment': () => age(7 * DAY_MS - 1),
    'a week old': () => age(7 * DAY_MS),
    'sent again': async () => { await resend() },
    used: async () => { await post('redeem', { token: await mailedToken() }, await maria()) },
    'used, then a week old': async () => { await post('redeem', { token: await mailedToken() }, await maria()); later(7 * DAY_MS) },
    'a week old, then sent again': async () => { later(7 * DAY_MS); await resend() },
  }
  it.each([
    ['fresh', 200, 200, undefined], ['a week old, less a moment', 200, 200, undefined],
    ['a week old', 410, 410, 'activation.expired'], ['sent again', 410, 410, 'activation.replaced'], ['used', 410, 410, 'activation.used'],
    ['used, then a week old', 410, 410, 'activation.used'], ['a week old, then sent again', 410, 410, 'activation.replaced'],
  ] as const)('%s: lookup %i, redeem %i %s; a code is mailed only while it is open', async (step, looked, redeemed, code) => {
    const token = await mailedToken()
    await steps[step]()
    const lookup = await post('lookup', { token })
    expect([lookup.status, lookup.body.code]).toEqual([looked, code])
    expect((await post('code', { token })).status).toBe(202)
    expect((await mailsOf(server.store, acme, 'activation_code')).length).toBe(looked === 200 ? 1 : 0)
    const redeem = await post('redeem', { token }, await maria())
    expect([redeem.status, redeem.body.code]).toEqual([redeemed, code])
  })

  it('the newest of several works', async () => {
    await resend()
    expect((await post('redeem', { token: await mailedToken() }, await maria())).status).toBe(200)
  })

  it('is looked up any number of times without a change', async () => {
    const token = await mailedToken()
    for (let times = 0; times < 5; times++) expect(await post('lookup', { token })).toEqual({ status: 200, body: { organization: 'Acme', inviter: 'Olive', plan: 'pro', expiresAt: '2026-03-09T09:00:00.000Z', email: `maria@${domain}`, language: 'es' } })
    expect(await standing()).toEqual(ASLEEP)
  })
})

describe('asking for a code', () => {
  it('is answered alike for any token', async () => {
    const replies = [await post('code', { token: await mailedToken() }), await post('code', { token: UNKNOWN })]
    expect(replies).toEqual([{ status: 202, body: {} }, { status: 202, body: {} }])
  })

  it('mails to the owner of the link, twenty times an hour', async () => {
    const token = await mailedToken()
    for (let times = 0; times < 24; times++) expect((await post('code', { token })).status).toBe(202)
    const mails = await mailsOf(server.store, acme, 'activation_code')
    expect(mails.map(({ to_email: to, language }) => [to, language])).toEqual(Array.from({ length: 20 }, () => [`maria@${domain}`, 'es']))
    expect(mails.every(({ params, secrets }) => /^\d{6}$/.test(secrets?.['code'] ?? '') && !JSON.stringify(params).includes(secrets?.['code'] ?? ''))).toBe(true)
  })

  it('keeps neither token nor code in a form that opens anything', async () => {
    const token = await mailedToken()
    const code = await mailedCode(token)
    const kept = JSON.stringify([await server.store.asOwner('select * from activation_links'), await server.store.asOwner('select * from events'), await server.store.asOwner('select * from limit_counters')])
    expect(kept).not.toContain(token)
    expect(kept).not.toContain(`"${code}"`)
  })
})

describe('guessing', () => {
  it('learns nothing from any number of tokens that nobody has', async () => {
    const before = await server.store.asOwner('select count(*)::int as n from events')
    const guesses = [...Array.from({ length: 50 }, (_, k) => String(k).padStart(43, 'x')), '', 'short', 'with blanks and é\u0000', '../../etc']
    const answers = await Promise.all(guesses.flatMap((token) => [post('lookup', { token }), post('redeem', { token, code: '123456' }), post('code', { token })]))
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.code}`))).toEqual(new Set(['404 not_found', '202 undefined']))
    expect(await server.store.asOwner('select count(*)::int as n from events')).toEqual(before)
  })
})

it('a link stays visible to those who sent it, also once it has expired, until it is used or another one is out', async () => {
  const shown = async () => (await server.app.inject({ url: `/v1/users/${mariaId}`, headers: { authorization: `Bearer ${owner}` } })).json().linkExpiresAt
  const after = (days: number) => new Date(NOW.getTime() + days * DAY_MS).toISOString()
  expect(await shown()).toBe(after(7))
  later(9 * DAY_MS)
  expect(await shown()).toBe(after(7))
  await resend()
  expect(await shown()).toBe(after(16))
  await post('redeem', { token: await mailedToken() }, await maria())
  expect(await shown()).toBeNull()
})
