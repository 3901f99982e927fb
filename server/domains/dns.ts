import { Resolver } from 'node:dns/promises'
import type { DnsLook, LookOutcome } from '../../shared/domains/domains.check'

/** Looks at DNS for the proof of a domain: at its host, at the domain itself, and where careless forms put it. Never throws. */
export type LookUp = (domain: { name: string; host: string }) => Promise<DnsLook>

/** `servers` are addresses with an optional port (`192.0.2.1`, `[::1]:5353`); none: those of the operating system. */
export type DnsOptions = { servers: readonly string[]; timeoutMs?: number; tries?: number; deadlineMs?: number }

const TIMEOUT_MS = 2_500
const TRIES = 2
const DEADLINE_MS = 8_000
/** What is kept of an answer, so that a hostile zone fills no table. */
const MAX_VALUES = 20
const MAX_VALUE_LENGTH = 512

const OUTCOMES: Record<string, LookOutcome> = { ENOTFOUND: 'no_such_domain', ENODATA: 'answered', ETIMEOUT: 'timed_out', ECANCELLED: 'timed_out' }

type Answer = { outcome: LookOutcome; values: string[] }

/** A look-up over `node:dns`, with a timeout for each question and one for all of them. */
export function createLookUp({ servers, timeoutMs = TIMEOUT_MS, tries = TRIES, deadlineMs = DEADLINE_MS }: DnsOptions): LookUp {
  return async ({ name, host }) => {
    const resolver = new Resolver({ timeout: timeoutMs, tries })
    if (servers.length > 0) resolver.setServers(servers)
    const deadline = setTimeout(() => resolver.cancel(), deadlineMs)
    try {
      const doubled = `${host}.${name}`
      const [atHost, atApex, atDoubled] = await Promise.all([ask(resolver, host), ask(resolver, name), ask(resolver, doubled)])
      const at = (where: string, { values }: Answer) => values.map((value) => ({ host: where, value }))
      return { outcome: outcomeOf(atHost, atApex), atHost: atHost.values, elsewhere: [...at(name, atApex), ...at(doubled, atDoubled)] }
    } finally {
      clearTimeout(deadline)
    }
  }
}

/** The host of a proof does not exist until it is made: only a domain that does not exist either is told as such. */
function outcomeOf(atHost: Answer, atApex: Answer): LookOutcome {
  if (atHost.outcome !== 'no_such_domain') return atHost.outcome
  return atApex.outcome === 'no_such_domain' ? 'no_such_domain' : 'answered'
}

async function ask(resolver: Resolver, host: string): Promise<Answer> {
  try {
    const records = await resolver.resolveTxt(host)
    return { outcome: 'answered', values: records.slice(0, MAX_VALUES).map((chunks) => readable(chunks.join(''))) }
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
    return { outcome: OUTCOMES[code] ?? 'server_failed', values: [] }
  }
}

/** Without what the store or a screen can't hold. */
const readable = (value: string): string => value.replace(/[\u0000-\u001f\u007f]/g, '�').slice(0, MAX_VALUE_LENGTH)
