import type { Generated, GeneratedAlways } from 'kysely'
import type { DomainCheck, DomainStatus, DomainWarning } from '../../../shared/domains/domains.model'
import type { Json } from '../../../shared/kit/result'
import type { UserStatus } from '../../../shared/users/users.model'
import type { DefaultJsonOf, JsonOf, UserRole } from './columns'

/** `organizations` */
export type OrganizationsTable = {
  id: string
  name: string
  address: Generated<string>
  contact_email: Generated<string>
  settings: DefaultJsonOf<Record<string, Json>>
  version: Generated<number>
  created_at: Date
  deleted_at: Date | null
}

/** `user_counts`: written by the database alone. */
export type UserCountsTable = {
  organization_id: string
  status: UserStatus
  count: number
}

/** `plans` */
export type PlansTable = {
  id: string
  name: string
  rank: number
  attachment_mb: number
  messages_per_month: number | null
  signatories: number
  price_cents: number
  currency: string
}

/** `roles` */
export type RolesTable = {
  organization_id: string
  id: string
  name: string
  name_key: GeneratedAlways<string>
  permissions: string[]
  version: Generated<number>
  created_at: Date
}

/** `users` */
export type UsersTable = {
  organization_id: string
  id: string
  email: string
  email_key: string
  domain: string
  first_name: Generated<string>
  last_name: Generated<string>
  name_key: GeneratedAlways<string>
  search: GeneratedAlways<string>
  role: UserRole
  custom_role_id: string | null
  status: UserStatus
  previous_status: 'pending' | 'active' | 'suspended' | null
  language: Generated<string>
  language_chosen: Generated<boolean>
  time_zone: Generated<string>
  mobile: Generated<string>
  sms_country: Generated<string>
  second_factor: Generated<boolean>
  protected_replies: Generated<boolean>
  version: Generated<number>
  invited_by: string | null
  created_at: Date
  activated_at: Date | null
  last_active_at: Date | null
  removed_at: Date | null
  removed_state: JsonOf<unknown> | null
}

/** `identities` */
export type IdentitiesTable = {
  organization_id: string
  id: string
  user_id: string
  issuer: string
  subject: string
  email: string | null
  linked_at: Date
  last_used_at: Date | null
}

/** `identity_links` */
export type IdentityLinksTable = {
  organization_id: string
  id: string
  kind: 'microsoft' | 'google'
  tenant: string
  created_at: Date
  created_by: string | null
}

/** `license_pools` */
export type LicensePoolsTable = {
  organization_id: string
  plan: string
  quantity: Generated<number>
  assigned: Generated<number>
  renews_on: string | null
  warned_percent: Generated<number>
  renewal_told: Generated<number>
}

/** `licenses` */
export type LicensesTable = {
  organization_id: string
  user_id: string
  plan: string
  state: 'assigned' | 'active'
  assigned_at: Date
  assigned_by: string | null
  activated_at: Date | null
  expires_on: string | null
}

/** `activation_links` */
export type ActivationLinksTable = {
  organization_id: string
  id: string
  user_id: string
  token_hash: Buffer
  sent_by: string | null
  created_at: Date
  expires_at: Date
  used_at: Date | null
  replaced_at: Date | null
  reminded_at: Date | null
  code_hash: Buffer | null
  code_expires_at: Date | null
  code_attempts: Generated<number>
}

/** `workspaces` */
export type WorkspacesTable = {
  organization_id: string
  id: string
  name: string
  name_key: GeneratedAlways<string>
  version: Generated<number>
  created_at: Date
}

/** `workspace_members` */
export type WorkspaceMembersTable = {
  organization_id: string
  workspace_id: string
  user_id: string
  added_at: Date
}

/** `contacts` */
export type ContactsTable = {
  organization_id: string
  id: string
  workspace_id: string
  email: string
  email_key: string
  name: Generated<string>
  name_key: GeneratedAlways<string>
  search: GeneratedAlways<string>
  assigned_to: string | null
  version: Generated<number>
  created_at: Date
}

/** `domains` */
export type DomainsTable = {
  organization_id: string
  id: string
  name: string
  unicode_name: string
  status: DomainStatus
  record_host: string
  record_value: string
  last_check: JsonOf<DomainCheck> | null
  checks: Generated<number>
  next_check_at: Date | null
  expires_at: Date | null
  missed: Generated<number>
  missing_since: Date | null
  reason: string | null
  warning: DomainWarning | null
  version: Generated<number>
  created_at: Date
  created_by: string | null
  approved_at: Date | null
  contested_at: Date | null
}

/** `approved_domains` */
export type ApprovedDomainsTable = {
  name: string
  organization_id: string
  domain_id: string
  approved_at: Date
}
