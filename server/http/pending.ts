import type { EndpointKey } from '../../shared/api/contract'

/** Endpoints of the contract that answer 501 `server.not_available`. */
export const PENDING = [
  'licenses.unused',
  'orders.list', 'orders.add', 'billing.get', 'billing.edit', 'invoices.list', 'billing.stripe_webhook',
] as const satisfies readonly EndpointKey[]

export type PendingKey = (typeof PENDING)[number]

/** Whether nothing answers this endpoint yet. */
export const isPending = (key: EndpointKey): key is PendingKey => (PENDING as readonly EndpointKey[]).includes(key)
