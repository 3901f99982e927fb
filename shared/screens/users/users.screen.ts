import { fullName, initials } from '../../kit/text'
import { BUILT_IN_ROLES } from '../../access/roles'
import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { USER_SORTS, USER_STATUSES, type User } from '../../users/users.model'
import { compact, defineScreen } from '../define'
import type { Block, Env, Field, Params, Row, ScreenDef } from '../vocabulary'
import { licenseText, planText, roleText, statusBadge } from '../words'

type Replies = { users: ReplyOf<'users.list'>; plans: ReplyOf<'plans.list'> }

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

const choice = (name: string, label: string, any: string, options: { value: string; label: string }[], params: Params): Field => ({
  as: 'one', name, label, options: [option('', any), ...options.map((o) => option(o.value, o.label))], value: [params[name] ?? ''],
})

const filters = (params: Params, plans: ReplyOf<'plans.list'> | null, env: Env): Field[] => {
  const any = env.t('filter.any')
  return [
    choice('status', env.t('user.status'), any, USER_STATUSES.map((s) => ({ value: s, label: env.t(`status.${s}`) })), params),
    choice('role', env.t('user.role'), any, BUILT_IN_ROLES.map((r) => ({ value: r, label: env.t(`role.${r}`) })), params),
    choice('plan', env.t('user.license'), any, [...(plans?.items ?? []).map((p) => ({ value: p.id, label: planText(p.id, env) })), { value: 'none', label: env.t('license.none') }], params),
    choice('never_activated', env.t('filter.activation'), any, [{ value: 'true', label: env.t('filter.never_activated') }], params),
    { as: 'text', name: 'domain', label: env.t('filter.domain'), value: params['domain'] ?? '' },
    choice('sort', env.t('filter.sort'), env.t('sort.name'), USER_SORTS.filter((s) => s !== 'name').map((s) => ({ value: s, label: env.t(`sort.${s}`) })), params),
  ]
}

const listBlock = (users: Replies['users'], params: Params, env: Env): Block => {
  const narrowed = params['q'] !== undefined || FILTERS.some((name) => params[name] !== undefined)
  if (users.items.length === 0) {
    return narrowed
      ? { is: 'empty', title: env.t('users.none_found_title'), text: env.t('users.none_found_text') }
      : { is: 'empty', title: env.t('users.none_title'), text: env.t('users.none_text') }
  }
  return { is: 'people', label: env.t('users.title'), rows: users.items.map((user) => userRow(user, env)), page: { next: users.next, total: users.total } }
}

/** The people of the organization: search, filters, sort, pages. */
export const usersScreen = defineScreen<Replies>({
  id: 'users',
  parse,
  needs: (params, env) => ({
    users: call('users.list', { query: { ...pick(params, KNOWN), limit: String(env.can.pageSize) } }),
    plans: call('plans.list', {}),
  }),
  optional: ['plans'],
  shape: ['search', 'people'],
  cache: { forS: 30, tags: ['users'] },
  watch: { topics: ['users', 'licenses'] },
  view: ({ users, plans }, params, _draft, env) => {
    if (!users.ok) return { title: env.t('users.title'), blocks: [] }
    const total = users.value.total
    return {
      title: env.t('users.title'),
      blocks: [
        {
          is: 'search', q: params['q'] ?? '', placeholder: env.t('users.search'),
          filters: filters(params, plans.ok ? plans.value : null, env),
          active: FILTERS.filter((name) => params[name] !== undefined).length,
          ...(total === undefined ? {} : { count: total, countText: env.t('users.count', { count: total }) }),
        },
        listBlock(users.value, params, env),
      ],
    }
  },
})
