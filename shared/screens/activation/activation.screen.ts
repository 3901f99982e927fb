import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { anyParams, defineScreen, needParams } from '../define'
import { offerText } from './activation-blocks'

/** Activating with the code that was mailed, where the identity alone does not prove the address. */
export const activationCodeScreen = defineScreen<Record<never, never>>({
  id: 'activation_code',
  parse: needParams('token'),
  needs: () => ({}),
  withoutUser: true,
  shape: ['form'],
  cache: { forS: 0, tags: [] },
  view: (_replies, params, draft, env) => ({
    title: env.t('activation.code_title'),
    blocks: [{
      is: 'form', id: 'code', issues: draft.issues ?? [],
      fields: [{ as: 'text', name: 'code', label: env.t('activation.code'), hint: env.t('activation.code_hint'), required: true, value: typeof draft.values['code'] === 'string' ? draft.values['code'] : '' }],
      submit: { action: 'activation.redeem', args: { token: params['token'] ?? '', withCode: 'true' }, label: env.t('activation.activate'), tone: 'primary', enabled: true },
    }, {
      is: 'actions', items: [{ action: 'activation.request_code', args: { token: params['token'] ?? '' }, label: env.t('activation.code_again'), enabled: true }],
    }],
  }),
})

/** Pending activations of the signed-in identity, for when no mail is open. */
export const activationsScreen = defineScreen<{ activations: ReplyOf<'activations.list'> }>({
  id: 'activations',
  parse: anyParams,
  needs: () => ({ activations: call('activations.list', {}) }),
  withoutUser: true,
  shape: ['section'],
  cache: { forS: 30, tags: ['activations'] },
  view: ({ activations }, _params, _draft, env) => {
    const title = env.t('activation.pending_title')
    if (!activations.ok || activations.value.items.length === 0) return { title, blocks: [{ is: 'empty', title: env.t('activation.pending_none_title'), text: env.t('activation.pending_none_text') }] }
    return {
      title,
      blocks: activations.value.items.map((item) => ({
        is: 'section', title: item.organization,
        blocks: [
          { is: 'notice', tone: 'info', text: `${offerText(item, env)} ${env.t('activation.expires', { date: env.t.date(item.expiresAt) })}` },
          { is: 'actions', items: [{ action: 'activation.redeem', args: { activationId: item.id }, label: env.t('activation.activate'), tone: 'primary', enabled: true }] },
        ],
      })),
    }
  },
})
