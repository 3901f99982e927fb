import type { Generated } from 'kysely'
import type { Invoice } from '../../../shared/billing/billing.model'
import type { Issue } from '../../../shared/errors'
import type { Json } from '../../../shared/kit/result'
import type { ExportStatus, ImportStatus, JsonOf, OrderStatus } from './columns'

/** `billing` */
export type BillingTable = {
  organization_id: string
  company: Generated<string>
  address: Generated<string>
  country: Generated<string>
  vat: Generated<string>
  email: Generated<string>
  version: Generated<number>
}

/** `orders` */
export type OrdersTable = {
  organization_id: string
  id: string
  plan: string
  from_plan: string | null
  renewal: Generated<boolean>
  quantity: number
  amount_cents: number
  currency: string
  status: OrderStatus
  provider: string
  provider_reference: string | null
  checkout_url: string | null
  created_by: string | null
  created_by_name: string
  created_at: Date
  settled_at: Date | null
  /** The lines of its invoice, at the prices of when it was placed. */
  lines: JsonOf<Invoice['lines']>
}

/** `payment_events` */
export type PaymentEventsTable = {
  provider: string
  id: string
  organization_id: string | null
  received_at: Date
}

/** `invoices` */
export type InvoicesTable = {
  organization_id: string
  id: string
  number: string
  issued_on: string
  total_cents: number
  currency: string
  created_at: Date
}

/** `invoice_lines` */
export type InvoiceLinesTable = {
  organization_id: string
  invoice_id: string
  line: number
  order_id: string | null
  text: string
  plan: string
  quantity: number
  amount_cents: number
}

/** `user_imports` */
export type UserImportsTable = {
  organization_id: string
  id: string
  name: string
  media_type: string
  status: ImportStatus
  without_license: boolean
  plan_digest: string | null
  language: string
  total: Generated<number>
  applied: Generated<number>
  rejected: Generated<number>
  settled_row: Generated<number>
  failure: string | null
  created_by: string | null
  created_by_name: string
  created_at: Date
  started_at: Date | null
  finished_at: Date | null
}

/** `user_import_sources` */
export type UserImportSourcesTable = {
  organization_id: string
  import_id: string
  bytes: Buffer
  /** The first line of the file and what divided its cells. */
  header: JsonOf<{ cells: string[]; separator: string }> | null
}

/** `user_import_rows` */
export type UserImportRowsTable = {
  organization_id: string
  import_id: string
  row: number
  cells: JsonOf<string[]>
  planned: JsonOf<unknown>
  outcome: 'waiting' | 'applied' | 'rejected'
  status: string | null
  issues: JsonOf<Issue[]> | null
  user_id: string | null
}

/** `service_keys` */
export type ServiceKeysTable = {
  organization_id: string
  id: string
  purpose: 'ingest' | 'provisioning'
  name: string
  key_hash: Buffer
  created_at: Date
  created_by: string | null
  last_used_at: Date | null
  revoked_at: Date | null
}

/** `downloads` */
export type DownloadsTable = {
  organization_id: string
  id: string
  ticket_hash: Buffer
  user_id: string
  resource: string
  format: string
  filter: JsonOf<Record<string, string>>
  language: string
  created_at: Date
  expires_at: Date
  used_at: Date | null
  mailed: Generated<boolean>
}

/** `exports` */
export type ExportsTable = {
  organization_id: string
  id: string
  user_id: string
  resource: string
  format: string
  filter: JsonOf<Record<string, string>>
  language: string
  name: string
  status: ExportStatus
  total: number
  written: Generated<number>
  after_sequence: number | null
  head_sequence: number | null
  failure: string | null
  created_at: Date
  finished_at: Date | null
  expires_at: Date | null
}

/** `export_parts` */
export type ExportPartsTable = {
  organization_id: string
  export_id: string
  part: number
  bytes: Buffer
}

/** `notices` */
export type NoticesTable = {
  organization_id: string
  id: string
  kind: string
  subject: string
  tone: 'info' | 'warning' | 'danger'
  params: JsonOf<Record<string, string | number>>
  created_at: Date
  resolved_at: Date | null
}

/** `jobs` */
export type JobsTable = {
  id: string
  organization_id: string | null
  kind: string
  payload: JsonOf<Json>
  dedupe_key: string | null
  state: Generated<'queued' | 'done' | 'failed'>
  run_at: Date
  attempts: Generated<number>
  max_attempts: Generated<number>
  lease: string | null
  last_error: string | null
  created_at: Date
  finished_at: Date | null
}

/** `outbox` */
export type OutboxTable = {
  organization_id: string
  id: string
  kind: string
  to_email: string
  to_name: string
  language: string
  params: JsonOf<Record<string, Json>>
  secrets: JsonOf<Record<string, string>> | null
  dedupe_key: string | null
  state: Generated<'queued' | 'sent' | 'failed'>
  run_at: Date
  attempts: Generated<number>
  max_attempts: Generated<number>
  lease: string | null
  last_error: string | null
  created_at: Date
  sent_at: Date | null
  /** One of so many that the mails of others go first. */
  is_bulk: Generated<boolean>
}

/** `idempotency_keys` */
export type IdempotencyKeysTable = {
  organization_id: string
  actor: string
  route: string
  key: string
  body_hash: string
  status: number
  reply: JsonOf<Json> | null
  expires_at: Date
}

/** `limit_counters` */
export type LimitCountersTable = {
  bucket: string
  window_start: Date
  count: number
}

/** `server_keys` */
export type ServerKeysTable = {
  name: string
  value: Buffer
  created_at: Date
}
