import { fullName } from '../../kit/text'
import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import type { User } from '../../users/users.model'
import { defineScreen, needParams } from '../define'
import type { Block, Draft, Env, Field } from '../vocabulary'
import { enabledBy, isOffered, licenseText } from '../words'
import { typed } from './fields'

type Replies = { user: ReplyOf<'users.get'> }

const fields = (user: User, draft: Draft, env: Env): Field[] => [
  ...(user.license !== null && isOffered(user.abilities, 'user.transfer_license')
    ? [{ as: 'email' as const, name: 'licenseTo', label: env.t('user.license_to'), hint: env.t('user.license_to_hint', { plan_name: licenseText(user.license, env) }), value: typed(draft, 'licenseTo'), suggest: 'users.list' as const }]
    : []),
  { as: 'email', name: 'contactsTo', label: env.t('user.contacts_to'), hint: env.t('user.contacts_to_hint'), value: typed(draft, 'contactsTo'), suggest: 'users.list' },
  ...(env.viewer?.abilities['logs.export'] === true && user.abilities['user.view_log'] === true
    ? [{ as: 'switch' as const, name: 'exportLog', label: env.t('user.export_log'), value: typed(draft, 'exportLog') }]
    : []),
]

/** Somebody leaves the organization: who takes over what, then one plan for all of it. */
export const userLeaveScreen = defineScreen<Replies>({
  id: 'user_leave',
  parse: needParams('userId'),
  needs: (params) => ({ user: call('users.get', { params: { userId: params['userId'] ?? '' } }) }),
  shape: ['notice', 'form'],
  cache: { forS: 30, tags: ['users', 'licenses'] },
  view: ({ user }, _params, draft, env) => {
    if (!user.ok) return { title: '', blocks: [] }
    const form: Block = {
      is: 'form', id: 'leave', fields: fields(user.value, draft, env), issues: draft.issues ?? [],
      submit: { action: 'user.leave', args: { userId: user.value.id }, label: env.t('user.leave'), tone: 'danger', enabled: enabledBy(user.value.abilities['user.leave'], env) },
    }
    return { title: env.t('user.leave_title', { name: fullName(user.value) }), blocks: [{ is: 'notice', tone: 'info', text: env.t('user.leave_text') }, form] }
  },
})
