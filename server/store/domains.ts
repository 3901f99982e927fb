import { sql } from 'kysely'
import type { Tx } from './bulk'
import { kept } from './kept'

/**
 * Takes a name for a domain of this organization, if nobody holds it: one statement decides among all
 * organizations and servers (I6). True when it is held by this domain afterwards.
 */
export async function holdName(db: Tx, hold: { name: string; organizationId: string; domainId: string }, now: Date): Promise<boolean> {
  const { name, organizationId, domainId } = hold
  const taken = await db.insertInto('approved_domains').values({ name, organization_id: organizationId, domain_id: domainId, approved_at: now })
    .onConflict((conflict) => conflict.column('name').doNothing()).executeTakeFirst()
  if (taken.numInsertedOrUpdatedRows === 1n) return true
  const own = await db.selectFrom('approved_domains').select('name').where('name', '=', name).where('domain_id', '=', domainId).where('organization_id', '=', organizationId).executeTakeFirst()
  return own !== undefined
}

/** Gives a name up. */
export async function releaseName(db: Tx, organizationId: string, domainId: string): Promise<void> {
  await db.deleteFrom('approved_domains').where('organization_id', '=', organizationId).where('domain_id', '=', domainId).execute()
}

/** Names below this organization's approved ones that are approved for others: there, those decide. */
export async function namesHeldBelow(db: Tx, organizationId: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select names_held_below(${organizationId}::uuid) as name`.execute(kept(db))
  return rows.map(({ name }) => name)
}
