import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { anyParams, defineScreen } from '../define'
import { option, typed } from '../forms'
import type { Block, Draft, Env, Row } from '../vocabulary'
import { enabledBy } from '../words'

type Links = ReplyOf<'identity_links.list'>

const KINDS = ['microsoft', 'google'] as const

const rowOf = (link: Links['items'][number], env: Env): Row => ({
  id: link.id, title: link.tenant, sub: env.t('identity_links.since', { kind: env.t(`identity_links.${link.kind}`), date: env.t.date(link.createdAt) }),
  menu: [{ action: 'identity_link.remove', args: { linkId: link.id, tenant: link.tenant }, label: env.t('identity_links.remove'), tone: 'danger', enabled: enabledBy(env.viewer?.abilities['identity_links.manage'], env) }],
})

const listBlock = ({ items }: Links, env: Env): Block =>
  items.length === 0
    ? { is: 'empty', title: env.t('identity_links.none_title'), text: env.t('identity_links.none_text') }
    : { is: 'people', icon: 'signIn', label: env.t('identity_links.title'), rows: items.map((link) => rowOf(link, env)), page: { next: null, total: items.length } }

const addBlock = (draft: Draft, env: Env): Block => ({
  is: 'form', id: 'identity_link', issues: draft.issues ?? [],
  fields: [
    { as: 'one', name: 'kind', label: env.t('identity_links.kind'), options: KINDS.map((kind) => option(kind, env.t(`identity_links.${kind}`))), value: [typed(draft, 'kind', 'microsoft')] },
    { as: 'text', name: 'tenant', label: env.t('identity_links.tenant'), hint: env.t('identity_links.tenant_hint'), required: true, value: typed(draft, 'tenant', '') },
  ],
  submit: { action: 'identity_link.add', args: {}, label: env.t('identity_links.add'), tone: 'primary', enabled: enabledBy(env.viewer?.abilities['identity_links.manage'], env) },
})

/** Tenants whose people activate with one click, because their proof of an address is accepted. */
export const identityLinksScreen = defineScreen<{ links: Links }>({
  id: 'identity_links',
  parse: anyParams,
  needs: () => ({ links: call('identity_links.list', {}) }),
  shape: ['people', 'form'],
  cache: { forS: 60, tags: ['identity_links'] },
  watch: { topics: ['identity_links'] },
  view: ({ links }, _params, draft, env) => {
    const title = env.t('identity_links.title')
    if (!links.ok) return { title, blocks: [] }
    return { title, blocks: [{ is: 'notice', tone: 'info', text: env.t('identity_links.explained') }, listBlock(links.value, env), addBlock(draft, env)] }
  },
})
