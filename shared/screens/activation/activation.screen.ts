import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import type { ContextActivation } from '../../mail/context.model'
import { anyParams, defineScreen, needParams } from '../define'
import type { Block, Env } from '../vocabulary'
import { planText } from '../words'

type Described = Pick<ContextActivation, 'organization' | 'inviter' | 'plan' | 'expiresAt'>

const offerText = ({ organization, inviter, plan }: Described, env: Env): string => {
  const params = { organization: organization ?? '', inviter: inviter ?? '', plan: plan === null ? '' : planText(plan, env) }
  if (inviter === null) return env.t(plan === null ? 'activation.offer_without_license' : 'activation.offer', params)
  return env.t(plan === null ? 'activation.offer_by_without_license' : 'activation.offer_by', params)
}

/** What the activation link of the open mail offers, or why it can't be used any more. */
export const activationBlocks = (activation: ContextActivation | null, token: string | null, env: Env): Block[] => {
  if (activation === null || token === null) return []
  if (activation.code !== null) return [{ is: 'notice', tone: 'warning', text: env.t.code(activation.code) }]
  return [{
    is: 'section',
    title: env.t('activation.title'),
    blocks: [
      { is: 'notice', tone: 'info', text: offerText(activation, env) },
      { is: 'actions', items: [
        { action: 'activation.redeem', args: { token }, label: env.t('activation.activate'), tone: 'primary', enabled: true },
        { action: 'activation.request_code', args: { token }, label: env.t('activation.by_code'), enabled: true },
      ] },
    ],
  }]
}

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
