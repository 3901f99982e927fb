import { BILLING, emailIn, MEMBER, NOTHING, openDomainWorld, unique, type DomainWorld } from '../../../tests/doubles/domains'
import { NOW } from '../../../tests/doubles/store'
import type { Domain } from '../../../shared/domains/domains.model'
import { newId } from '../../store/ids'

const HOUR_MS = 3_600_000
let world: DomainWorld
let acme: string
let globex: string

beforeAll(async () => { world = await openDomainWorld() })
afterAll(() => world.close())
beforeEach(async () => {
  world.zone.clear()
  world.setHours(0)
  acme = await world.newOrganization()
  globex = await world.newOrganization('Globex')
})

const ask = async (...asked: Parameters<DomainWorld['ask']>) => {
  const { status, headers, json } = await world.ask(...asked)
  return { status, headers, body: status === 204 ? null : json() }
}

describe('claiming a domain', () => {
  it('answers the exact record and when it is looked for', async () => {
    const name = unique('acme')
    const domain = await world.add(acme, ` ${name.toUpperCase()} `)
    expect(domain).toMatchObject({
      name, unicodeName: name, status: 'pending', record: { host: `_orgdesk-challenge.${name}`, type: 'TXT', value: expect.stringMatching(/^orgdesk=[0-9a-f]{32}$/) }, version: 1, lastCheck: null,
      nextCheckAt: new Date(NOW.getTime() + 300_000).toISOString(), expiresAt: new Date(NOW.getTime() + 168 * HOUR_MS).toISOString(), abilities: { 'domain.check': true, 'domain.remove': true },
    })
    expect(await world.get(acme, domain)).toEqual(domain)
    expect((await ask(acme, 'GET', '/v1/domains')).body).toMatchObject({ items: [{ name }], next: null, total: 1 })
    expect(await world.domainEvents(acme)).toEqual(['domain.added'])
  })

  it.each<[string, number, string, string?]>([
    ['gmail.com', 409, 'domain.public_mailbox'], ['ｇmail.com', 409, 'domain.public_mailbox'], ['co.uk', 409, 'domain.public_suffix'], ['github.io', 409, 'domain.public_suffix'], ['orgdesk.example', 409, 'domain.reserved'], ['x.orgdesk.example', 409, 'domain.reserved'],
    ['https://acme.example', 400, 'request.invalid', 'domain.malformed'], ['a..b', 400, 'request.invalid', 'domain.malformed'], ['', 400, 'request.invalid', 'field.required'], ['a\u200Db.example', 400, 'request.invalid', 'field.control_characters'],
  ])('%s is refused: %s %s', async (name, status, code, issue = code) => {
    expect(await ask(acme, 'POST', '/v1/domains', { name })).toMatchObject({ status, body: { code, issues: [{ path: 'name', code: issue }] } })
  })

  it('refuses a name twice in one organization, however it is written, and accepts it in another', async () => {
    const name = unique('bücher')
    const first = await world.add(acme, name)
    expect(first).toMatchObject({ unicodeName: name, name: expect.stringMatching(/^xn--/) })
    expect(await ask(acme, 'POST', '/v1/domains', { name: first.name })).toMatchObject({ status: 409, body: { code: 'domain.exists', issues: [{ code: 'domain.exists', path: 'name' }] } })
    const second = await world.add(globex, name)
    expect(second.status).toBe('pending')
    expect(second.record.value).not.toBe(first.record.value)
  })

  it('warns about a name in mixed alphabets', async () => {
    expect(await world.add(acme, unique('аcme'))).toMatchObject({ mixedScripts: true })
    expect(await world.add(acme, unique('acme'))).toMatchObject({ mixedScripts: false })
  })

  it('answers the same again to a repeat, and stores one', async () => {
    const name = unique('acme')
    const repeat = () => ask(acme, 'POST', '/v1/domains', { name }, { headers: { 'idempotency-key': 'k-1' } })
    const first = await repeat()
    expect(await repeat()).toMatchObject({ status: 201, body: first.body })
  })

  it('is for organization administrators; who may view domains sees them, and a member does not', async () => {
    const domain = await world.add(acme, unique('acme'))
    expect((await ask(acme, 'GET', '/v1/domains', undefined, { email: BILLING })).body.items[0]).toMatchObject({ id: domain.id, abilities: { 'domain.check': 'access.denied', 'domain.remove': 'access.denied' } })
    for (const [method, url, body] of [['POST', '/v1/domains', { name: unique('x') }], ['POST', `/v1/domains/${domain.id}/check`, {}], ['DELETE', `/v1/domains/${domain.id}`, undefined]] as const) {
      expect(await ask(acme, method, url, body, { email: BILLING })).toMatchObject({ status: 403, body: { code: 'access.denied' } })
      expect(await ask(acme, method, url, body, { email: MEMBER })).toMatchObject({ status: 403 })
    }
    expect(await ask(acme, 'GET', '/v1/domains', undefined, { email: MEMBER })).toMatchObject({ status: 403 })
  })

  it('pages by name', async () => {
    for (const label of ['c', 'a', 'b']) await world.add(acme, `${label}.${unique('x')}`)
    const first = (await ask(acme, 'GET', '/v1/domains?limit=2')).body
    const second = (await ask(acme, 'GET', `/v1/domains?limit=2&cursor=${first.next}`)).body
    expect([...first.items, ...second.items].map(({ name }: Domain) => name[0])).toEqual(['a', 'b', 'c'])
    expect([first.total, second.next]).toEqual([3, null])
    expect(await ask(globex, 'GET', `/v1/domains?limit=2&cursor=${first.next}`)).toMatchObject({ status: 400, body: { issues: [{ code: 'cursor.invalid' }] } })
  })
})

