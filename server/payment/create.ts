import type { Logger } from 'pino'
import type { Settings } from '../settings'
import { MANUAL, type Payment } from './payment'
import { createStripePayment } from './stripe'

/** The way of paying that the settings name; the logger hears of pages that were not opened. */
export async function createPayment({ stripe, publicUrl }: Pick<Settings, 'stripe' | 'publicUrl'>, logger: Logger): Promise<Payment> {
  if (stripe === null) return MANUAL
  return createStripePayment({ ...stripe, publicUrl, report: (problem) => logger.warn({ problem }, 'a payment page was not opened') })
}
