import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { arrayOf } from './arrays'
import { insertOf, type Tx } from './bulk'
import { chainEvents, EMPTY_CHAIN, SALT_BYTES, storableJson, storableText, type ChainHead, type OpenEvent } from './events.chain'
import { kept } from './kept'
import type { EventPerson, NewEvent } from './events.model'

/** What every event of a change has in common. */
export type EventOrigin = {
  organizationId: string
  actor: EventPerson
  requestId: string
  ip: string | null
  client: string
  now: Date
  newId: () => string
}

/**
 * What writes lines behind `after`: the log's head, as the caller read it while holding the organization's lock. Each
 * portion gets the sequences that follow the one before it.
 */
export function linesWriter(db: Tx, origin: EventOrigin, after: ChainHead): (events: readonly NewEvent[]) => Promise<void> {
  let head = after
  return (events) => {
    const first = head.sequence + 1
    const salts = randomBytes(SALT_BYTES * events.length)
    const chained = chainEvents(head, events.map((event, index) => openEvent(origin, event, first + index)), (index) => salts.subarray(index * SALT_BYTES, (index + 1) * SALT_BYTES))
    head = chained.head
    return writeLines(db, origin, chained)
  }
}

async function writeLines(db: Tx, { organizationId, now }: EventOrigin, { rows, head }: ReturnType<typeof chainEvents>): Promise<void> {
  const people = rows.flatMap((event) => peopleOf(event).map((userId) => ({ userId, sequence: event.sequence })))
  await sql`
    with lines as (
      ${insertOf('events', rows)}
    ), people as (
      insert into event_people select ${organizationId}::uuid, * from unnest(${arrayOf('uuid', people.map(({ userId }) => userId))}, ${arrayOf('bigint', people.map(({ sequence }) => sequence))})
    )
    insert into chain_heads (organization_id, sequence, hash, recorded_at)
    values (${organizationId}, ${head.sequence}, ${head.hash}, ${now})
    on conflict (organization_id) do update
      set sequence = excluded.sequence, hash = excluded.hash, recorded_at = excluded.recorded_at`.execute(kept(db))
}

/** The head of an organization's chain, as this transaction sees it. */
export async function readHead(db: Tx, organizationId: string): Promise<ChainHead> {
  const head = await kept(db).selectFrom('chain_heads').select(['sequence', 'hash']).where('organization_id', '=', organizationId).executeTakeFirst()
  return head ?? EMPTY_CHAIN
}

function openEvent(origin: EventOrigin, event: NewEvent, sequence: number): OpenEvent {
  const actor = event.actor ?? origin.actor
  return {
    organization_id: origin.organizationId,
    sequence,
    id: origin.newId(),
    at: event.at ?? origin.now,
    recorded_at: origin.now,
    category: event.category,
    kind: event.kind,
    actor_id: actor.id,
    actor_email: storableText(actor.email),
    actor_name: storableText(actor.name),
    of_admin: event.ofAdmin,
    subjects: storableJson(event.subjects ?? []),
    target_type: event.target?.type ?? null,
    target_id: storableText(event.target?.id ?? null),
    target_label: storableText(event.target?.label ?? null),
    message_id: storableText(event.messageId ?? null),
    changes: storableJson(event.changes ?? {}),
    ip: storableText(event.ip === undefined ? origin.ip : event.ip),
    client: storableText(event.client ?? origin.client),
    request_id: storableText(origin.requestId),
  }
}

function peopleOf(event: OpenEvent): string[] {
  const ids = [event.actor_id, ...event.subjects.map((subject) => subject.id)]
  return [...new Set(ids.filter((id) => id !== null))]
}