describe('checking now', () => {
  it('shows what was found against what was expected, and approves on the proof', async () => {
    const domain = await world.add(acme, unique('acme'))
    world.zone.set(domain.name, { ...NOTHING, elsewhere: [{ host: domain.name, value: domain.record.value }] })
    expect(await world.check(acme, domain)).toMatchObject({ status: 'pending', version: 2, lastCheck: { at: NOW.toISOString(), outcome: 'wrong_host', found: [{ host: domain.name, value: domain.record.value }] } })
    world.prove(domain)
    expect(await world.check(acme, domain)).toMatchObject({ status: 'approved', approvedAt: NOW.toISOString(), expiresAt: null, nextCheckAt: new Date(NOW.getTime() + 24 * HOUR_MS).toISOString(), lastCheck: { outcome: 'verified' } })
    expect(await world.domainEvents(acme)).toEqual(['domain.added', 'domain.checked', 'domain.checked', 'domain.approved'])
    expect(await world.mails(acme)).toEqual([{ kind: 'domain_approved', to: emailIn(acme), language: 'fr' }])
  })

  it('is limited to 20 an hour for one person, and not for the next hour', async () => {
    const domain = await world.add(acme, unique('acme'))
    const replies = await Promise.all(Array.from({ length: 25 }, () => ask(acme, 'POST', `/v1/domains/${domain.id}/check`, {})))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(20)
    const limited = replies.find(({ status }) => status === 429)
    expect(limited).toMatchObject({ body: { code: 'limit.reached' } })
    expect(Number(limited?.headers['retry-after'])).toBeGreaterThan(0)
    world.setHours(1)
    expect((await ask(acme, 'POST', `/v1/domains/${domain.id}/check`, {})).status).toBe(200)
  })

  it('finds no domain of another organization', async () => {
    const domain = await world.add(acme, unique('acme'))
    for (const id of [domain.id, newId(), 'x']) {
      expect(await ask(globex, 'POST', `/v1/domains/${id}/check`, {})).toMatchObject({ status: 404, body: { code: 'not_found' } })
      expect(await ask(globex, 'GET', `/v1/domains/${id}`)).toMatchObject({ status: 404 })
      expect(await ask(globex, 'DELETE', `/v1/domains/${id}`)).toMatchObject({ status: 404 })
    }
  })
})

