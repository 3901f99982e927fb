import { createHmac } from 'node:crypto'
import * as v from 'valibot'
import type { JobHandler } from '../../jobs/jobs'
import { completeJob } from '../../store/jobs'
import type { Store } from '../../store/store'
import type { Change } from '../../store/transactions'

/** Where the messaging service hears of revocations; null in the demo, whose messages are nowhere else. */
export type RevokeWebhook = { url: string; secret: string } | null

/** What the job needs; `fetch` is Node's own, replaced by tests. */
export type RevokeDeps = { store: Store; clock: () => Date; webhook: RevokeWebhook; fetch?: typeof fetch }

const TIMEOUT_MS = 10_000
const payloadSchema = v.object({ messageId: v.string(), requestedBy: v.string(), requestedAt: v.string() })

/**
 * Tells the messaging service of one revocation. 200 or 204 confirms it; 202 promises a `revoked` event, which
 * confirms it when it arrives; anything else is tried again. Sent at least once, always with the same `id`.
 */
export const createRevokeJob = ({ store, clock, webhook, fetch: send = fetch }: RevokeDeps): JobHandler => async (job) => {
  const { messageId, requestedBy, requestedAt } = v.parse(payloadSchema, job.payload)
  if (job.organization_id === null) throw new Error('a revocation is of one organization')
  const isStillWanted = await isRequested(store, job.organization_id, messageId)
  if (!isStillWanted) return 'done'
  if (webhook !== null) {
    const body = JSON.stringify({ type: 'message.revoke', id: job.id, organizationId: job.organization_id, messageId, requestedBy, requestedAt })
    const status = await post(send, webhook, body, clock())
    if (status === 202) return 'done'
  }
  const outcome = await store.change({ organizationId: job.organization_id, actor: { id: null, email: '', name: '' }, requestId: job.id, ip: null, client: 'system', now: clock() }, async (change) => {
    await confirmRevoked(change, [messageId])
    return (await completeJob(change.db, job, change.now)) ? { ok: true, value: null } : { ok: false, code: 'not_found' }
  })
  return outcome.ok ? 'completed' : 'done'
}

/** Marks those of these messages whose revocation was requested as revoked, with a line of the log for each. */
export async function confirmRevoked(change: Change, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return
  const waiting = await change.db.selectFrom('messages').select(['id', 'subject', 'reference', 'sender_id', 'sender_email', 'sender_name'])
    .where('organization_id', '=', change.organization.id).where('id', 'in', messageIds).where('status', '=', 'revoke_requested').orderBy('id').execute()
  if (waiting.length === 0) return
  const asked = await change.db.selectFrom('events').select(['message_id', 'of_admin']).where('organization_id', '=', change.organization.id)
    .where('message_id', 'in', waiting.map(({ id }) => id)).where('kind', '=', 'message.revoke_requested').execute()
  const ofAdmin = new Set(asked.filter(({ of_admin: isOfAdmin }) => isOfAdmin).map(({ message_id: id }) => id))
  await change.db.updateTable('messages').set({ status: 'revoked', revoked_at: change.now }).where('organization_id', '=', change.organization.id).where('id', 'in', waiting.map(({ id }) => id)).execute()
  for (const row of waiting) {
    change.record({
      category: 'audit', kind: 'message.revoke_confirmed', ofAdmin: ofAdmin.has(row.id), messageId: row.id, actor: { id: null, email: '', name: '' },
      subjects: [{ id: row.sender_id, email: row.sender_email, name: row.sender_name }], target: { type: 'message', id: row.id, label: row.subject || row.reference },
      changes: { status: { from: 'revoke_requested', to: 'revoked' } },
    })
  }
}

/** The signature of a body at a moment: `v1=` and HMAC-SHA-256 over `<seconds>.<body>`, in hex. */
export const signWebhook = (secret: string, timestampS: number, body: string): string => `v1=${createHmac('sha256', secret).update(`${timestampS}.${body}`).digest('hex')}`

const isRequested = async (store: Store, organizationId: string, messageId: string): Promise<boolean> => {
  const row = await store.read(organizationId, (db) => db.selectFrom('messages').select('status').where('organization_id', '=', organizationId).where('id', '=', messageId).executeTakeFirst())
  return row?.status === 'revoke_requested'
}

async function post(send: typeof fetch, webhook: NonNullable<RevokeWebhook>, body: string, now: Date): Promise<number> {
  const timestampS = Math.floor(now.getTime() / 1000)
  const reply = await send(webhook.url, {
    method: 'POST', body, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: { 'content-type': 'application/json', 'orgdesk-timestamp': String(timestampS), 'orgdesk-signature': signWebhook(webhook.secret, timestampS, body) },
  })
  await reply.body?.cancel()
  if (![200, 202, 204].includes(reply.status)) throw Object.assign(new Error('the messaging service did not take a revocation'), { code: `webhook.${reply.status}` })
  return reply.status
}
