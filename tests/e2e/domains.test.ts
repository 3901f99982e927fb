import { startChromium, type Chromium } from '../doubles/chromium'
import { openTestDns, type TestDns } from '../doubles/dns'
import { demoCalls } from '../doubles/demo-calls'
import { barriersOf, faultsOf, photograph } from './checks'
import { HOSTS, startClient, type Client } from './pane'
import { startDemoServer, type DemoServer } from './server'

const SLOW_MS = 300_000
jest.setTimeout(SLOW_MS)

const OWNER = 'owner@acme.example'

let dns: TestDns
let server: DemoServer
let chromium: Chromium
beforeAll(async () => {
  dns = await openTestDns()
  ;[server, chromium] = await Promise.all([startDemoServer({ DNS_SERVERS: dns.address }), startChromium()])
}, SLOW_MS)
afterAll(async () => { await Promise.all([server.close(), chromium.close(), dns.close()]) }, SLOW_MS)

describe.each(HOSTS)('a domain, in %s', (host) => {
  const name = `${host}-corp.example`
  let client: Client
  beforeAll(async () => { client = await startClient(chromium.browser, server.origin, { host, width: 320, theme: host === 'outlook' ? 'dark' : 'light' }) })
  afterAll(() => client.close())

  const looksRight = async (what: string) => {
    await client.rest()
    await photograph(client, `domain-${what}`)
    expect([...await faultsOf(client), ...(host === 'outlook' ? await barriersOf(client) : [])]).toEqual([])
  }
  const recordOf = async (): Promise<{ host: string; value: string }> => {
    const { items } = (await demoCalls(server.origin).call('GET', '/domains', { as: OWNER })).body as unknown as { items: { name: string; record: { host: string; value: string } }[] }
    const found = items.find((domain) => domain.name === name)
    if (found === undefined) throw new Error(`${name} was not added`)
    return found.record
  }
  const add = async (text: string) => {
    await client.pane.getByLabel(client.t('domains.name')).first().fill(text)
    await client.pane.getByRole('button', { name: client.t('domains.add') }).last().click()
  }

  test('that nobody can claim is refused beside the field, and another one gets the record to create', async () => {
    const { t } = await client.show({ person: OWNER })
    await client.click(t('home.domains'))
    await client.click(t('domains.add'))
    client.expectProblems(/status of 409/)
    await add('gmail.com')
    await client.sees(t('domain.public_mailbox'))
    await looksRight('refused')
    await add(name)
    await client.sees(t('domains.record_title'))
    const record = await recordOf()
    expect(record.host).toBe(`_orgdesk-challenge.${name}`)
    for (const part of [record.host, record.value]) await client.sees(part)
    await looksRight('pending')
  })

  test('is told what DNS showed instead of the record, and approved once it is there', async () => {
    const { t } = client
    const record = await recordOf()
    dns.zone.set(name, ['v=spf1 -all', record.value])
    await client.click(t('domains.check'))
    await client.sees(t('check_outcome.wrong_host', { host: record.host, domain: name }))
    await client.sees(t('domains.found_elsewhere'))
    await looksRight('wrong-host')
    dns.zone.set(record.host, [record.value])
    await client.click(t('domains.check'))
    await client.sees(t('domain_status.approved_explained'))
    await client.sees(t('domains.covers', { domain: name }))
    await looksRight('approved')
    expect(await client.text()).not.toContain(t('domain_status.pending'))
  })
})
