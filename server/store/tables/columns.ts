import type { ColumnType } from 'kysely'
import type { BuiltInRole } from '../../../shared/access/roles'
import type { ORDER_STATUSES } from '../../../shared/billing/billing.model'
import type { IMPORT_STATUSES } from '../../../shared/imports/imports.model'
import type { MESSAGE_STATUSES } from '../../../shared/logs/logs.model'
import type { EXPORT_STATUSES } from '../../../shared/logs/reports.model'

/** A jsonb column: read as a value, written as JSON text, because the driver takes arrays for SQL arrays. */
export type JsonOf<T> = ColumnType<T, string, string>

/** A jsonb column that may be left out of an insert. */
export type DefaultJsonOf<T> = ColumnType<T, string | undefined, string>

/** A built-in role, or `custom` with `custom_role_id` naming it. */
export type UserRole = BuiltInRole | 'custom'
export type OrderStatus = (typeof ORDER_STATUSES)[number]
export type ImportStatus = (typeof IMPORT_STATUSES)[number]
export type ExportStatus = (typeof EXPORT_STATUSES)[number]
export type MessageStatus = (typeof MESSAGE_STATUSES)[number]
