import { NOTHING, openDomainWorld, unique, type DomainWorld } from '../../tests/doubles/domains'
import { NOW } from '../../tests/doubles/store'
import { createLogger } from '../http/logger'
import { runJobs } from '../jobs/jobs'
import { newId } from '../store/ids'
import { createDomainJobs, queueDue } from './jobs'
import type { Domain } from '../../shared/domains/domains.model'

const HOUR_MS = 3_600_000
jest.setTimeout(60_000)
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
const mailKinds = async (organizationId: string) => (await world.mails(organizationId)).map(({ kind }) => kind)

describe('the schedule', () => {
  /** Lets the background work a minute before each moment that is due and at it, until so many hours after the start; answers the minutes at which DNS was asked. */
  const checksUntil = async (domain: Domain, hours: number, servers = 1): Promise<number[]> => {
    const stored = () => world.server.store.system((db) => db.selectFrom('domains').select(['checks', 'next_check_at as due']).where('id', '=', domain.id).executeTakeFirstOrThrow())
    const seen: number[] = []
    for (let { checks, due } = await stored(); due !== null; { checks, due } = await stored()) {
      const minutes = (due.getTime() - NOW.getTime()) / 60_000
      if (minutes > hours * 60) break
      for (const at of [minutes - 1, minutes]) {
        world.setHours(at / 60)
        await world.work(servers)
        if ((await stored()).checks > checks) seen.push(at)
      }
    }
    return seen
  }

  it('looks after 5 minutes, 1, 12, 36 and 72 hours and 7 days, mails at 72 hours and at the end, and starts again by hand', async () => {
    const domain = await world.add(acme, unique('acme'))
    expect(await checksUntil(domain, 200)).toEqual([5, 60, 720, 2_160, 4_320, 10_080])
    expect(await world.get(acme, domain)).toMatchObject({ status: 'failed', nextCheckAt: null, abilities: { 'domain.check': true } })
    expect(await mailKinds(acme)).toEqual(['domain_still_pending', 'domain_failed'])
    expect(await world.domainEvents(acme)).toEqual(['domain.added', 'domain.failed'])
    expect(await world.alerts(acme)).toEqual([expect.objectContaining({ code: 'alert.domain_failed', target: domain.id })])
    expect(await world.check(acme, domain)).toMatchObject({ status: 'pending', nextCheckAt: new Date(world.now().getTime() + 300_000).toISOString(), expiresAt: new Date(world.now().getTime() + 168 * HOUR_MS).toISOString() })
    expect(await world.alerts(acme)).toEqual([])
  })

  it('runs each look once with several servers, and tells once', async () => {
    const domain = await world.add(acme, unique('acme'))
    expect(await checksUntil(domain, 80, 4)).toEqual([5, 60, 720, 2_160, 4_320])
    const { checks } = await world.server.store.system((db) => db.selectFrom('domains').select('checks').where('id', '=', domain.id).executeTakeFirstOrThrow())
    expect(checks).toBe(5)
    expect(await mailKinds(acme)).toEqual(['domain_still_pending'])
  })

  it('approves a record that appears later, without anybody asking', async () => {
    const domain = await world.add(acme, unique('acme'))
    await checksUntil(domain, 13)
    world.prove(domain)
    await checksUntil(domain, 37)
    expect(await world.get(acme, domain)).toMatchObject({ status: 'approved' })
    expect(await world.domainEvents(acme)).toEqual(['domain.added', 'domain.approved'])
  })

  it('warns after three misses over 72 hours, keeps the approval, and takes the warning back', async () => {
    const domain = await world.approve(acme, unique('acme'))
    world.zone.set(domain.name, NOTHING)
    const dayOf = async (day: number) => {
      world.setHours(day * 24)
      await world.work()
      return world.get(acme, domain)
    }
    for (const day of [1, 2, 3]) expect(await dayOf(day)).toMatchObject({ status: 'approved', warning: null })
    expect(await dayOf(4)).toMatchObject({ status: 'approved', warning: 'record_missing' })
    expect(await dayOf(5)).toMatchObject({ status: 'approved', warning: 'record_missing' })
    expect(await mailKinds(acme)).toEqual(['domain_approved', 'domain_record_missing'])
    expect(await world.alerts(acme)).toEqual([expect.objectContaining({ code: 'alert.domain_record_missing' })])
    world.prove(domain)
    expect(await dayOf(6)).toMatchObject({ status: 'approved', warning: null })
    expect(await world.alerts(acme)).toEqual([])
    expect((await world.domainEvents(acme)).slice(-2)).toEqual(['domain.record_missing', 'domain.checked'])
  })

  it('drops what a slow look saw where somebody has looked meanwhile', async () => {
    const domain = await world.approve(acme, unique('acme'))
    world.setHours(24)
    const { store } = world.server
    const lookUp = async () => {
      await world.check(acme, domain)
      return NOTHING
    }
    await store.system((db) => queueDue(db, world.now(), newId))
    await runJobs({ store, handlers: createDomainJobs({ store, lookUp, clock: world.now, newId }), clock: world.now, newId, logger: createLogger('silent') })
    expect(await store.system((db) => db.selectFrom('domains').select(['checks', 'missed']).where('id', '=', domain.id).executeTakeFirst())).toEqual({ checks: 2, missed: 0 })
    expect((await world.get(acme, domain)).lastCheck?.outcome).toBe('verified')
  })

  it.each(['server_failed', 'timed_out'] as const)('never counts %s', async (outcome) => {
    const domain = await world.approve(acme, unique('acme'))
    world.zone.set(domain.name, { outcome, atHost: [], elsewhere: [] })
    for (let day = 1; day <= 10; day++) {
      world.setHours(day * 24)
      await world.work()
    }
    expect(await world.get(acme, domain)).toMatchObject({ status: 'approved', warning: null, lastCheck: { outcome, at: world.now().toISOString() } })
    expect(await mailKinds(acme)).toEqual(['domain_approved'])
  })
})

