import { call, dryRun } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { defineAction } from '../define'
import { typed } from '../forms'
import type { Draft, Effect, Env, Params } from '../vocabulary'
import { outcomeText } from './domain.screen'

const domainId = (args: Params) => ({ domainId: args['domainId'] ?? '' })
const nameOf = (args: Params, draft: Draft): string => args['name'] ?? typed(draft, 'name', args['suggested'] ?? '')

const wasAdded = (domain: ReplyOf<'domains.add'>, args: Params, env: Env): Effect[] => [
  { do: 'notify', tone: 'success', text: env.t('domains.was_added', { domain: domain.unicodeName }) },
  // A claim from elsewhere leaves the way back open; the form has done its work.
  { do: args['name'] === undefined ? 'replace' : 'open', to: { screen: 'domain', params: { domainId: domain.id } } },
]

/** Claiming, checking and removing domains. */
export const domainsActions = {
  'nav.domain_add': defineAction({ confirm: 'never', then: () => [{ do: 'open', to: { screen: 'domain_add', params: {} } }], changes: [] }),
  /** Claims the domain typed on the form, or the one named where it was met: in an import, in a mail. */
  'domain.add': defineAction<ReplyOf<'domains.add'>>({
    check: (args, draft) => (nameOf(args, draft).trim() === '' ? [{ code: 'field.required', path: 'name' }] : []),
    confirm: 'never',
    request: (args, draft) => call('domains.add', { body: { name: nameOf(args, draft) } }),
    then: (domain, args, _draft, env) => wasAdded(domain, args, env),
    changes: ['domains', 'mail', 'events'],
  }),
  'domain.check': defineAction<ReplyOf<'domains.check'>>({
    confirm: 'never',
    request: (args) => call('domains.check', { params: domainId(args) }),
    then: (domain, _args, _draft, env) => [{ do: 'notify', tone: domain.status === 'contested' ? 'warning' : domain.lastCheck?.outcome === 'verified' ? 'success' : 'info', text: domain.status === 'contested' ? env.t('domain_status.contested_explained') : outcomeText(domain, env) }],
    changes: ['domains', 'mail', 'me', 'events'],
  }),
  'domain.remove': defineAction<ReplyOf<'domains.remove'>>({
    plan: (args) => dryRun('domains.remove', { params: domainId(args) }),
    confirm: 'always',
    request: (args, _draft, digest) => call('domains.remove', { params: domainId(args), digest }),
    then: (_reply, args, _draft, env) => [
      { do: 'notify', tone: 'success', text: env.t('domains.was_removed', { domain: args['name'] ?? '' }) },
      { do: 'replace', to: { screen: 'domains', params: {} } },
    ],
    changes: ['domains', 'mail', 'me', 'events'],
  }),
}
