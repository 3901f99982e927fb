import { sql } from 'kysely'
import type { Tx } from './bulk'

/**
 * Erases names, addresses and values from every line that a person did or is named in, with what those lines say of
 * others: a line's text is committed to as a whole. The chain still verifies. Answers how many lines there were.
 */
export async function eraseEventText(db: Tx, organizationId: string, userId: string): Promise<number> {
  const { rows } = await sql<{ erased: number }>`select erase_event_text(${organizationId}, ${userId}) as erased`.execute(db)
  return rows[0]?.erased ?? 0
}
