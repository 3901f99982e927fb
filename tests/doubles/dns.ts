import type { AddressInfo, Server } from 'node:net'
import { createServer, Packet } from 'dns2'

/** What a name answers to a question for TXT: values (a list is one value in several chunks), an alias, or one of the ways to fail. */
export type DnsAnswer = (string | string[])[] | { cname: string } | 'no_such_domain' | 'server_failed' | 'refused' | 'silence'

/** A real DNS server on loopback. What is not in the zone does not exist; `*.name` answers for what lies below. */
export type TestDns = {
  /** As `DNS_SERVERS` takes it. */
  address: string
  zone: Map<string, DnsAnswer>
  /** The names asked for so far. */
  asked: string[]
  close: () => Promise<void>
}

const RCODE = { no_such_domain: 3, server_failed: 2, refused: 5 } as const
const MAX_ALIASES = 8

function find(zone: ReadonlyMap<string, DnsAnswer>, name: string): DnsAnswer {
  const exact = zone.get(name)
  if (exact !== undefined) return exact
  const labels = name.split('.')
  for (let from = 1; from < labels.length; from++) {
    const wildcard = zone.get(`*.${labels.slice(from).join('.')}`)
    if (wildcard !== undefined) return wildcard
  }
  return 'no_such_domain'
}

/** Fills a response from the zone, following aliases as a resolver does; false where nothing is to be said. */
function fill(response: InstanceType<typeof Packet>, zone: ReadonlyMap<string, DnsAnswer>, asked: string): boolean {
  const base = { class: Packet.CLASS.IN, ttl: 60 }
  let name = asked
  for (let hop = 0; hop < MAX_ALIASES; hop++) {
    const answer = find(zone, name)
    if (answer === 'silence') return false
    if (typeof answer === 'string') {
      Object.assign(response.header, { rcode: RCODE[answer] })
      return true
    }
    if (Array.isArray(answer)) {
      response.answers.push(...answer.map((data) => ({ ...base, name, type: Packet.TYPE.TXT, data })) as never[])
      return true
    }
    response.answers.push({ ...base, name, type: Packet.TYPE.CNAME, domain: answer.cname } as never)
    name = answer.cname
  }
  return true
}

/** Starts the server; an answer that does not fit into a datagram is truncated and asked for again over TCP, as anywhere. */
export async function openTestDns(): Promise<TestDns> {
  const zone = new Map<string, DnsAnswer>()
  const asked: string[] = []
  const server = createServer({
    udp: true,
    tcp: true,
    handle: (request, send) => {
      const name = request.questions[0]?.name.toLowerCase() ?? ''
      asked.push(name)
      const response = Packet.createResponseFromRequest(request)
      if (fill(response, zone, name)) void send(response)
    },
  })
  // Both kinds of socket need the same port: TCP takes one, UDP follows.
  const { servers } = server as unknown as { servers: { udp: { bind(port: number, address: string, done: () => void): void }; tcp: Server } }
  await new Promise<void>((done) => { servers.tcp.listen(0, '127.0.0.1', done) })
  const { port } = servers.tcp.address() as AddressInfo
  await new Promise<void>((done) => { servers.udp.bind(port, '127.0.0.1', done) })
  return {
    address: `127.0.0.1:${port}`,
    zone,
    asked,
    close: async () => {
      await server.close()
    },
  }
}
