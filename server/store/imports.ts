import { sql } from 'kysely'
import type { Issue } from '../../shared/errors'
import type { RowStatus } from '../../shared/imports/imports.model'
import { arrayOf, type ArrayType } from './arrays'
import type { Tx } from './bulk'
import { storableJson } from './events.chain'
import { kept } from './kept'

/** Whom an import concerns: all of one file, or of one import's rows. */
export type ImportKey = { organizationId: string; importId: string }

/** What became of one row. */
export type RowOutcome = { row: number; outcome: 'applied' | 'rejected'; status: RowStatus; issues: Issue[]; userId: string | null }

/**
 * Who has the addresses of `keys` (JSON text of an array): JSON text of an object, address → `user`, `invited`, or
 * `removed` where somebody who is gone since `restorableSince` can be restored. Those whom the rows `except` of an
 * import have just added are left out.
 */
export async function readPeopleByKeys(db: Tx, organizationId: string, keys: string, restorableSince: Date, except?: { importId: string; rows: readonly number[] }): Promise<string> {
  const added = except === undefined || except.rows.length === 0 ? sql`` : sql`and id not in (
    select r.user_id from user_import_rows r where r.organization_id = ${organizationId} and r.import_id = ${except.importId}
      and r."row" = any(${[...except.rows]}::int[]) and r.user_id is not null)`
  const { rows } = await sql<{ people: string }>`
    select coalesce(json_object_agg(email_key, holder)::text, '{}') as people from (
      select distinct on (email_key) email_key, case status when 'pending' then 'invited' when 'removed' then 'removed' else 'user' end as holder from users
      where organization_id = ${organizationId} and (status <> 'removed' or removed_at >= ${restorableSince})
        and email_key in (select json_array_elements_text(${keys}::json)) ${added}
      order by email_key, status = 'removed') as holders`.execute(kept(db))
  return rows[0]?.people ?? '{}'
}

/** Stores rows to do, `cells` and `planned` of each as JSON text; rows that are stored already stay as they are. Of an import that has all of its rows, or has ended, none. */
export async function addImportRows(db: Tx, { organizationId, importId }: ImportKey, { rows, cells, planned }: { rows: number[]; cells: string[]; planned: string[] }): Promise<void> {
  await sql`insert into user_import_rows (organization_id, import_id, "row", cells, planned, outcome)
    select ${organizationId}::uuid, ${importId}::uuid, r."row", r.cells, r.planned, 'waiting'
    from unnest(${arrayOf('integer', rows)}, ${arrayOf('json', cells)}, ${arrayOf('json', planned)}) as r("row", cells, planned)
    where exists (select from user_imports i where i.organization_id = ${organizationId} and i.id = ${importId} and i.status = 'queued')
    on conflict do nothing`.execute(kept(db))
}

/**
 * Writes down what became of rows; those that were applied keep no copy of their text. The rows stand close
 * together: without their bounds, a planner that knows nothing of the table yet reads all of the import.
 */
export async function settleImportRows(db: Tx, { organizationId, importId }: ImportKey, outcomes: readonly RowOutcome[]): Promise<void> {
  if (outcomes.length === 0) return
  const rows = outcomes.map(({ row }) => row)
  const each = (type: ArrayType, value: (outcome: RowOutcome) => unknown) => arrayOf(type, outcomes.map(value))
  await sql`update user_import_rows as r
    set outcome = o.outcome, status = o.status, issues = o.issues, user_id = o.user_id,
      planned = '{}', cells = case when o.outcome = 'applied' then '[]' else r.cells end
    from unnest(${each('integer', ({ row }) => row)}, ${each('text', ({ outcome }) => outcome)}, ${each('text', ({ status }) => status)},
      ${each('jsonb', ({ issues }) => storableJson(issues))}, ${each('uuid', ({ userId }) => userId)}) as o("row", outcome, status, issues, user_id)
    where r.organization_id = ${organizationId} and r.import_id = ${importId} and r."row" = o."row" and r.outcome = 'waiting'
      and r."row" between ${Math.min(...rows)} and ${Math.max(...rows)}`.execute(kept(db))
}

/** Ends an import before its end: what waits is rejected, without a status of its own. Answers how many that were. */
export async function rejectWaitingRows(db: Tx, { organizationId, importId }: ImportKey): Promise<number> {
  const { numUpdatedRows } = await db.updateTable('user_import_rows').set({ outcome: 'rejected', planned: '{}' })
    .where('organization_id', '=', organizationId).where('import_id', '=', importId).where('outcome', '=', 'waiting').executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Forgets the file of an import once its rows are settled; only the header stays, for the rows that come back. */
export async function forgetImportFile(db: Tx, { organizationId, importId }: ImportKey): Promise<void> {
  await db.updateTable('user_import_sources').set({ bytes: Buffer.alloc(0) }).where('organization_id', '=', organizationId).where('import_id', '=', importId).execute()
}
