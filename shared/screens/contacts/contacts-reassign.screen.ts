import { fullName } from '../../kit/text'
import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import type { User } from '../../users/users.model'
import { compact, defineScreen, needParams } from '../define'
import { userRow } from '../users/users.screen'
import type { ActionRef, Block, Env, Params, Row } from '../vocabulary'
import { enabledBy } from '../words'

type Replies = { from: ReplyOf<'users.get'>; people: ReplyOf<'users.list'> }

const refTo = (from: User, to: User | null, params: Params, env: Env): ActionRef => ({
  action: 'contacts.reassign', args: compact({ from: from.id, fromName: fullName(from), to: to?.id, toName: to === null ? undefined : fullName(to), workspaceId: params['workspace'] }),
  label: env.t(to === null ? 'contacts.unassign_all' : 'contacts.reassign'), enabled: enabledBy(env.viewer?.abilities['contacts.add'], env),
})

const row = (from: User, user: User, params: Params, env: Env): Row[] =>
  (user.id === from.id ? [] : [{ ...userRow(user, env), menu: [{ ...refTo(from, user, params, env), tone: 'primary' }] }])

const listBlock = (from: User, people: Replies['people'], params: Params, env: Env): Block => {
  const rows = people.items.flatMap((user) => row(from, user, params, env))
  return rows.length === 0
    ? { is: 'empty', title: env.t('users.none_found_title'), text: env.t('users.none_found_text') }
    : { is: 'people', label: env.t('users.title'), rows, page: { next: people.next } }
}

/** Choosing who takes over the contacts of one user, all of them or those of one workspace. */
export const contactsReassignScreen = defineScreen<Replies>({
  id: 'contacts_reassign',
  parse: needParams('from'),
  needs: (params, env) => ({
    from: call('users.get', { params: { userId: params['from'] ?? '' } }),
    people: call('users.list', { query: { workspace: params['workspace'], q: params['q'], cursor: params['cursor'], limit: String(env.can.pageSize) } }),
  }),
  shape: ['search', 'people'],
  cache: { forS: 30, tags: ['users', 'contacts', 'workspaces'] },
  view: ({ from, people }, params, _draft, env) => {
    if (!from.ok || !people.ok) return { title: env.t('contacts.reassign_all'), blocks: [] }
    return {
      title: env.t('contacts.reassign_from', { name: fullName(from.value) }),
      blocks: [
        { is: 'notice', tone: 'info', text: env.t('contacts.reassign_hint') },
        { is: 'actions', items: [refTo(from.value, null, params, env)] },
        { is: 'search', q: params['q'] ?? '', placeholder: env.t('users.search'), filters: [], active: 0 },
        listBlock(from.value, people.value, params, env),
      ],
    }
  },
})
