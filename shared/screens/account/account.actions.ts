import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { LOCALES } from '../../kit/locale'
import type { UserEdit } from '../../users/users.model'
import { defineAction } from '../define'
import type { Draft } from '../vocabulary'

const text = (draft: Draft, name: string): string | undefined => {
  const value = draft.values[name]
  return Array.isArray(value) ? value[0] : value
}

/** Only what was touched is sent: an untouched field can't undo somebody else's change. */
const editOf = (draft: Draft): UserEdit => {
  const language = LOCALES.find((locale) => locale === text(draft, 'language'))
  const tightened = { ...(text(draft, 'secondFactor') ? { secondFactor: true } : {}), ...(text(draft, 'protectedReplies') ? { protectedReplies: true } : {}) }
  return {
    firstName: text(draft, 'firstName'), lastName: text(draft, 'lastName'), mobile: text(draft, 'mobile'), timeZone: text(draft, 'timeZone'),
    ...(language === undefined ? {} : { language }),
    ...(Object.keys(tightened).length > 0 ? { security: tightened } : {}),
  }
}

/** Actions on one's own account. */
export const accountActions = {
  'account.save': defineAction<ReplyOf<'users.edit'>>({
    confirm: 'never',
    request: (args, draft) => call('users.edit', { params: { userId: args['userId'] ?? '' }, body: editOf(draft), version: Number(args['version'] ?? 1) }),
    then: (_user, _args, _draft, env) => [{ do: 'notify', tone: 'success', text: env.t('me.saved') }],
    changes: ['me', 'users', 'mail'],
  }),
}
