import { holds, type Viewer } from '../access/access.policy'
import type { Ability } from '../access/abilities'
import type { Plan } from '../change-plan'
import { consequence, counted } from '../changes/consequences'
import { refusedOf, toPlan } from '../changes/decision'
import type { Message } from './logs.model'

/** A message as a plan sees it; `status` as of this moment. */
export type MessageSnapshot = { id: string; label: string; senderId: string | null; status: Message['status']; recipients: number; openings: number }

/** Whether the viewer may revoke this message: its sender, or who may revoke any; while it is live. */
export const revokeAbility = (message: Pick<MessageSnapshot, 'senderId' | 'status'>, viewer: Viewer): Ability => {
  if (message.senderId !== viewer.userId && !holds(viewer, 'messages.revoke_any')) return 'access.denied'
  return message.status === 'live' ? true : 'message.not_live'
}

/** Revoke a message before it expires: nobody opens it any more; what was seen stays seen. */
export const planRevoke = (message: MessageSnapshot, viewer: Viewer): { plan: Plan } => {
  const allowed = revokeAbility(message, viewer)
  if (allowed !== true) return { plan: toPlan('message.revoke', { refused: [refusedOf(message, allowed)] }) }
  const consequences = [
    ...counted('plan.message_closed', { count: message.recipients }),
    ...counted('plan.message_opened_before', { count: message.openings }),
    consequence('plan.not_restorable', {}),
  ]
  return { plan: toPlan('message.revoke', { targets: [message], consequences }) }
}
