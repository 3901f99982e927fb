import type { LogEvent } from '../../../shared/logs/logs.model'
import type { EventKind } from '../../../shared/logs/kinds.model'
import type { EventRow } from '../../store/events.read'

/** A line of the log as it leaves the server. */
export const toEvent = (row: EventRow): LogEvent => ({
  id: row.id,
  sequence: row.sequence,
  at: row.at.toISOString(),
  recordedAt: row.recorded_at.toISOString(),
  category: row.category,
  // Kinds are written by the server itself, from the list.
  kind: row.kind as EventKind,
  actor: { id: row.actor_id, email: row.actor_email ?? '', name: row.actor_name ?? '' },
  subjects: row.subjects,
  target: row.target_type === null ? null : { type: row.target_type, id: row.target_id, label: row.target_label ?? '' },
  changes: row.changes,
  ip: row.ip,
  client: row.client,
  ...(row.erased ? { erased: true } : {}),
})
