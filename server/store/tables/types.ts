import type { Insertable } from 'kysely'
import type { ArrayType } from '../arrays'
import type { Database } from '../tables'

/** The types of the columns of tables that rows are added to by the dozen, and by the thousand. */
export const COLUMN_TYPES = {
  users: {
    organization_id: 'uuid', id: 'uuid', email: 'text', email_key: 'text', domain: 'text', first_name: 'text', last_name: 'text', role: 'text', custom_role_id: 'uuid',
    status: 'text', previous_status: 'text', language: 'text', language_chosen: 'boolean', time_zone: 'text', mobile: 'text', sms_country: 'text', second_factor: 'boolean',
    protected_replies: 'boolean', version: 'integer', invited_by: 'uuid', created_at: 'timestamptz', activated_at: 'timestamptz', last_active_at: 'timestamptz',
    removed_at: 'timestamptz', removed_state: 'jsonb',
  },
  license_pools: { organization_id: 'uuid', plan: 'text', quantity: 'integer', assigned: 'integer', renews_on: 'date', warned_percent: 'integer', renewal_told: 'smallint' },
  licenses: {
    organization_id: 'uuid', user_id: 'uuid', plan: 'text', state: 'text', assigned_at: 'timestamptz', assigned_by: 'uuid', activated_at: 'timestamptz', expires_on: 'date',
  },
  activation_links: {
    organization_id: 'uuid', id: 'uuid', user_id: 'uuid', token_hash: 'bytea', sent_by: 'uuid', created_at: 'timestamptz', expires_at: 'timestamptz', used_at: 'timestamptz',
    replaced_at: 'timestamptz', reminded_at: 'timestamptz', code_hash: 'bytea', code_expires_at: 'timestamptz', code_attempts: 'integer',
  },
  workspaces: { organization_id: 'uuid', id: 'uuid', name: 'text', version: 'integer', created_at: 'timestamptz' },
  workspace_members: { organization_id: 'uuid', workspace_id: 'uuid', user_id: 'uuid', added_at: 'timestamptz' },
  contacts: {
    organization_id: 'uuid', id: 'uuid', workspace_id: 'uuid', email: 'text', email_key: 'text', name: 'text', assigned_to: 'uuid', version: 'integer', created_at: 'timestamptz',
  },
  domains: {
    organization_id: 'uuid', id: 'uuid', name: 'text', unicode_name: 'text', status: 'text', record_host: 'text', record_value: 'text', last_check: 'jsonb', checks: 'integer',
    next_check_at: 'timestamptz', expires_at: 'timestamptz', missed: 'integer', missing_since: 'timestamptz', reason: 'text', warning: 'text', version: 'integer',
    created_at: 'timestamptz', created_by: 'uuid', approved_at: 'timestamptz', contested_at: 'timestamptz',
  },
  approved_domains: { name: 'text', organization_id: 'uuid', domain_id: 'uuid', approved_at: 'timestamptz' },
  events: {
    organization_id: 'uuid', sequence: 'bigint', id: 'uuid', at: 'timestamptz', recorded_at: 'timestamptz', category: 'text', kind: 'text', actor_id: 'uuid', actor_email: 'text',
    actor_name: 'text', of_admin: 'boolean', subjects: 'jsonb', target_type: 'text', target_id: 'text', target_label: 'text', message_id: 'text', changes: 'jsonb', ip: 'text',
    client: 'text', request_id: 'text', salt: 'bytea', commitment: 'bytea', previous_hash: 'bytea', hash: 'bytea',
  },
  event_people: { organization_id: 'uuid', user_id: 'uuid', sequence: 'bigint' },
  messages: {
    organization_id: 'uuid', id: 'text', reference: 'text', subject: 'text', type: 'text', sender_email: 'text', sender_key: 'text', sender_id: 'uuid', sender_name: 'text',
    files: 'integer', openings: 'integer', activities: 'integer', sent_at: 'timestamptz', last_activity_at: 'timestamptz', expires_at: 'timestamptz', status: 'text',
    revoke_requested_at: 'timestamptz', revoke_requested_by: 'uuid', revoked_at: 'timestamptz',
  },
  message_recipients: { organization_id: 'uuid', message_id: 'text', email_key: 'text', email: 'text', state: 'text', at: 'timestamptz' },
  orders: {
    organization_id: 'uuid', id: 'uuid', plan: 'text', from_plan: 'text', renewal: 'boolean', quantity: 'integer', amount_cents: 'integer', currency: 'text', status: 'text',
    provider: 'text', provider_reference: 'text', checkout_url: 'text', created_by: 'uuid', created_by_name: 'text', created_at: 'timestamptz', settled_at: 'timestamptz', lines: 'jsonb',
  },
  invoices: { organization_id: 'uuid', id: 'uuid', number: 'text', issued_on: 'date', currency: 'text', total_cents: 'integer', created_at: 'timestamptz' },
  invoice_lines: { organization_id: 'uuid', invoice_id: 'uuid', line: 'integer', order_id: 'uuid', text: 'text', plan: 'text', quantity: 'integer', amount_cents: 'integer' },
  jobs: {
    id: 'uuid', organization_id: 'uuid', kind: 'text', payload: 'jsonb', dedupe_key: 'text', state: 'text', run_at: 'timestamptz', attempts: 'integer', max_attempts: 'integer',
    lease: 'uuid', last_error: 'text', created_at: 'timestamptz', finished_at: 'timestamptz',
  },
  outbox: {
    organization_id: 'uuid', id: 'uuid', kind: 'text', to_email: 'text', to_name: 'text', language: 'text', params: 'jsonb', secrets: 'jsonb', dedupe_key: 'text', state: 'text',
    run_at: 'timestamptz', attempts: 'integer', max_attempts: 'integer', lease: 'uuid', last_error: 'text', created_at: 'timestamptz', sent_at: 'timestamptz', is_bulk: 'boolean',
  },
} as const satisfies { [T in keyof Database]?: { [C in keyof Insertable<Database[T]>]-?: ArrayType } }

/** A table that takes any number of rows at once. */
export type BulkTable = keyof typeof COLUMN_TYPES

/** A row for it, or what of it has no default; jsonb as plain values. */
export type BulkRow<T extends BulkTable> = { [C in keyof Insertable<Database[T]>]?: unknown }
