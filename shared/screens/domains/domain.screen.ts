import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { CHALLENGE_LABEL, type Domain } from '../../domains/domains.model'
import { verdictOf } from '../../domains/domains.check'
import { defineScreen, needParams } from '../define'
import type { ActionRef, Block, Env, Fact } from '../vocabulary'
import { enabledBy, isOffered } from '../words'
import { STATUS_TONES } from './domains.screen'

type Replies = { domain: ReplyOf<'domains.get'> }

/** The sentence of a check, with the names that it speaks of. */
export const outcomeText = (domain: Domain, env: Env): string =>
  domain.lastCheck === null ? env.t('domains.never_checked') : env.t(`check_outcome.${domain.lastCheck.outcome}`, { host: domain.record.host, domain: domain.unicodeName })

const reasonText = (reason: string, env: Env): string => (env.t.has(`domains.reason.${reason}`) ? env.t.code(`domains.reason.${reason}`) : reason)

/** How it stands, and what that means; then everything that deserves a second look. */
const notices = (domain: Domain, env: Env): Block[] => [
  { is: 'notice', tone: STATUS_TONES[domain.status], text: `${env.t(`domain_status.${domain.status}`)}. ${env.t(`domain_status.${domain.status}_explained`)}` },
  ...(domain.warning === null ? [] : [{ is: 'notice' as const, tone: 'warning' as const, text: env.t(`domains.warning.${domain.warning}`, { domain: domain.unicodeName, date: domain.noticeEndsAt === null ? '' : env.t.dateTime(domain.noticeEndsAt) }) }]),
  ...(domain.mixedScripts ? [{ is: 'notice' as const, tone: 'warning' as const, text: env.t('domains.mixed_scripts') }] : []),
  ...(domain.status === 'approved' && domain.warning !== 'record_missing' ? [{ is: 'notice' as const, tone: 'neutral' as const, text: env.t('domains.covers', { domain: domain.unicodeName }) }] : []),
  ...(domain.coveredBy === null ? [] : [{ is: 'notice' as const, tone: 'neutral' as const, text: env.t('domains.covered_by', { parent: domain.coveredBy }) }]),
]

const isProved = ({ status }: Domain): boolean => status === 'approved' || status === 'contested'

const recordBlock = (domain: Domain, env: Env): Block[] => {
  if (domain.status === 'refused') return []
  const { host, type, value } = domain.record
  const intro: Block = { is: 'notice', tone: 'neutral', text: env.t('domains.record_intro') }
  const facts: Block = { is: 'facts', items: [
    { label: env.t('domains.record_type'), value: type },
    { label: env.t('domains.record_host'), value: host, copy: true, note: env.t('domains.record_host_note', { label: CHALLENGE_LABEL }) },
    { label: env.t('domains.record_value'), value, copy: true },
  ] }
  return [{ is: 'section', title: env.t(isProved(domain) ? 'domains.record_title_kept' : 'domains.record_title'), folded: domain.status === 'approved' && domain.warning === null, blocks: [intro, facts] }]
}

/** Under the host where it stands, one value and how it compares; hosts and values are too long for columns. */
const foundFact = (domain: Domain, found: { host: string; value: string }, env: Env): Fact =>
  ({ label: found.host, value: found.value, note: env.t(`domains.found_${verdictOf(domain.record, found)}`) })

/** Found against expected: what the last look came to, and every value that it saw. */
const foundBlocks = (domain: Domain, env: Env): Block[] => {
  const { lastCheck } = domain
  if (lastCheck === null || domain.status === 'refused') return []
  const seen: Block = lastCheck.found.length === 0
    ? { is: 'notice', tone: 'neutral', text: env.t('domains.found_none', { host: domain.record.host, domain: domain.name }) }
    : { is: 'facts', items: lastCheck.found.map((found) => foundFact(domain, found, env)) }
  const outcome: Block = { is: 'notice', tone: lastCheck.outcome === 'verified' ? 'success' : 'warning', text: outcomeText(domain, env) }
  return [{ is: 'section', title: env.t('domains.found_title'), blocks: [outcome, seen] }]
}

const when = (label: string, at: string | null, otherwise: string, env: Env): Fact => (at === null ? { label, value: otherwise } : { label, value: env.t.ago(at, env.now), note: env.t.dateTime(at) })

const factsBlock = (domain: Domain, env: Env): Block => ({ is: 'facts', items: [
  ...(domain.unicodeName === domain.name ? [] : [{ label: env.t('domains.ascii_name'), value: domain.name }]),
  ...(domain.reason === null ? [] : [{ label: env.t('domains.reason'), value: reasonText(domain.reason, env) }]),
  { label: env.t('domains.users'), value: env.t('domains.users_count', { count: domain.users }), ...(domain.users === 0 ? {} : { open: { screen: 'users' as const, params: { domain: domain.name } } }) },
  ...(domain.children.length === 0 ? [] : [{ label: env.t('domains.children'), value: domain.children.join('\n') }]),
  ...(domain.status === 'refused' ? [] : [when(env.t('domains.last_check'), domain.lastCheck?.at ?? null, env.t('domains.never_checked'), env), when(env.t('domains.next_check'), domain.nextCheckAt, env.t('domains.only_by_hand'), env)]),
  ...(domain.expiresAt === null ? [] : [{ label: env.t('domains.expires'), value: env.t.dateTime(domain.expiresAt) }]),
  ...(domain.approvedAt === null || domain.status !== 'approved' ? [] : [{ label: env.t('domains.approved_on'), value: env.t.date(domain.approvedAt) }]),
  { label: env.t('domains.added_on'), value: env.t.date(domain.createdAt) },
] })

const checkAction = (domain: Domain, env: Env): ActionRef[] =>
  isOffered(domain.abilities, 'domain.check') && domain.status !== 'refused' ? [{ action: 'domain.check', args: { domainId: domain.id }, label: env.t(domain.status === 'failed' ? 'domains.restart' : 'domains.check'), tone: 'primary', enabled: enabledBy(domain.abilities['domain.check'], env) }] : []

const removeAction = (domain: Domain, env: Env): ActionRef[] =>
  isOffered(domain.abilities, 'domain.remove') ? [{ action: 'domain.remove', args: { domainId: domain.id, name: domain.unicodeName }, label: env.t('domains.remove'), tone: 'danger', enabled: enabledBy(domain.abilities['domain.remove'], env) }] : []

/** One domain: how it stands, the exact record, what DNS showed, when it is looked at again. */
export const domainScreen = defineScreen<Replies>({
  id: 'domain',
  parse: needParams('domainId'),
  needs: (params) => ({ domain: call('domains.get', { params: { domainId: params['domainId'] ?? '' } }) }),
  shape: ['notice', 'facts'],
  cache: { forS: 15, tags: ['domains', 'users'] },
  watch: { topics: ['domains'] },
  view: ({ domain }, _params, _draft, env) => {
    if (!domain.ok) return { title: env.t('domains.name'), blocks: [] }
    const { value } = domain
    const remove = removeAction(value, env)
    const [check] = checkAction(value, env)
    return {
      title: value.unicodeName,
      blocks: [...notices(value, env), ...recordBlock(value, env), ...foundBlocks(value, env), factsBlock(value, env), ...(remove.length === 0 ? [] : [{ is: 'actions' as const, items: remove }])],
      ...(check === undefined ? {} : { primary: check }),
    }
  },
})
