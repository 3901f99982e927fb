import type { UserImport } from '../../shared/imports/imports.model'
import type { Row } from '../store/tables'

/** An import as it leaves the server: under way from its first rows on, while those behind them are still being stored. */
export const toUserImport = (row: Row<'user_imports'>): UserImport => ({
  id: row.id, status: row.status === 'queued' && row.settled_row > 0 ? 'running' : row.status, name: row.name, total: row.total, applied: row.applied, rejected: row.rejected, by: row.created_by_name,
  createdAt: row.created_at.toISOString(), finishedAt: row.finished_at?.toISOString() ?? null, failure: row.failure,
})