describe('a contest', () => {
  const contest = async () => {
    const held = await world.approve(acme, unique('acme'))
    const claimed = await world.add(globex, held.name)
    world.prove(claimed)
    return { held, claimed: await world.check(globex, claimed) }
  }

  it('begins with another organization’s proof: it is contested, the owners keep the domain and have 72 hours', async () => {
    const { held, claimed } = await contest()
    expect(claimed).toMatchObject({ status: 'contested', noticeEndsAt: new Date(NOW.getTime() + 72 * HOUR_MS).toISOString() })
    await world.work(3)
    expect(await world.get(acme, held)).toMatchObject({ status: 'approved', warning: 'contested', noticeEndsAt: new Date(NOW.getTime() + 72 * HOUR_MS).toISOString() })
    expect(await mailKinds(acme)).toEqual(['domain_approved', 'domain_contested'])
    expect((await world.domainEvents(acme)).at(-1)).toBe('domain.contested')
    expect(await world.alerts(acme)).toEqual([expect.objectContaining({ code: 'alert.domain_contested', target: held.id })])
  })

  it('is never decided by time', async () => {
    const { held, claimed } = await contest()
    await world.work()
    for (let day = 1; day <= 10; day++) {
      world.setHours(day * 24)
      await world.work()
    }
    expect([(await world.get(acme, held)).status, (await world.get(globex, claimed)).status]).toEqual(['approved', 'contested'])
    expect((await mailKinds(acme)).filter((kind) => kind === 'domain_contested')).toHaveLength(1)
  })

  it('ends where the claim is given up, and the warning with it', async () => {
    const { held, claimed } = await contest()
    await world.work()
    expect((await ask(globex, 'DELETE', `/v1/domains/${claimed.id}`)).status).toBe(204)
    await world.work()
    expect(await world.get(acme, held)).toMatchObject({ status: 'approved', warning: null, noticeEndsAt: null })
    expect(await world.alerts(acme)).toEqual([])
  })

  it('ends where the owners give the domain up: the next look approves who has proved it', async () => {
    const { held, claimed } = await contest()
    await world.work()
    expect((await ask(acme, 'DELETE', `/v1/domains/${held.id}`)).status).toBe(204)
    world.setHours(24)
    await world.work()
    expect(await world.get(globex, claimed)).toMatchObject({ status: 'approved' })
  })
})
