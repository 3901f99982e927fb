import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from './bulk'
import { kept } from './kept'
import type { Json } from '../../shared/kit/result'

/** A repeatable request: the key that the client chose, its route, and a hash that stands for all it asked. */
export type Idempotency = { key: string; route: string; bodyHash: string }

type OwnedKey = Idempotency & { organizationId: string; actor: string }
type StoredReply = { body_hash: string; status: number; reply: Json }

/** How long a repeat is answered from the stored reply. */
export const IDEMPOTENCY_HOURS = 24

/** Whether this transaction is the only one that works on the key now; held until it ends, by crash too. */
export async function tryOwnKey(tx: Tx, key: OwnedKey): Promise<boolean> {
  const digest = createHash('sha256').update(JSON.stringify([key.organizationId, key.actor, key.route, key.key])).digest()
  const { rows } = await sql<{ owned: boolean }>`select pg_try_advisory_xact_lock(${digest.readBigInt64BE(0).toString()}::bigint) as owned`.execute(kept(tx))
  return rows[0]?.owned === true
}

/** The reply stored under the key, or null. */
export async function findReply(tx: Tx, key: OwnedKey, now: Date): Promise<StoredReply | null> {
  const found = await kept(tx).selectFrom('idempotency_keys').select(['body_hash', 'status', 'reply'])
    .where('organization_id', '=', key.organizationId).where('actor', '=', key.actor)
    .where('route', '=', key.route).where('key', '=', key.key).where('expires_at', '>', now)
    .executeTakeFirst()
  return found ?? null
}

/** Stores the reply with the change that it tells of; an expired one under the same key is replaced. */
export async function storeReply(tx: Tx, key: OwnedKey, status: number, reply: string, now: Date): Promise<void> {
  const values = { body_hash: key.bodyHash, status, reply, expires_at: new Date(now.getTime() + IDEMPOTENCY_HOURS * 3_600_000) }
  await kept(tx).insertInto('idempotency_keys')
    .values({ organization_id: key.organizationId, actor: key.actor, route: key.route, key: key.key, ...values })
    .onConflict((conflict) => conflict.columns(['organization_id', 'actor', 'route', 'key']).doUpdateSet(values))
    .execute()
}
