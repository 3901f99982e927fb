import { fullName, initials } from '../../kit/text'
import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import type { User } from '../../users/users.model'
import { defineScreen } from '../define'
import { withShared } from '../forms'
import type { ActionRef, Block, Env, Params, RefusalText, Row } from '../vocabulary'
import { enabledBy, licenseText, statusBadge } from '../words'

type Replies = { unused: ReplyOf<'licenses.unused'> }

const DAYS = ['30', '60', '90'] as const
const daysOf = (params: Params): string => params['days'] ?? DAYS[0]

const daysRefs = (params: Params, env: Env): ActionRef[] =>
  DAYS.map((days) => ({ action: 'nav.unused', args: { days }, label: env.t('unused.days', { count: Number(days) }), ...(days === daysOf(params) ? { tone: 'primary' } : {}), enabled: true }))

const lastSeen = (user: User, env: Env): string => (user.lastActiveAt === null ? env.t('unused.never_active') : env.t('unused.last_active', { when: env.t.ago(user.lastActiveAt, env.now) }))

/** Whoever can neither be reminded nor lose the license says why. */
const canChoose = ({ id, abilities }: User, env: Env): true | RefusalText => {
  if (env.viewer?.user?.id === id) return env.t.code('access.own_row')
  return abilities['user.send_activation'] === true || enabledBy(abilities['user.remove_license'], env)
}

const rowOf = (user: User, selectable: boolean, env: Env): Row => ({
  id: user.id, title: fullName(user), sub: [user.email, licenseText(user.license, env), lastSeen(user, env)].filter((part) => part !== fullName(user)).join(' · '),
  badge: statusBadge(user, env), avatar: initials(user), open: { screen: 'user', params: { userId: user.id } },
  ...(selectable ? { selectable: canChoose(user, env) } : {}),
})

const bulkRefs = (env: Env): ActionRef[] => {
  const can = env.viewer?.abilities
  if (!env.can.select) return []
  return [
    ...(can?.['activation.send'] === true ? [{ action: 'users.bulk' as const, args: { action: 'send_activation' }, label: env.t('unused.remind'), enabled: true as const }] : []),
    ...(can?.['licenses.assign'] === true ? [{ action: 'users.bulk' as const, args: { action: 'remove_license' }, label: env.t('license.remove'), tone: 'danger' as const, enabled: true as const }] : []),
  ]
}

const listBlock = (unused: Replies['unused'], params: Params, env: Env): Block => {
  const { items, next, total } = unused
  if (items.length === 0) return { is: 'empty', title: env.t('unused.none_title'), text: env.t('unused.none_text', { count: Number(daysOf(params)) }) }
  const bulk = bulkRefs(env)
  return { is: 'people', label: env.t('unused.title'), rows: items.map((user) => rowOf(withShared(user, unused), bulk.length > 0, env)), page: { next, total }, ...(bulk.length > 0 ? { bulk } : {}) }
}

/** Licenses that nobody uses, and what can be done about many at once: remind, or take back. */
export const licensesUnusedScreen = defineScreen<Replies>({
  id: 'licenses_unused',
  parse: (params) => (params['days'] === undefined || DAYS.some((days) => days === params['days']) ? { ok: true, params } : { ok: false, issues: [{ code: 'field.not_an_option', path: 'days' }] }),
  needs: (params, env) => ({ unused: call('licenses.unused', { query: { days: daysOf(params), cursor: params['cursor'], limit: String(env.can.pageSize) } }) }),
  shape: ['actions', 'people'],
  cache: { forS: 30, tags: ['licenses', 'users'] },
  watch: { topics: ['licenses', 'users'] },
  view: ({ unused }, params, _draft, env) => {
    const title = env.t('unused.title')
    if (!unused.ok) return { title, blocks: [] }
    return { title, blocks: [{ is: 'notice', tone: 'info', text: env.t('unused.explained', { count: Number(daysOf(params)) }) }, { is: 'actions', items: daysRefs(params, env) }, listBlock(unused.value, params, env)] }
  },
})
