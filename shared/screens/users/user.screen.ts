import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import type { User } from '../../users/users.model'
import { defineScreen, needParams } from '../define'
import type { Env, Fact } from '../vocabulary'
import { licenseText, nameOf, roleText, statusBadge } from '../words'

type Replies = { user: ReplyOf<'users.get'> }

/** What everybody who sees a user sees of them. */
export const userFacts = (user: User, env: Env): Fact[] => [
  { label: env.t('user.email'), value: user.email, copy: true },
  { label: env.t('user.status'), value: env.t(`status.${user.status}`) },
  { label: env.t('user.role'), value: roleText(user, env) },
  { label: env.t('user.license'), value: licenseText(user.license, env) },
  { label: env.t('user.last_active'), value: user.lastActiveAt === null ? env.t('user.never_active') : env.t.ago(user.lastActiveAt, env.now) },
  { label: env.t('user.added_on'), value: env.t.date(user.createdAt) },
]

/** One user. */
export const userScreen = defineScreen<Replies>({
  id: 'user',
  parse: needParams('userId'),
  needs: (params) => ({ user: call('users.get', { params: { userId: params['userId'] ?? '' } }) }),
  shape: ['facts', 'timeline'],
  cache: { forS: 30, tags: ['users'] },
  watch: { topics: ['users'] },
  view: ({ user }, _params, _draft, env) => {
    if (!user.ok) return { title: '', blocks: [] }
    const badge = statusBadge(user.value, env)
    return {
      title: nameOf(user.value),
      blocks: [
        ...(badge ? [{ is: 'notice' as const, tone: badge.tone, text: env.t(`status.${user.value.status}_explained`) }] : []),
        { is: 'facts', items: userFacts(user.value, env) },
      ],
    }
  },
})
