import { compact } from '../define'
import type { ActionRef, Env } from '../vocabulary'

/** Whether anything may be sold here and now: to who manages the subscription, and never on a phone, whose shops forbid it. */
export const maySell = (env: Env): boolean => env.can.purchase && env.viewer?.abilities['orders.add'] === true

/** *Buy licenses* of one plan, where it may be offered; `quantity` is how many are missing. */
export const buyAction = (plan: string, env: Env, quantity = 0): { action?: ActionRef } =>
  maySell(env) ? { action: { action: 'nav.order', args: compact({ plan, quantity: quantity > 0 ? String(quantity) : undefined }), label: env.t('orders.buy'), icon: 'billing', enabled: true } } : {}
