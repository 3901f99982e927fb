import { holds, type Viewer } from '../../../shared/access/access.policy'
import type { QueryOf } from '../../../shared/api/contract'
import type { Issue } from '../../../shared/errors'
import type { LogEvent } from '../../../shared/logs/logs.model'
import { EVENT_KINDS } from '../../../shared/logs/kinds.model'
import { readAddress } from '../../identity/address'
import type { Tx } from '../../store/bulk'
import type { EventFilter, EventReader, EventRow, EventWho } from '../../store/events.read'
import { isUuid } from '../../store/ids'
import { toEvent } from './record'

/** What a log is asked for on the wire, without its page. */
export type AskedEvents = Omit<QueryOf<'events.list'>, 'limit' | 'cursor'>

/** What of the log this viewer may read. */
export const readerOf = (viewer: Viewer): EventReader =>
  ({ organizationId: viewer.organizationId, userId: viewer.userId, members: holds(viewer, 'logs.view_users'), admins: holds(viewer, 'logs.view_admins') })

/** The problems of a filter that its schema can't know: `kind` is one kind or several between commas. */
export function findFilterIssues({ kind }: Pick<AskedEvents, 'kind'>): Issue[] {
  const isUnknown = kindsOf(kind).some((word) => !(EVENT_KINDS as readonly string[]).includes(word))
  return isUnknown ? [{ code: 'field.not_an_option', path: 'kind' }] : []
}

/** The filter as the store reads it; people are named by id or address, and found after they were removed. */
export async function resolveFilter(db: Tx, organizationId: string, asked: AskedEvents): Promise<EventFilter> {
  const { from, to, kind, category, ip, q, user, actor } = asked
  return {
    ...(from === undefined ? {} : { from: new Date(from) }),
    ...(to === undefined ? {} : { to: new Date(to) }),
    ...(kind === undefined ? {} : { kinds: kindsOf(kind) }),
    ...(category === undefined ? {} : { category }),
    ...(ip === undefined || ip === '' ? {} : { ip }),
    ...(q === undefined || q === '' ? {} : { text: q }),
    ...(user === undefined || user === '' ? {} : { user: await findWho(db, organizationId, user) }),
    ...(actor === undefined || actor === '' ? {} : { actor: await findWho(db, organizationId, actor) }),
  }
}

/** A line as its reader may see it: of a line that is only about them, not where its actor was. */
export function showTo(reader: EventReader, row: EventRow): LogEvent {
  const isGranted = row.of_admin ? reader.admins : reader.members
  return toEvent(isGranted || row.actor_id === null || row.actor_id === reader.userId ? row : { ...row, ip: null })
}

const kindsOf = (kind: string | undefined): string[] => (kind ?? '').split(',').map((word) => word.trim()).filter((word) => word !== '')

/** Somebody whom a filter names by id or address. */
export async function findWho(db: Tx, organizationId: string, text: string): Promise<EventWho> {
  if (isUuid(text)) return { ids: [text], email: '' }
  const key = readAddress(text)?.key ?? ''
  const users = key === '' ? [] : await db.selectFrom('users').select('id').where('organization_id', '=', organizationId).where('email_key', '=', key).execute()
  return { ids: users.map(({ id }) => id), email: key }
}
