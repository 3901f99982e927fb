import { compact, defineScreen, needsNothing } from '../define'
import { typed } from '../forms'
import { enabledBy } from '../words'

/** Claiming a domain; a link may bring its name along. */
export const domainAddScreen = defineScreen<Record<never, never>>({
  id: 'domain_add',
  parse: (params) => ({ ok: true, params: compact({ name: params['name'] }) }),
  needs: needsNothing,
  shape: ['form'],
  cache: { forS: 60, tags: ['domains'] },
  view: (_replies, params, draft, env) => ({
    title: env.t('domains.add'),
    blocks: [
      { is: 'notice', tone: 'info', text: env.t('domains.add_intro') },
      {
        is: 'form', id: 'domain_add', issues: draft.issues ?? [],
        fields: [{ as: 'text', name: 'name', label: env.t('domains.name'), hint: env.t('domains.name_hint'), required: true, value: typed(draft, 'name', params['name'] ?? '') }],
        submit: { action: 'domain.add', args: compact({ suggested: params['name'] }), label: env.t('domains.add'), tone: 'primary', enabled: enabledBy(env.viewer?.abilities['domains.add'], env) },
      },
    ],
  }),
})
