import { fullName, initials } from '../../kit/text'
import { BUILT_IN_ROLES } from '../../access/roles'
import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import type { PhraseKey } from '../../i18n/translate'
import { USER_SORTS, USER_STATUSES, type BulkAction, type User } from '../../users/users.model'
import { exportActions } from '../logs/filters'
import { compact, defineScreen } from '../define'
import { poolMeter } from '../licenses/pool-meter'
import type { ActionRef, Block, Draft, Env, Field, Params, Row, ScreenDef } from '../vocabulary'
import { firstWorkspaces, placeOf, placesOf, workspaceField, type Places } from '../workspaces/workspace-field'
import { roleName } from './fields'
import { userActions } from './user-actions'
import { licenseText, planText, roleText, statusBadge } from '../words'

type Replies = { users: ReplyOf<'users.list'>; plans: ReplyOf<'plans.list'>; roles: ReplyOf<'roles.list'>; workspaces: ReplyOf<'workspaces.list'>; place?: ReplyOf<'workspaces.get'>; pools: ReplyOf<'licenses.list'> }
type Choices = { plans: Replies['plans']['items']; roles: Replies['roles']['items']; places: Places }

const FILTERS = ['status', 'role', 'plan', 'domain', 'workspace', 'never_activated'] as const
const KNOWN = ['q', 'sort', 'cursor', ...FILTERS]

const pick = (params: Params, names: readonly string[]): Params => compact(Object.fromEntries(names.map((name) => [name, params[name]])))

/** A deep link may carry old or foreign parameters: those that mean nothing here are left out. */
const parse: ScreenDef<Replies>['parse'] = (params) => {
  const status = params['status']
  if (status !== undefined && status !== '' && !(USER_STATUSES as readonly string[]).includes(status)) return { ok: false, issues: [{ code: 'field.not_an_option', path: 'status' }] }
  const sort = params['sort']
  if (sort !== undefined && sort !== '' && !(USER_SORTS as readonly string[]).includes(sort)) return { ok: false, issues: [{ code: 'field.not_an_option', path: 'sort' }] }
  return { ok: true, params: pick(params, KNOWN) }
}

/** One user as a row; the list and the plans of bulk actions show people alike. */
export const userRow = (user: User, env: Env): Row => ({
  id: user.id,
  title: fullName(user),
  sub: [user.email, roleText(user, env), licenseText(user.license, env)].filter((part) => part !== fullName(user)).join(' · '),
  badge: statusBadge(user, env),
  avatar: initials(user),
  open: { screen: 'user', params: { userId: user.id } },
})

const option = (value: string, label: string) => ({ value, label, enabled: true as const })

const choice = (name: string, label: string, none: string, options: { value: string; label: string }[], params: Params): Field => ({
  as: 'one', name, label, options: [option('', none), ...options.map((o) => option(o.value, o.label))], value: [params[name] ?? ''],
})

const filters = (params: Params, { plans, roles, places }: Choices, env: Env): Field[] => {
  const anyOne = env.t('filter.any')
  const known = roles.length > 0 ? roles.map((role) => ({ value: role.id, label: roleName(role, env) })) : BUILT_IN_ROLES.map((r) => ({ value: r, label: env.t(`role.${r}`) }))
  return [
    choice('status', env.t('user.status'), anyOne, USER_STATUSES.map((s) => ({ value: s, label: env.t(`status.${s}`) })), params),
    choice('role', env.t('user.role'), anyOne, known, params),
    choice('plan', env.t('user.license'), anyOne, [...plans.map((p) => ({ value: p.id, label: planText(p.id, env) })), { value: 'none', label: env.t('license.none') }], params),
    choice('never_activated', env.t('filter.activation'), anyOne, [{ value: 'true', label: env.t('filter.never_activated') }], params),
    ...(places.listed.length === 0 ? [] : [workspaceField(places, params['workspace'] ?? '', { name: 'workspace', label: env.t('filter.workspace'), none: anyOne }, env)]),
    { as: 'text', name: 'domain', label: env.t('filter.domain'), value: params['domain'] ?? '' },
    choice('sort', env.t('filter.sort'), env.t('sort.name'), USER_SORTS.filter((s) => s !== 'name').map((s) => ({ value: s, label: env.t(`sort.${s}`) })), params),
  ]
}

/** What can be done with many: the server's plan says for whom. In the list of removed users only restoring makes sense. */
const bulkRefs = (users: Replies['users'], params: Params, env: Env): ActionRef[] => {
  const can = env.viewer?.abilities
  if (!env.can.select || can === undefined) return []
  const direct = (action: BulkAction, phrase: PhraseKey, tone?: 'danger'): ActionRef => ({ action: 'users.bulk', args: { action }, label: env.t(phrase), ...(tone ? { tone } : {}), enabled: true })
  const choose = (action: BulkAction, phrase: PhraseKey): ActionRef => ({ action: 'users.bulk_choose', args: { action, total: String(users.total ?? users.items.length) }, label: env.t(phrase), enabled: true })
  const manages = can['users.add'] === true
  if (params['status'] === 'removed') return manages ? [direct('restore', 'user.restore')] : []
  return [
    ...(can['licenses.assign'] === true ? [choose('assign_license', 'license.assign'), direct('remove_license', 'license.remove', 'danger')] : []),
    ...(can['activation.send'] === true ? [direct('send_activation', 'users.send_activation')] : []),
    ...(can['roles.assign'] === true ? [choose('change_role', 'user.change_role')] : []),
    ...(manages ? [direct('suspend', 'user.suspend'), direct('remove', 'user.remove', 'danger')] : []),
  ]
}

