import freeEmailDomains from 'free-email-domains'
import type { ContextPerson } from '../../shared/mail/context.model'
import type { Tx } from '../store/bulk'
import { settingsOf } from './settings'

/** How the domain of an address stands in the organization. */
export type DomainStates = (domain: string) => ContextPerson['domain']

const PUBLIC = new Set<string>(freeEmailDomains)

/** The domain itself and everything that it lies below, longest first: `a.b.c` → `a.b.c`, `b.c`. */
export const withParents = (domain: string): string[] => {
  const labels = domain.split('.')
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'))
}

/** Looks the domains up at once; the longest claimed name decides for what lies below it. */
export async function domainStates(db: Tx, organizationId: string, domains: readonly string[]): Promise<DomainStates> {
  const rows = await db.selectFrom('domains').select(['name', 'status']).where('organization_id', '=', organizationId).execute()
  const statusByName = new Map(rows.map(({ name, status }) => [name, status]))
  const approved = rows.filter(({ status }) => status === 'approved').map(({ name }) => name)
  const answers = new Map([...new Set(domains)].map((domain) => [domain, stateOf(domain, statusByName, approved)]))
  return (domain) => answers.get(domain) ?? { name: domain, state: 'unclaimed', looksLike: null }
}

function stateOf(domain: string, statusByName: ReadonlyMap<string, 'pending' | 'approved' | 'contested' | 'failed' | 'refused'>, approved: readonly string[]): ContextPerson['domain'] {
  const claimed = withParents(domain).find((name) => statusByName.get(name) === 'approved') ?? withParents(domain).find((name) => statusByName.has(name))
  if (claimed !== undefined) return { name: domain, state: statusByName.get(claimed) ?? 'unclaimed', looksLike: null }
  if (PUBLIC.has(domain)) return { name: domain, state: 'public', looksLike: null }
  return { name: domain, state: 'unclaimed', looksLike: approved.find((own) => looksAlike(domain, own)) ?? null }
}

/** Whether users of a domain may be added (I5): it or one above it is approved here, or it is a public one and the organization admits those. */
export async function admissionsOf(db: Tx, organizationId: string): Promise<(domain: string) => boolean> {
  const { settings } = await db.selectFrom('organizations').select('settings').where('id', '=', organizationId).executeTakeFirstOrThrow()
  const rows = await db.selectFrom('domains').select('name').where('organization_id', '=', organizationId).where('status', '=', 'approved').execute()
  const approved = new Set(rows.map(({ name }) => name))
  const { allowPublicDomains } = settingsOf(settings)
  return (domain) => admitsDomain(domain, approved, allowPublicDomains)
}

/** I5 as a rule on plain data: the domain or one above it is among the approved, or it is a public one and those are admitted. */
export const admitsDomain = (domain: string, approved: ReadonlySet<string>, allowPublicDomains: boolean): boolean =>
  withParents(domain).some((name) => approved.has(name)) || (allowPublicDomains && PUBLIC.has(domain))

/** The label that people read: `acme` of `mail.acme.example`. */
const readLabel = (domain: string): string => domain.split('.').at(-2) ?? domain

/** A name that could pass for the organization's own: the same label elsewhere, or one letter away. */
export function looksAlike(domain: string, own: string): boolean {
  const [a, b] = [readLabel(domain), readLabel(own)]
  if (b.length < 4) return a === b
  return distanceAtMostOne(a, b)
}

function distanceAtMostOne(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  return Math.max(a.length, b.length) - start - end <= 1
}
