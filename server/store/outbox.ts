import { insertMany, type Tx } from './bulk'
import type { Json } from '../../shared/kit/result'
import { giveBack, takeDue, type Leased, type TakeOptions } from './queue'
import type { Row } from './tables'

/**
 * A mail to send, stored with the change that causes it and written out when it is sent.
 * `secrets` (tokens, codes) are emptied once it is sent. With a `dedupeKey`, the same mail is stored once, ever.
 */
export type NewMail = {
  kind: string
  to: { email: string; name: string }
  language: string
  params: Record<string, Json>
  secrets?: Record<string, string>
  dedupeKey?: string
  sendAt?: Date
  id?: string
  /** One of so many that the mails of others go first: a code that somebody waits for is good for ten minutes. */
  isBulk?: boolean
}
export type QueuedMail = Row<'outbox'>

const MAX_ATTEMPTS = 12

/** Queues mails of one organization. */
export async function queueMails(db: Tx, organizationId: string, mails: readonly NewMail[], now: Date, newId: () => string): Promise<void> {
  await insertMany(db, 'outbox', mails.map((mail) => ({
    organization_id: organizationId, id: mail.id ?? newId(), kind: mail.kind, to_email: mail.to.email, to_name: mail.to.name,
    language: mail.language, params: mail.params, secrets: mail.secrets ?? null, dedupe_key: mail.dedupeKey ?? null, state: 'queued',
    run_at: mail.sendAt ?? now, attempts: 0, max_attempts: MAX_ATTEMPTS, lease: null, last_error: null, created_at: now, sent_at: null, is_bulk: mail.isBulk ?? false,
  })), 'ignore')
}

/** Takes due mails under a lease, in a system transaction. */
export function takeMails(db: Tx, options: TakeOptions): Promise<QueuedMail[]> {
  return takeDue<QueuedMail>(db, 'outbox', options)
}

/** Marks a mail sent and forgets its secrets; false when the lease was lost. */
export async function completeMail(db: Tx, mail: Leased, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db.updateTable('outbox').set({ state: 'sent', sent_at: now, lease: null, secrets: null })
    .where('id', '=', mail.id).where('lease', '=', mail.lease).where('state', '=', 'queued').executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Puts a mail back after a failure, or gives up after its last attempt. */
export function failMail(db: Tx, mail: Leased, reason: string, now: Date): Promise<boolean> {
  return giveBack(db, 'outbox', mail, reason, now)
}
