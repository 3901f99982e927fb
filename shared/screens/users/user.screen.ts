import { fullName } from '../../kit/text'
import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import type { User } from '../../users/users.model'
import { defineScreen, needParams } from '../define'
import { licenseActions, licenseForm } from '../licenses/license-form'
import { eventEntry } from '../logs/event-entry'
import type { Block, Env, Fact } from '../vocabulary'
import { hasDeadLink, isOffered, licenseText, roleText, statusBadge } from '../words'
import { userActions } from './user-actions'
import { contactsSection, securitySection, SHOWN_OF_USER, workspacesSection } from './user-sections'

type Replies = { user: ReplyOf<'users.get'>; pools: ReplyOf<'licenses.list'>; events: ReplyOf<'events.list'>; places: ReplyOf<'workspaces.list'>; contacts: ReplyOf<'contacts.list'> }

const LAST_EVENTS = '5'

/** What everybody who sees a user sees of them. */
export const userFacts = (user: User, env: Env): Fact[] => [
  { label: env.t('user.email'), value: user.email, copy: true },
  { label: env.t('user.status'), value: env.t(`status.${user.status}`) },
  { label: env.t('user.role'), value: roleText(user, env) },
  { label: env.t('user.license'), value: licenseText(user.license, env) },
  { label: env.t('user.last_active'), value: user.lastActiveAt === null ? env.t('user.never_active') : env.t.ago(user.lastActiveAt, env.now) },
  { label: env.t('user.added_on'), value: env.t.date(user.createdAt) },
]

const section = (title: string, blocks: Block[]): Block[] => (blocks.length === 0 ? [] : [{ is: 'section', title, blocks }])

const licenseSection = (user: User, pools: Replies['pools'] | null, draft: Parameters<typeof licenseForm>[2], env: Env): Block[] => {
  const actions = licenseActions(user, env)
  return section(env.t('user.license'), [
    ...licenseForm(user, pools?.items ?? [], draft, env),
    ...(actions.length === 0 ? [] : [{ is: 'actions' as const, items: actions }]),
  ])
}

const logSection = (user: User, events: Replies['events'] | null, env: Env): Block[] => {
  if (events === null || !isOffered(user.abilities, 'user.view_log')) return []
  const all = { label: env.t('user.view_log'), icon: 'log' as const, open: { screen: 'log' as const, params: { user: user.id } } }
  const recent: Block = events.items.length === 0
    ? { is: 'notice', tone: 'neutral', text: env.t('log.none_yet') }
    : { is: 'timeline', label: env.t('log.recent'), entries: events.items.map((event) => eventEntry(event, env)), page: { next: null } }
  return section(env.t('log.recent'), [recent, { is: 'links', items: [all] }])
}

const manageBlock = (user: User, env: Env): Block[] => {
  const items = userActions(user, env)
  return items.length === 0 ? [] : [{ is: 'actions', items }]
}

/** One user: who they are, what they hold, where they belong, what they did last. */
export const userScreen = defineScreen<Replies>({
  id: 'user',
  parse: needParams('userId'),
  needs: (params) => ({
    user: call('users.get', { params: { userId: params['userId'] ?? '' } }),
    pools: call('licenses.list', {}),
    events: call('events.list', { query: { user: params['userId'], limit: LAST_EVENTS } }),
    places: call('workspaces.list', { query: { member: params['userId'], limit: SHOWN_OF_USER } }),
    contacts: call('contacts.list', { query: { assigned_to: params['userId'], limit: SHOWN_OF_USER } }),
  }),
  optional: ['pools', 'events', 'places', 'contacts'],
  shape: ['facts', 'form', 'people', 'people', 'timeline'],
  cache: { forS: 30, tags: ['users', 'licenses', 'events', 'workspaces', 'contacts'] },
  watch: { topics: ['users', 'licenses', 'workspaces', 'contacts'] },
  view: ({ user, pools, events, places, contacts }, _params, draft, env) => {
    if (!user.ok) return { title: '', blocks: [] }
    const badge = statusBadge(user.value, env)
    return {
      title: fullName(user.value),
      blocks: [
        ...(badge ? [{ is: 'notice' as const, tone: badge.tone, text: hasDeadLink(user.value, env) ? env.t('status.link_expired_explained', { date: env.t.date(user.value.linkExpiresAt ?? '') }) : env.t(`status.${user.value.status}_explained`) }] : []),
        { is: 'facts', items: userFacts(user.value, env) },
        ...manageBlock(user.value, env),
        ...(user.value.status === 'removed' ? [] : [
          ...licenseSection(user.value, pools.ok ? pools.value : null, draft, env),
          ...(places.ok ? [workspacesSection(user.value, places.value, env)] : []),
          ...(contacts.ok ? [contactsSection(user.value, contacts.value, env)] : []),
          securitySection(user.value, env),
        ]),
        ...logSection(user.value, events.ok ? events.value : null, env),
      ],
    }
  },
})
