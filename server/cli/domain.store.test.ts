import { OWNER, emailIn, openDomainWorld, unique, type DomainWorld } from '../../tests/doubles/domains'
import type { Domain } from '../../shared/domains/domains.model'
import { newId } from '../store/ids'
import { EXIT } from './command'
import { parseCommand, runCommand } from './commands'

let world: DomainWorld
let acme: string
let globex: string

beforeAll(async () => { world = await openDomainWorld() })
afterAll(() => world.close())
beforeEach(async () => {
  world.zone.clear()
  world.setHours(0)
  acme = await world.newOrganization('Acme')
  globex = await world.newOrganization('Globex')
})

/** Runs a command as the operator's terminal does. */
const run = async (...args: string[]): Promise<{ code: number; lines: string[] }> => {
  const lines: string[] = []
  const asked = parseCommand(['domain', ...args])
  if (asked === null) return { code: EXIT.usage, lines }
  // What these commands do not use is not given.
  const code = await runCommand(asked, { store: world.server.store, now: world.now(), newId, print: (line) => lines.push(line), connection: world.server.store.connection, settings: undefined as never })
  return { code, lines }
}
const statuses = async (...domains: [string, Domain][]) => Promise.all(domains.map(async ([organizationId, domain]) => (await world.get(organizationId, domain)).status))
const mailKinds = async (organizationId: string) => (await world.mails(organizationId)).map(({ kind }) => kind)

describe('an operator', () => {
  it('lists claims, by status, by name', async () => {
    const domain = await world.add(acme, unique('listed'))
    expect((await run('list', '--name', domain.name)).lines).toEqual([`${acme}  Acme  ${domain.name}  pending`])
    expect((await run('list', '--status', 'pending')).lines.some((line) => line.includes(domain.name))).toBe(true)
    expect((await run('list', '--status', 'approved')).lines.some((line) => line.includes(domain.name))).toBe(false)
    expect((await run('list', '--status', 'asleep')).code).toBe(EXIT.usage)
  })

  it('approves for a customer who can’t edit DNS, and nobody is warned about the record that never was', async () => {
    const domain = await world.add(acme, unique('manual'))
    expect(await run('approve', domain.name.toUpperCase())).toEqual({ code: EXIT.done, lines: [`${domain.name} is approved for Acme`] })
    for (let day = 1; day <= 6; day++) {
      world.setHours(day * 24)
      await world.work()
    }
    expect(await world.get(acme, domain)).toMatchObject({ status: 'approved', warning: null, nextCheckAt: null })
    expect(await world.domainEvents(acme)).toEqual(['domain.added', 'domain.approved'])
    expect(await world.mails(acme)).toEqual([{ kind: 'domain_approved', to: emailIn(acme, OWNER), language: 'fr' }])
  })

  it('refuses with a reason, which is shown, and the domain is not checked any more', async () => {
    const domain = await world.add(acme, unique('refused'))
    expect((await run('refuse', domain.name)).code).toBe(EXIT.usage)
    expect((await run('refuse', domain.name, '--reason', 'Not yours')).code).toBe(EXIT.done)
    expect(await world.get(acme, domain)).toMatchObject({ status: 'refused', reason: 'Not yours', nextCheckAt: null, abilities: { 'domain.check': 'domain.refused' } })
    world.prove(domain)
    expect((await world.ask(acme, 'POST', `/v1/domains/${domain.id}/check`, {})).status).toBe(409)
    expect(await mailKinds(acme)).toEqual(['domain_refused'])
  })

  it('names the organization where several claim one name', async () => {
    const domain = await world.add(acme, unique('both'))
    await world.add(globex, domain.name)
    const unclear = await run('approve', domain.name)
    expect([unclear.code, unclear.lines.length]).toEqual([EXIT.failed, 3])
    expect((await run('approve', domain.name, '--organization', acme)).code).toBe(EXIT.done)
    expect((await run('approve', unique('nobody'))).lines).toEqual(['no such claim'])
  })

  it('does not give a name that somebody holds to somebody who has not proved it', async () => {
    const held = await world.approve(acme, unique('held'))
    const claimed = await world.add(globex, held.name)
    const { code, lines } = await run('approve', held.name, '--organization', globex)
    expect([code, lines[0]]).toEqual([EXIT.failed, expect.stringContaining('approved for another organization')])
    expect(await statuses([acme, held], [globex, claimed])).toEqual(['approved', 'pending'])
  })
})

describe('a contest is decided by an operator', () => {
  const contest = async () => {
    const held = await world.approve(acme, unique('contest'))
    const claimed = await world.add(globex, held.name)
    world.prove(claimed)
    await world.check(globex, claimed)
    await world.work()
    return { held, claimed }
  }

  it('not before the owners have had 72 hours; then the name goes over, and they are told', async () => {
    const { held, claimed } = await contest()
    world.setHours(71)
    expect((await run('approve', held.name, '--organization', globex)).lines[0]).toContain('can still answer until 2026-03-05T09:00:00.000Z')
    expect(await statuses([acme, held], [globex, claimed])).toEqual(['approved', 'contested'])
    world.setHours(72)
    expect((await run('approve', held.name, '--organization', globex)).code).toBe(EXIT.done)
    expect(await statuses([acme, held], [globex, claimed])).toEqual(['refused', 'approved'])
    expect(await world.get(acme, held)).toMatchObject({ reason: 'contest_lost', warning: null })
    expect(await mailKinds(acme)).toEqual(['domain_approved', 'domain_contested', 'domain_refused'])
    expect(await world.alerts(acme)).toEqual([])
  })

  it('for the owners, by refusing the claim: the warning ends', async () => {
    const { held, claimed } = await contest()
    expect((await run('refuse', held.name, '--organization', 'Globex', '--reason', 'Acme has shown its contract')).code).toBe(EXIT.done)
    await world.work()
    expect(await statuses([acme, held], [globex, claimed])).toEqual(['approved', 'refused'])
    expect(await world.get(acme, held)).toMatchObject({ warning: null, noticeEndsAt: null })
  })
})
