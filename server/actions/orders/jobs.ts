import * as v from 'valibot'
import { systemScope } from '../../domains/jobs'
import type { JobHandlers } from '../../jobs/jobs'
import type { CheckoutPayment } from '../../payment/payment'
import { completeJob, queueJobs, type Job } from '../../store/jobs'
import type { Store } from '../../store/store'
import { ensureCheckout } from './checkout'
import { OPEN_CHECKOUT_JOB, RECONCILE_JOB } from './job.kinds'
import { settleOrder } from './settle'
import { findOrder } from './store'

/** What the jobs of orders need. */
export type OrderJobsDeps = { store: Store; payment: CheckoutPayment; clock: () => Date; newId: () => string }

const ASK_AGAIN_MS = 6 * 3_600_000
const payloadSchema = v.object({ orderId: v.string() })

/** Finishes or cancels orders whose payment got stuck: by a crash, a provider that was away, a notice that never came. */
export const createOrderJobs = (deps: OrderJobsDeps): JobHandlers => ({
  [OPEN_CHECKOUT_JOB]: async (job) => {
    const { orderId } = v.parse(payloadSchema, job.payload)
    const checkout = job.organization_id === null ? null : await ensureCheckout({ ...deps, organizationId: job.organization_id, orderId, requestId: job.id, now: deps.clock() })
    if (checkout?.is === 'unknown' && (await isPending(deps.store, job, orderId))) throw new Error('the payment provider does not answer')
    return 'done'
  },
  [RECONCILE_JOB]: (job) => reconcile(deps, job),
})

const isPending = async (store: Store, { organization_id: organizationId }: Job, orderId: string): Promise<boolean> =>
  organizationId !== null && (await store.read(organizationId, (db) => findOrder(db, organizationId, orderId)))?.status === 'pending_payment'

async function reconcile({ store, payment, clock, newId }: OrderJobsDeps, job: Job): Promise<'done' | 'completed'> {
  const { orderId } = v.parse(payloadSchema, job.payload)
  const organizationId = job.organization_id
  if (organizationId === null) return 'done'
  const order = await store.read(organizationId, (db) => findOrder(db, organizationId, orderId))
  if (order?.status !== 'pending_payment') return 'done'
  // Nobody was ever shown a page that could be paid.
  const outcome = order.provider_reference === null ? 'expired' : await payment.lookUp(order.provider_reference)
  if (outcome === null) {
    await store.system((db) => queueJobs(db, organizationId, [{ kind: RECONCILE_JOB, payload: { orderId }, runAt: new Date(clock().getTime() + ASK_AGAIN_MS) }], clock(), newId))
    return 'done'
  }
  const settled = await store.change<null>(systemScope(organizationId, job.id, clock()), async (change) => {
    if (!(await completeJob(change.db, job, change.now))) return { ok: false, code: 'server.busy' }
    const fresh = await findOrder(change.db, organizationId, orderId)
    if (fresh !== undefined) await settleOrder(change, fresh, outcome)
    return { ok: true, value: null }
  })
  return settled.ok || settled.code === 'server.busy' ? 'completed' : 'done'
}