/** What every row shares came once; a row brings only its differences. */
const withShared = (user: User, shared: Replies['users']['abilities']): User => ({ ...user, abilities: { ...shared, ...user.abilities } })

const listRow = (user: User, canSelect: boolean, env: Env): Row => {
  const menu = userActions(user, env)
  const isOwn = env.viewer?.user?.id === user.id
  const base = userRow(user, env)
  const sub = user.lastActiveAt === null ? base.sub : [base.sub, env.t('users.active_when', { when: env.t.ago(user.lastActiveAt, env.now) })].filter(Boolean).join(' · ')
  return { ...base, sub, ...(menu.length > 0 ? { menu } : {}), ...(canSelect ? { selectable: isOwn ? env.t.code('access.own_row') : true } : {}) }
}

const isRemoved = (params: Params): boolean => params['status'] === 'removed'

const listBlock = (users: Replies['users'], params: Params, env: Env): Block => {
  const narrowed = params['q'] !== undefined || FILTERS.some((name) => params[name] !== undefined)
  if (users.items.length === 0) {
    if (isRemoved(params) && params['q'] === undefined) return { is: 'empty', title: env.t('users.none_removed_title'), text: env.t('users.none_removed_text') }
    return narrowed
      ? { is: 'empty', title: env.t('users.none_found_title'), text: env.t('users.none_found_text') }
      : { is: 'empty', title: env.t('users.none_title'), text: env.t('users.none_text') }
  }
  const bulk = bulkRefs(users, params, env)
  return {
    is: 'people', label: env.t('users.title'), rows: users.items.map((user) => listRow(withShared(user, users.abilities), bulk.length > 0, env)), page: { next: users.next, total: users.total },
    ...(bulk.length > 0 ? { bulk, ...(users.total === undefined ? {} : { selectAll: users.total }) } : {}),
  }
}

const selectedCount = (draft: Draft, users: Replies['users']): number => (Array.isArray(draft.selected) ? draft.selected.length : users.total ?? users.items.length)

/**
 * How far the licenses reach, counting down in the title as rows are chosen: it stays folded, so that
 * no row moves away from under the pointer.
 */
const seatBlocks = (pools: Replies['pools'] | null, users: Replies['users'], draft: Draft, env: Env): Block[] => {
  if (pools === null || pools.items.length === 0 || env.viewer?.abilities['licenses.assign'] !== true) return []
  const choosing = selectedCount(draft, users)
  const left = pools.items.map(({ plan, available }) => `${planText(plan, env)}\u00A0${env.t.number(available - choosing)}`)
  return [{ is: 'section', title: env.t('users.licenses_left', { plans: left.join(', ') }), folded: true, blocks: pools.items.map((pool) => poolMeter(pool, env, choosing === 0 ? undefined : choosing)) }]
}

const moreOf = (params: Params, env: Env): ActionRef[] => {
  const can = env.viewer?.abilities
  return [
    ...(can?.['users.import'] === true ? [{ action: 'nav.imports' as const, args: {}, label: env.t('users.import'), enabled: true as const }] : []),
    ...(can?.['users.view'] === true ? exportActions('users', ['csv', 'xlsx'], pick(params, KNOWN), env) : []),
    ...(can?.['users.add'] === true && params['status'] !== 'removed' ? [{ action: 'nav.removed_users' as const, args: {}, label: env.t('users.show_removed'), enabled: true as const }] : []),
  ]
}

/** The people of the organization: search, filters, sort, pages. */
export const usersScreen = defineScreen<Replies>({
  id: 'users',
  parse,
  needs: (params, env) => ({
    users: call('users.list', { query: { ...pick(params, KNOWN), limit: String(env.can.pageSize) } }),
    plans: call('plans.list', {}),
    roles: call('roles.list', {}),
    workspaces: firstWorkspaces(),
    ...placeOf(params['workspace']),
    pools: call('licenses.list', {}),
  }),
  optional: ['plans', 'roles', 'workspaces', 'place', 'pools'],
  shape: ['search', 'people'],
  cache: { forS: 30, tags: ['users', 'licenses', 'roles', 'workspaces'] },
  watch: { topics: ['users', 'licenses'] },
  view: ({ users, plans, roles, workspaces, place, pools }, params, draft, env) => {
    if (!users.ok) return { title: env.t('users.title'), blocks: [] }
    const { total } = users.value
    const choices: Choices = { plans: plans.ok ? plans.value.items : [], roles: roles.ok ? roles.value.items : [], places: placesOf(workspaces.ok ? workspaces.value : null, draft, place?.ok && place.value ? [place.value] : []) }
    const more = moreOf(params, env)
    return {
      title: env.t(params['status'] === 'removed' ? 'users.removed_title' : 'users.title'),
      blocks: [
        {
          is: 'search', q: params['q'] ?? '', placeholder: env.t('users.search'),
          filters: filters(params, choices, env),
          active: FILTERS.filter((name) => params[name] !== undefined).length,
          ...(total === undefined ? {} : { count: total, countText: env.t('users.count', { count: total }) }),
        },
        ...(isRemoved(params) ? [] : seatBlocks(pools.ok ? pools.value : null, users.value, draft, env)),
        listBlock(users.value, params, env),
      ],
      ...(env.viewer?.abilities['users.add'] === true && !isRemoved(params) ? { primary: { action: 'nav.user_add' as const, args: {}, label: env.t('users.add'), tone: 'primary' as const, enabled: true as const } } : {}),
      ...(more.length > 0 ? { more } : {}),
    }
  },
})
