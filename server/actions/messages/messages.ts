import { isAdministrator } from '../../../shared/access/access.policy'
import type { QueryOf } from '../../../shared/api/contract'
import type { Message } from '../../../shared/logs/logs.model'
import { planRevoke, type MessageSnapshot } from '../../../shared/logs/revoke.plan'
import { done, refused, type Handler } from '../../http/handler'
import type { Viewer } from '../../identity/viewer'
import type { Tx } from '../../store/bulk'
import { findMessage, readMessages, type MessageFilter, type MessagePosition, type MessageRow } from '../../store/messages.read'
import type { Change } from '../../store/transactions'
import type { ActionDeps } from '../deps'
import { findWho } from '../events/query'
import { messageReaderOf, readMessage, toMessages } from './record'
import { runPlanned, type Refusal } from '../planned'

const PAGE = 50
const MAX_WORDS = 5
/** Together with the pauses between them about a week: a service that is down for a weekend still hears of it. */
const REVOKE_ATTEMPTS = 170

/** The kind of job that tells the messaging service of a revocation. */
export const REVOKE_JOB = 'message.revoke'

type AskedMessages = Omit<QueryOf<'messages.list'>, 'limit' | 'cursor'>
type Stored = { row: MessageRow; snapshot: MessageSnapshot }

/** `GET /v1/messages`: one page, newest first: one's own, and those of others that one may know of. */
export const messagesList = ({ store }: ActionDeps): Handler<'messages.list'> => async ({ query }, { viewer, now }) => {
  const { cursor, limit = PAGE, ...asked } = query
  const scope = { organizationId: viewer.organizationId, list: `messages of ${viewer.userId}`, filter: asked }
  const after = cursor === undefined ? null : positionOf(store.cursors.decode(scope, cursor))
  if (after === undefined) return refused('request.invalid', { issues: [{ code: 'cursor.invalid', path: 'cursor' }] })
  return store.read(viewer.organizationId, async (db) => {
    const found = await readMessages(db, messageReaderOf(viewer), await resolveMessages(db, viewer, asked), { after, limit: limit + 1, now })
    const page = found.slice(0, limit)
    const last = page.at(-1)
    return done({ items: await toMessages(db, viewer, page), next: found.length > limit && last !== undefined ? store.cursors.encode(scope, [last.sent_at.toISOString(), last.id]) : null })
  })
}

/** `GET /v1/messages/{messageId}`: one message, every recipient's state and its events. */
export const messagesGet = ({ store }: ActionDeps): Handler<'messages.get'> => async ({ params }, { viewer, now }) => {
  const found = await store.read(viewer.organizationId, (db) => readMessage(db, viewer, params.messageId, now))
  return found === null ? refused('not_found') : done(found)
}

/** `POST /v1/messages/{messageId}/revoke`: requested here, confirmed when the messaging service has heard of it. */
export const messagesRevoke = ({ store }: ActionDeps): Handler<'messages.revoke'> => async ({ params }, ctx) => {
  const { viewer, now } = ctx
  return runPlanned<Stored, ReturnType<typeof planRevoke>, Message>(store, ctx, {
    load: (db) => loadMessage(db, viewer, params.messageId, now),
    decide: ({ snapshot }) => planRevoke(snapshot, viewer),
    apply: async (change, { row }) => {
      await requestRevoke(change, viewer, row)
      const changed = await readMessage(change.db, viewer, row.id, now)
      if (changed === null) throw new Error('a message vanished under the lock')
      return changed.message
    },
  })
}

/** The filter as the store reads it: `user` is the sender, by id or address. */
export async function resolveMessages(db: Tx, viewer: Viewer, asked: AskedMessages): Promise<MessageFilter> {
  const { mine, user, status, q, from, to } = asked
  const sender = mine === 'true' ? { ids: [viewer.userId], email: '' } : user === undefined || user === '' ? undefined : await findWho(db, viewer.organizationId, user)
  return {
    ...(sender === undefined ? {} : { sender }),
    ...(status === undefined ? {} : { status }),
    ...(q === undefined ? {} : { words: q.split(/\s+/).filter((word) => word !== '').slice(0, MAX_WORDS) }),
    ...(from === undefined ? {} : { from: new Date(from) }),
    ...(to === undefined ? {} : { to: new Date(to) }),
  }
}

async function loadMessage(db: Tx, viewer: Viewer, messageId: string, now: Date): Promise<{ ok: true; value: Stored } | Refusal> {
  const row = await findMessage(db, messageReaderOf(viewer), messageId, now)
  if (row === undefined) return { ok: false, code: 'not_found' }
  const { recipients } = await db.selectFrom('message_recipients').select(({ fn }) => fn.countAll<number>().as('recipients'))
    .where('organization_id', '=', viewer.organizationId).where('message_id', '=', messageId).executeTakeFirstOrThrow()
  return { ok: true, value: { row, snapshot: { id: row.id, label: row.subject || row.reference || row.id, senderId: row.sender_id, status: row.status, recipients: Number(recipients), openings: row.openings } } }
}

async function requestRevoke(change: Change, viewer: Viewer, row: MessageRow): Promise<void> {
  await change.db.updateTable('messages').set({ status: 'revoke_requested', revoke_requested_at: change.now, revoke_requested_by: viewer.userId })
    .where('organization_id', '=', change.organization.id).where('id', '=', row.id).execute()
  change.record({
    category: 'audit', kind: 'message.revoke_requested', ofAdmin: isAdministrator(viewer) || row.of_admin, messageId: row.id,
    subjects: [{ id: row.sender_id, email: row.sender_email, name: row.sender_name }],
    target: { type: 'message', id: row.id, label: row.subject || row.reference }, changes: { status: { from: row.status, to: 'revoke_requested' } },
  })
  change.job({ kind: REVOKE_JOB, payload: { messageId: row.id, requestedBy: viewer.email, requestedAt: change.now.toISOString() }, dedupeKey: `revoke ${change.organization.id} ${row.id}`, maxAttempts: REVOKE_ATTEMPTS })
}

/** Undefined for a cursor that was not made for this list. */
function positionOf(values: unknown[] | null): MessagePosition | undefined {
  const [sentAt, id] = values ?? []
  return typeof sentAt === 'string' && typeof id === 'string' ? { sentAt: new Date(sentAt), id } : undefined
}
