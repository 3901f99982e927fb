import type { ContextActivation } from '../../mail/context.model'
import type { Block, Env } from '../vocabulary'
import { planText } from '../words'

type Described = Pick<ContextActivation, 'organization' | 'inviter' | 'plan' | 'expiresAt'>

/** What a link or a waiting activation offers, as a sentence. */
export const offerText = ({ organization, inviter, plan }: Described, env: Env): string => {
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
