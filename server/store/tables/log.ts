import type { Generated, GeneratedAlways } from 'kysely'
import type { EventCategory } from '../../../shared/logs/logs.model'
import type { EventChanges, EventPerson } from '../events.model'
import type { JsonOf, MessageStatus } from './columns'

/** `chain_heads` */
export type ChainHeadsTable = {
  organization_id: string
  sequence: number
  hash: Buffer
  recorded_at: Date
}

/** `signed_heads` */
export type SignedHeadsTable = {
  organization_id: string
  sequence: number
  hash: Buffer
  signed_at: Date
  signature: string
}

/** `log_seals` */
export type LogSealsTable = {
  organization_id: string
  month: string
  first_sequence: number
  last_sequence: number
  lines: number
  hash_before: Buffer
  hash_after: Buffer
  event_sequence: number
  sealed_at: Date
  signature: string
}

/** `log_exports` */
export type LogExportsTable = {
  organization_id: string
  id: string
  after_sequence: number
  head_sequence: number
  format: string
  exported_by: string
  exported_at: Date
}

/** `events` */
export type EventsTable = {
  organization_id: string
  sequence: number
  id: string
  at: Date
  recorded_at: Date
  category: EventCategory
  kind: string
  actor_id: string | null
  actor_email: string | null
  actor_name: string | null
  of_admin: boolean
  subjects: JsonOf<EventPerson[]>
  target_type: string | null
  target_id: string | null
  target_label: string | null
  message_id: string | null
  changes: JsonOf<EventChanges>
  ip: string | null
  client: string
  request_id: string
  salt: Buffer | null
  commitment: Buffer
  previous_hash: Buffer
  hash: Buffer
}

/** `event_people` */
export type EventPeopleTable = {
  organization_id: string
  user_id: string
  sequence: number
}

/** `ingested_event_ids` */
export type IngestedEventIdsTable = {
  organization_id: string
  event_id: string
  recorded_at: Date
}

/** `messages` */
export type MessagesTable = {
  organization_id: string
  id: string
  reference: Generated<string>
  subject: Generated<string>
  type: Generated<string>
  sender_email: Generated<string>
  sender_key: Generated<string>
  sender_id: string | null
  sender_name: Generated<string>
  search: GeneratedAlways<string>
  files: Generated<number>
  openings: Generated<number>
  activities: Generated<number>
  sent_at: Date
  last_activity_at: Date | null
  expires_at: Date | null
  status: MessageStatus
  revoke_requested_at: Date | null
  revoke_requested_by: string | null
  revoked_at: Date | null
}

/** `message_recipients` */
export type MessageRecipientsTable = {
  organization_id: string
  message_id: string
  email_key: string
  email: string
  state: string
  at: Date | null
}

/** `event_counts`: written by the database alone, as are `event_sender_counts`. */
export type EventCountsTable = {
  organization_id: string
  day: string
  of_admin: boolean
  sent: number
  opened: number
  signed: number
}

/** `event_sender_counts` */
export type EventSenderCountsTable = EventCountsTable & {
  user_id: string
  sender_id: string
  sender_email: string
  sender_name: string
}
