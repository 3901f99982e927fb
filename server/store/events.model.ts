import type { ChangedField, Client, EventCategory } from '../../shared/logs/logs.model'
import type { EventKind } from '../../shared/logs/kinds.model'

/** A person as the log remembers them: the address and name stay when the user is gone. */
export type EventPerson = { id: string | null; email: string; name: string }

/** What a field was and what it is; every field has a name in the reader's language. */
export type EventChanges = { [K in ChangedField]?: Changed } & { [K in `quantity.${string}`]: Changed }
type Changed = { from: unknown; to: unknown }

/** What the event happened to. */
export type EventTarget = { type: string; id: string | null; label: string }

/**
 * An event to record. Left out, `actor`, `ip`, `client` and `at` are those of the change that records it.
 * `ofAdmin`: the actor or a subject is an administrator, so that only who may read administrators' logs sees it.
 */
export type NewEvent = {
  category: EventCategory
  kind: EventKind
  ofAdmin: boolean
  subjects?: EventPerson[]
  target?: EventTarget | null
  changes?: EventChanges
  messageId?: string | null
  actor?: EventPerson
  ip?: string | null
  client?: Client | (string & {})
  at?: Date
}
