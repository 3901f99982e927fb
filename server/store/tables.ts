import type { Selectable } from 'kysely'
import type {
  OrganizationsTable,
  PlansTable,
  RolesTable,
  UsersTable,
  UserCountsTable,
  IdentitiesTable,
  IdentityLinksTable,
  LicensePoolsTable,
  LicensesTable,
  ActivationLinksTable,
  WorkspacesTable,
  WorkspaceMembersTable,
  ContactsTable,
  DomainsTable,
  ApprovedDomainsTable,
} from './tables/nouns'
import type {
  ChainHeadsTable,
  SignedHeadsTable,
  LogSealsTable,
  LogExportsTable,
  EventsTable,
  EventPeopleTable,
  EventCountsTable,
  EventSenderCountsTable,
  IngestedEventIdsTable,
  MessagesTable,
  MessageRecipientsTable,
} from './tables/log'
import type {
  BillingTable,
  OrdersTable,
  PaymentEventsTable,
  InvoicesTable,
  InvoiceLinesTable,
  UserImportsTable,
  UserImportSourcesTable,
  UserImportRowsTable,
  ServiceKeysTable,
  DownloadsTable,
  ExportsTable,
  ExportPartsTable,
  NoticesTable,
  JobsTable,
  OutboxTable,
  IdempotencyKeysTable,
  LimitCountersTable,
  ServerKeysTable,
} from './tables/work'

/** Every table, as queries see it: uuid and date are text, bigint is a number, timestamptz a Date, bytea a Buffer. */
export type Database = {
  organizations: OrganizationsTable
  plans: PlansTable
  roles: RolesTable
  users: UsersTable
  user_counts: UserCountsTable
  identities: IdentitiesTable
  identity_links: IdentityLinksTable
  license_pools: LicensePoolsTable
  licenses: LicensesTable
  activation_links: ActivationLinksTable
  workspaces: WorkspacesTable
  workspace_members: WorkspaceMembersTable
  contacts: ContactsTable
  domains: DomainsTable
  approved_domains: ApprovedDomainsTable
  chain_heads: ChainHeadsTable
  signed_heads: SignedHeadsTable
  log_seals: LogSealsTable
  log_exports: LogExportsTable
  events: EventsTable
  event_people: EventPeopleTable
  event_counts: EventCountsTable
  event_sender_counts: EventSenderCountsTable
  ingested_event_ids: IngestedEventIdsTable
  messages: MessagesTable
  message_recipients: MessageRecipientsTable
  billing: BillingTable
  orders: OrdersTable
  payment_events: PaymentEventsTable
  invoices: InvoicesTable
  invoice_lines: InvoiceLinesTable
  user_imports: UserImportsTable
  user_import_sources: UserImportSourcesTable
  user_import_rows: UserImportRowsTable
  service_keys: ServiceKeysTable
  downloads: DownloadsTable
  exports: ExportsTable
  export_parts: ExportPartsTable
  notices: NoticesTable
  jobs: JobsTable
  outbox: OutboxTable
  idempotency_keys: IdempotencyKeysTable
  limit_counters: LimitCountersTable
  server_keys: ServerKeysTable
}

/** One row of a table, as it is read. */
export type Row<T extends keyof Database> = Selectable<Database[T]>
export type OrganizationRow = Row<'organizations'>
