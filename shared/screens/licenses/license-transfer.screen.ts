import { fullName } from '../../kit/text'
import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import type { User } from '../../users/users.model'
import { defineScreen, needParams } from '../define'
import { userRow } from '../users/users.screen'
import type { ActionRef, Block, Env, Row } from '../vocabulary'
import { enabledBy } from '../words'

type Replies = { from: ReplyOf<'users.get'>; people: ReplyOf<'users.list'> }

const refTo = (from: User, to: User, env: Env): ActionRef => ({
  action: 'license.transfer', args: { userId: from.id, from: fullName(from), toUserId: to.id, to: fullName(to) },
  label: env.t('license.transfer'), tone: 'primary', enabled: enabledBy(from.abilities['user.transfer_license'], env),
})

/** Only people without a license can take one over; a click on one of them does it, after its plan. */
const rowsOf = (from: User, people: Replies['people'], env: Env): Row[] =>
  people.items.flatMap((user) => (user.id === from.id || user.license !== null || user.status === 'removed' ? [] : [{ ...userRow(user, env), open: undefined, menu: [refTo(from, user, env)] }]))

const listBlock = (rows: Row[], people: Replies['people'], env: Env): Block =>
  rows.length === 0 ? { is: 'empty', title: env.t('users.none_found_title'), text: env.t('license.transfer_nobody') } : { is: 'people', label: env.t('license.transfer_to'), rows, page: { next: people.next } }

/** Choosing who takes over the license of one user. */
export const licenseTransferScreen = defineScreen<Replies>({
  id: 'license_transfer',
  parse: needParams('userId'),
  needs: (params, env) => ({
    from: call('users.get', { params: { userId: params['userId'] ?? '' } }),
    people: call('users.list', { query: { q: params['q'], plan: 'none', cursor: params['cursor'], limit: String(env.can.pageSize) } }),
  }),
  shape: ['search', 'people'],
  cache: { forS: 30, tags: ['users', 'licenses'] },
  view: ({ from, people }, params, _draft, env) => {
    if (!from.ok || !people.ok) return { title: env.t('license.transfer'), blocks: [] }
    return {
      title: env.t('license.transfer_from', { name: fullName(from.value) }),
      blocks: [
        { is: 'notice', tone: 'info', text: env.t('license.transfer_hint') },
        { is: 'search', q: params['q'] ?? '', placeholder: env.t('users.search'), filters: [], active: 0 },
        listBlock(rowsOf(from.value, people.value, env), people.value, env),
      ],
    }
  },
})
