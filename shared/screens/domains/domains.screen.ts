import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import type { Domain, DomainStatus } from '../../domains/domains.model'
import { compact, defineScreen } from '../define'
import type { ActionRef, Badge, Block, Env, Row, Tone } from '../vocabulary'
import { enabledBy } from '../words'

type Replies = { domains: ReplyOf<'domains.list'> }

/** How each status looks, wherever a domain is shown. */
export const STATUS_TONES: Record<DomainStatus, Tone> = { pending: 'info', approved: 'success', contested: 'warning', failed: 'danger', refused: 'danger' }

const badge = (domain: Domain, env: Env): Badge => ({ text: env.t(`domain_status.${domain.status}`), tone: domain.warning === null ? STATUS_TONES[domain.status] : 'warning' })

const row = (domain: Domain, env: Env): Row & { cells: string[] } => ({
  id: domain.id, title: domain.unicodeName, badge: badge(domain, env), open: { screen: 'domain', params: { domainId: domain.id } },
  cells: [domain.unicodeName, env.t.number(domain.users), env.t.date(domain.createdAt)],
})

const addAction = (env: Env): ActionRef | undefined =>
  env.viewer?.abilities['domains.add'] === true ? { action: 'nav.domain_add', args: {}, label: env.t('domains.add'), tone: 'primary', icon: 'domain', enabled: enabledBy(env.viewer.abilities['domains.add'], env) } : undefined

const listBlock = (list: Replies['domains'], env: Env): Block => {
  if (list.items.length === 0) return { is: 'empty', title: env.t('domains.none_title'), text: env.t(addAction(env) ? 'domains.none_text' : 'domains.none_text_view') }
  return {
    is: 'table', icon: 'domain', label: env.t('domains.list'), rows: list.items.map((domain) => row(domain, env)), page: { next: list.next, total: list.total },
    columns: [{ id: 'name', label: env.t('domains.name'), rank: 1 }, { id: 'users', label: env.t('domains.users'), rank: 2, end: true }, { id: 'created', label: env.t('domains.added_on'), rank: 3 }],
  }
}

/** The domains of the organization, by name. */
export const domainsScreen = defineScreen<Replies>({
  id: 'domains',
  parse: (params) => ({ ok: true, params: compact({ cursor: params['cursor'] }) }),
  needs: (params, env) => ({ domains: call('domains.list', { query: { cursor: params['cursor'], limit: String(env.can.pageSize) } }) }),
  shape: ['table'],
  cache: { forS: 30, tags: ['domains', 'users'] },
  watch: { topics: ['domains'] },
  view: ({ domains }, _params, _draft, env) => {
    const title = env.t('domains.title')
    return domains.ok ? { title, blocks: [listBlock(domains.value, env)], primary: addAction(env) } : { title, blocks: [] }
  },
})
