import type { Tx } from './bulk'
import type { Row } from './tables'

/** A file of an organization that was asked for. */
export type ExportRow = Row<'exports'>

/** One of the files that were asked for; undefined where there is none. */
export const findExport = (db: Tx, organizationId: string, id: string): Promise<ExportRow | undefined> =>
  db.selectFrom('exports').selectAll().where('organization_id', '=', organizationId).where('id', '=', id).executeTakeFirst()

/** The files of one user, newest first. */
export const readExports = (db: Tx, organizationId: string, userId: string, limit: number): Promise<ExportRow[]> =>
  db.selectFrom('exports').selectAll().where('organization_id', '=', organizationId).where('user_id', '=', userId).orderBy('created_at', 'desc').limit(limit).execute()

/** One part of a file, from 0 on; undefined behind the last. */
export async function readExportPart(db: Tx, organizationId: string, exportId: string, part: number): Promise<Buffer | undefined> {
  const row = await db.selectFrom('export_parts').select('bytes').where('organization_id', '=', organizationId).where('export_id', '=', exportId).where('part', '=', part).executeTakeFirst()
  return row?.bytes
}

/** Writes one part and how far the file has come. */
export async function writeExportPart(db: Tx, { organization_id: organizationId, id }: Pick<ExportRow, 'organization_id' | 'id'>, part: number, bytes: Buffer, written: number): Promise<void> {
  await db.insertInto('export_parts').values({ organization_id: organizationId, export_id: id, part, bytes }).execute()
  await db.updateTable('exports').set({ written }).where('organization_id', '=', organizationId).where('id', '=', id).execute()
}

/** Marks a file as begun, without what an earlier attempt had written. */
export async function beginExport(db: Tx, { organization_id: organizationId, id }: Pick<ExportRow, 'organization_id' | 'id'>): Promise<void> {
  await db.deleteFrom('export_parts').where('organization_id', '=', organizationId).where('export_id', '=', id).execute()
  await db.updateTable('exports').set({ status: 'running', written: 0 }).where('organization_id', '=', organizationId).where('id', '=', id).execute()
}
