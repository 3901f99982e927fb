import { call } from '../api/call'
import type { ReplyOf } from '../api/contract'
import { defineAction } from './define'
import { TAGS } from './vocabulary'

/** Actions of every screen, and those of who one is here. */
export const sessionActions = {
  /** Reads everything again that this screen shows. */
  'screen.retry': defineAction({ confirm: 'never', then: () => [{ do: 'refresh', tags: [...TAGS] }], changes: [] }),
  'session.support': defineAction({ confirm: 'never', then: (_reply, args) => (args['url'] ? [{ do: 'link', url: args['url'] }] : []), changes: [] }),
  /** The server keeps the choice: whatever is asked from now on is asked of that organization. */
  'session.change_organization': defineAction<ReplyOf<'me.get'>>({
    confirm: 'never',
    request: (args) => call('me.get', { organization: args['organizationId'] }),
    then: (me, _args, _draft, env) => [{ do: 'notify', tone: 'success', text: env.t('me.organization_changed', { organization: me.organization?.name ?? '' }) }, { do: 'home' }],
    changes: [...TAGS],
  }),
  'session.sign_out': defineAction({
    confirm: 'always',
    question: (_args, _draft, env) => env.t('me.sign_out_question'),
    then: () => [{ do: 'signOut' }],
    changes: [],
  }),
  'session.sign_in': defineAction({ confirm: 'never', then: () => [{ do: 'signIn' }], changes: [] }),
}
