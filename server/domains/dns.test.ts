import { openTestDns, type DnsAnswer, type TestDns } from '../../tests/doubles/dns'
import { judgeRecords } from '../../shared/domains/domains.check'
import type { CheckOutcome } from '../../shared/domains/domains.model'
import { createLookUp } from './dns'

const VALUE = 'orgdesk=0123456789abcdef0123456789abcdef'
const HOST = '_orgdesk-challenge.acme.example'
// Building a big answer bit by bit takes the test server its time.
jest.setTimeout(30_000)
let dns: TestDns

beforeAll(async () => { dns = await openTestDns() })
afterAll(() => dns.close())
beforeEach(() => {
  dns.zone.clear()
  dns.asked.length = 0
})

/** Waits long for what comes, and a second for what never does. */
const lookUp = () => {
  const timeoutMs = [...dns.zone.values()].includes('silence') ? 1_000 : 20_000
  return createLookUp({ servers: [dns.address], timeoutMs, tries: 1, deadlineMs: 30_000 })({ name: 'acme.example', host: HOST })
}
const judge = async () => {
  const look = await lookUp()
  return judgeRecords(VALUE, look.atHost, look.elsewhere.map(({ value }) => value), look.outcome)
}

describe('a look at a real DNS server', () => {
  it.each<[string, Record<string, DnsAnswer>, CheckOutcome]>([
    ['the record', { [HOST]: [VALUE], 'acme.example': ['v=spf1 -all'] }, 'verified'],
    ['the record, though the domain itself has nothing', { [HOST]: [VALUE], 'acme.example': [] }, 'verified'],
    ['the record in several chunks', { [HOST]: [['orgdesk=0123456789abcdef', '0123456789', 'abcdef']], 'acme.example': [] }, 'verified'],
    ['the record behind an alias', { [HOST]: { cname: 'proof.elsewhere.example' }, 'proof.elsewhere.example': [VALUE], 'acme.example': [] }, 'verified'],
    ['the record among many, over TCP', { [HOST]: [...Array.from({ length: 15 }, (_, n) => `${n}${'x'.repeat(100)}`), VALUE], 'acme.example': [] }, 'verified'],
    ['the record behind a wildcard', { '*.acme.example': [VALUE], 'acme.example': [] }, 'verified'],
    ['two values, one of them right', { [HOST]: ['orgdesk=other', VALUE], 'acme.example': [] }, 'verified'],
    ['two values, none of them right', { [HOST]: ['orgdesk=one', 'orgdesk=two'], 'acme.example': [] }, 'several_values'],
    ['a wildcard that means something else', { '*.acme.example': ['v=spf1 -all'], 'acme.example': ['v=spf1 -all'] }, 'wrong_value'],
    ['an alias to nothing', { [HOST]: { cname: 'gone.elsewhere.example' }, 'acme.example': [] }, 'not_found'],
    ['another value', { [HOST]: ['orgdesk=other'], 'acme.example': [] }, 'wrong_value'],
    ['quotes included', { [HOST]: [`"${VALUE}"`], 'acme.example': [] }, 'quoted_value'],
    ['the value at the domain itself', { 'acme.example': [VALUE, 'v=spf1 -all'] }, 'wrong_host'],
    ['the value where the provider added the domain', { [`${HOST}.acme.example`]: [VALUE], 'acme.example': [] }, 'wrong_host'],
    ['a host without the record', { [HOST]: [], 'acme.example': [] }, 'not_found'],
    ['no host', { 'acme.example': ['v=spf1 -all'] }, 'not_found'],
    ['no domain', {}, 'no_such_domain'],
    ['SERVFAIL', { [HOST]: 'server_failed', 'acme.example': [VALUE] }, 'server_failed'],
    ['REFUSED', { [HOST]: 'refused', 'acme.example': [] }, 'server_failed'],
    ['no answer', { [HOST]: 'silence', 'acme.example': [] }, 'timed_out'],
    ['no answer but for the record', { [HOST]: [VALUE], 'acme.example': 'silence', [`${HOST}.acme.example`]: 'silence' }, 'verified'],
  ])('%s', async (_what, zone, outcome) => {
    for (const [name, answer] of Object.entries(zone)) dns.zone.set(name, answer)
    expect(await judge()).toBe(outcome)
  })

  it('names every value seen, with the host it stands at', async () => {
    dns.zone.set(HOST, ['one', 'two']).set('acme.example', ['v=spf1 -all']).set(`${HOST}.acme.example`, ['three'])
    const look = await lookUp()
    expect([...look.atHost].sort()).toEqual(['one', 'two'])
    expect(look.elsewhere).toEqual([{ host: 'acme.example', value: 'v=spf1 -all' }, { host: `${HOST}.acme.example`, value: 'three' }])
    expect([...new Set(dns.asked)].sort()).toEqual([HOST, `${HOST}.acme.example`, 'acme.example'].sort())
  })

  it('keeps little of a hostile zone, and nothing that can’t be stored', async () => {
    dns.zone.set(HOST, Array.from({ length: 60 }, (_, n) => [`${n}\u0000`, 'y'.repeat(250), 'y'.repeat(250), 'y'.repeat(250)]))
    const { atHost } = await lookUp()
    expect(atHost.length).toBeLessThanOrEqual(20)
    expect(atHost.every((value) => value.length <= 512 && !value.includes('\u0000'))).toBe(true)
  })

  it('ends by itself where a server never does', async () => {
    dns.zone.set(HOST, 'silence').set('acme.example', 'silence')
    const look = await createLookUp({ servers: [dns.address], timeoutMs: 60_000, tries: 4, deadlineMs: 200 })({ name: 'acme.example', host: HOST })
    expect(look.outcome).toBe('timed_out')
  })

  it('tells a server that is not there from a record that is not there', async () => {
    const look = await createLookUp({ servers: ['127.0.0.1:1'], timeoutMs: 200, tries: 1 })({ name: 'acme.example', host: HOST })
    expect(['server_failed', 'timed_out']).toContain(look.outcome)
  })
})
