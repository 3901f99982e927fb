import type { ActionRef, Block, Env } from '../vocabulary'

/** What an order is about: more licenses, fewer, or others for some. */
export const ORDER_KINDS = ['buy', 'reduce', 'change'] as const
export type OrderKind = (typeof ORDER_KINDS)[number]

/** The kind that a link asks for; buying where it asks for none. */
export const kindOf = (kind: string | undefined): OrderKind => ORDER_KINDS.find((known) => known === kind) ?? 'buy'

/** Leads to the form of one kind of order. */
export const orderRef = (kind: OrderKind, env: Env): ActionRef =>
  ({ action: 'nav.order', args: { kind }, label: env.t(`orders.${kind}`), ...(kind === 'buy' ? { tone: 'primary', icon: 'billing' } : {}), enabled: true })

/** All that is said of orders where nothing may be sold, whoever asks: no purchase, and no way to one. */
export const notHere = (env: Env): Block => ({ is: 'empty', title: env.t('orders.not_here_title'), text: env.t('orders.not_here_text') })
