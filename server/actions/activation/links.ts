import { randomBytes } from 'node:crypto'
import { ACTIVATION_DAYS } from '../../../shared/licenses/licenses.model'
import { insertMany, type Tx } from '../../store/bulk'
import type { Change } from '../../store/transactions'
import { tokenHash } from './activations.describe'

/** A person whom a link goes to. `plan` is that of their license, null where they are only invited; `ofAdmin` as in events. */
export type LinkOwner = { id: string; email: string; name: string; language: string; plan: string | null; ofAdmin: boolean }

/** Who sends a link, as the mail names them; `id` null is the system. */
export type LinkSender = { id: string | null; email: string; name: string }

/** What is special about a link: a reminder is worded as one and prolongs nothing; `isFirst` where nobody of them can have one yet. */
export type LinkOptions = { reminderUntil?: Date; isFirst?: boolean }

/** How many links one person may be sent in an hour. */
export const LINKS_PER_HOUR = 5
/** Links to more people than this are nobody's to wait for. */
const FEW = 10
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const TOKEN_BYTES = 32

/** A token of 256 bits; only its hash is kept, and the mail on its way. */
const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url')

/**
 * Sends each person a new activation link, in the change that asks for it: earlier links stop working,
 * the mail is queued, the event recorded. Answers until when the links work.
 */
export async function sendLinks(change: Change, owners: readonly LinkOwner[], sender: LinkSender, options: LinkOptions = {}): Promise<Date> {
  const { db, organization, now, newId, send } = change
  const expiresAt = options.reminderUntil ?? new Date(now.getTime() + ACTIVATION_DAYS * DAY_MS)
  if (owners.length === 0) return expiresAt
  if (options.isFirst !== true) await replaceLinks(db, organization.id, owners.map(({ id }) => id), now)
  const sent = owners.map((owner) => ({ owner, id: newId(), token: newToken() }))
  send(insertMany(db, 'activation_links', sent.map(({ owner, id, token }) => ({
    organization_id: organization.id, id, user_id: owner.id, token_hash: tokenHash(token), sent_by: sender.id, created_at: now, expires_at: expiresAt,
    used_at: null, replaced_at: null, reminded_at: options.reminderUntil === undefined ? null : now, code_hash: null, code_expires_at: null, code_attempts: 0,
  }))))
  for (const { owner, token } of sent) {
    change.mail({
      kind: options.reminderUntil === undefined ? 'activation' : 'activation_reminder',
      to: { email: owner.email, name: owner.name }, language: owner.language, secrets: { token }, isBulk: owners.length > FEW,
      params: { organization: organization.name, inviter: sender.id === null ? null : sender.name || sender.email, plan: owner.plan, expiresAt: expiresAt.toISOString() },
    })
    const { id, email, name, ofAdmin } = owner
    change.record({ category: 'audit', kind: 'activation.sent', ofAdmin, subjects: [{ id, email, name }], target: { type: 'user', id, label: name || email }, changes: { expiresAt: { from: null, to: expiresAt.toISOString() } } })
  }
  return expiresAt
}

const openLinks = (db: Tx, organizationId: string, userIds: readonly string[]) => db.updateTable('activation_links')
  .where('organization_id', '=', organizationId).where('user_id', 'in', userIds).where('used_at', 'is', null).where('replaced_at', 'is', null)

async function replaceLinks(db: Tx, organizationId: string, userIds: readonly string[], now: Date): Promise<void> {
  await openLinks(db, organizationId, userIds).set({ replaced_at: now, code_hash: null }).execute()
}

/** Ends the open links of these people now, as if their time were over. */
export async function expireLinks(db: Tx, organizationId: string, userIds: readonly string[], now: Date): Promise<void> {
  await openLinks(db, organizationId, userIds).where('expires_at', '>', now).set({ expires_at: now, code_hash: null }).execute()
}

/**
 * Seconds until each person may be sent a link again; people who may be sent one now are left out.
 * Counted from the links themselves, so it is exact under the organization's lock and survives a crash.
 */
export async function linkWaits(db: Tx, organizationId: string, userIds: readonly string[], now: Date, limit: number): Promise<Map<string, number>> {
  if (userIds.length === 0) return new Map()
  const rows = await db.selectFrom('activation_links').select(['user_id', 'created_at'])
    .where('organization_id', '=', organizationId).where('user_id', 'in', userIds).where('created_at', '>', new Date(now.getTime() - HOUR_MS))
    .orderBy('created_at', 'desc').execute()
  const waits = new Map<string, number>()
  const seen = new Map<string, number>()
  for (const { user_id: userId, created_at: sentAt } of rows) {
    const nth = (seen.get(userId) ?? 0) + 1
    seen.set(userId, nth)
    if (nth === limit) waits.set(userId, Math.max(1, Math.ceil((sentAt.getTime() + HOUR_MS - now.getTime()) / 1000)))
  }
  return waits
}