describe('who covers an address', () => {
  const states = async (organizationId: string, emails: string[]) => (await ask(organizationId, 'POST', '/v1/context', { emails })).body.people.map(({ domain }: { domain: { state: string } }) => domain.state)
  const invite = (organizationId: string, email: string) => ask(organizationId, 'POST', '/v1/users', { email })

  it('is the longest approved match, for the same organization only', async () => {
    const parent = await world.approve(acme, unique('acme'))
    expect(await states(acme, [`a@${parent.name}`, `a@eu.${parent.name}`])).toEqual(['approved', 'approved'])
    expect(await states(globex, [`a@${parent.name}`, `a@eu.${parent.name}`])).toEqual(['unclaimed', 'unclaimed'])
    expect(await invite(acme, `new@eu.${parent.name}`)).toMatchObject({ status: 201 })
    expect(await invite(globex, `new@eu.${parent.name}`)).toMatchObject({ status: 409, body: { code: 'domain.not_approved' } })
    const child = await world.add(acme, `eu.${parent.name}`)
    expect(child).toMatchObject({ status: 'pending', coveredBy: parent.name })
    expect(await world.get(acme, parent)).toMatchObject({ children: [child.name], coveredBy: null })
    expect(await invite(acme, `other@eu.${parent.name}`)).toMatchObject({ status: 201 })
    expect((await world.get(acme, child)).users).toBe(2)
  })

  it('is another organization below one’s own where that one has proved its part', async () => {
    const parent = await world.approve(acme, unique('acme'))
    expect(await invite(acme, `before@lab.${parent.name}`)).toMatchObject({ status: 201 })
    const lab = await world.approve(globex, `lab.${parent.name}`)
    expect(lab.status).toBe('approved')
    expect(await invite(globex, `new@lab.${parent.name}`)).toMatchObject({ status: 201 })
    expect(await invite(acme, `after@lab.${parent.name}`)).toMatchObject({ status: 409, body: { code: 'domain.not_approved' } })
    expect(await invite(acme, `after@eu.${parent.name}`)).toMatchObject({ status: 201 })
  })

  it('no longer covers subdomains while its record is missing', async () => {
    const parent = await world.approve(acme, unique('acme'))
    await world.server.store.system((db) => db.updateTable('domains').set({ warning: 'record_missing' }).where('id', '=', parent.id).execute())
    expect(await invite(acme, `new@${parent.name}`)).toMatchObject({ status: 201 })
    expect(await invite(acme, `new@eu.${parent.name}`)).toMatchObject({ status: 409, body: { code: 'domain.not_approved' } })
  })

  it('points out a stranger’s domain that looks like the organization’s own', async () => {
    const own = await world.approve(acme, unique('acme'))
    const twin = own.name.replace('acme', 'аcme')
    const { people } = (await ask(acme, 'POST', '/v1/context', { emails: [`x@${twin}`, 'y@unrelated.example'] })).body
    expect(people.map(({ domain }: { domain: { looksLike: string | null } }) => domain.looksLike)).toEqual([own.name, null])
    expect(people[0].abilities['domains.add']).toBe(true)
  })
})

describe('removing a domain', () => {
  it('says how many users hold addresses in it and what follows, and keeps them', async () => {
    const domain = await world.approve(acme, unique('acme'))
    await ask(acme, 'POST', '/v1/users', { email: `ana@${domain.name}` })
    const planned = await ask(acme, 'DELETE', `/v1/domains/${domain.id}?dry_run=true`)
    expect(planned).toMatchObject({ status: 200, body: { plan: { kind: 'domain.remove', count: 1, consequences: [{ code: 'plan.domain_users_kept', params: { count: 1 } }, { code: 'plan.domain_released' }, { code: 'plan.domain_record_ends' }] } } })
    await ask(acme, 'POST', '/v1/users', { email: `luc@${domain.name}` })
    const stale = await ask(acme, 'DELETE', `/v1/domains/${domain.id}`, undefined, { headers: { 'plan-digest': planned.body.digest } })
    expect(stale).toMatchObject({ status: 409, body: { code: 'plan.changed' } })
    expect((await ask(acme, 'DELETE', `/v1/domains/${domain.id}`, undefined, { headers: { 'plan-digest': stale.body.digest } })).status).toBe(204)
    expect((await ask(acme, 'GET', `/v1/domains/${domain.id}`)).status).toBe(404)
    expect((await ask(acme, 'GET', `/v1/users?domain=${domain.name}`)).body.total).toBe(2)
    expect((await ask(acme, 'POST', '/v1/users', { email: `zoe@${domain.name}` })).body.code).toBe('domain.not_approved')
    expect((await world.approve(globex, domain.name)).status).toBe('approved')
  })
})
