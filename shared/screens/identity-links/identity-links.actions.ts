import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { defineAction } from '../define'
import { typed } from '../forms'

/** Linking the organization's tenants. */
export const identityLinksActions = {
  'identity_link.add': defineAction<ReplyOf<'identity_links.add'>>({
    check: (_args, draft) => (typed(draft, 'tenant', '').trim() === '' ? [{ code: 'field.required', path: 'tenant' }] : []),
    confirm: 'never',
    request: (_args, draft) => call('identity_links.add', { body: { kind: typed(draft, 'kind', 'microsoft') === 'google' ? 'google' : 'microsoft', tenant: typed(draft, 'tenant', '') } }),
    then: (link, _args, _draft, env) => [{ do: 'draft', values: { tenant: '' } }, { do: 'notify', tone: 'success', text: env.t('identity_links.added', { tenant: link.tenant }) }],
    changes: ['identity_links', 'events'],
  }),
  'identity_link.remove': defineAction({
    confirm: 'always',
    question: (args, _draft, env) => env.t('identity_links.remove_question', { tenant: args['tenant'] ?? '' }),
    request: (args) => call('identity_links.remove', { params: { linkId: args['linkId'] ?? '' } }),
    then: (_reply, args, _draft, env) => [{ do: 'notify', tone: 'success', text: env.t('identity_links.removed', { tenant: args['tenant'] ?? '' }) }],
    changes: ['identity_links', 'events'],
  }),
}
