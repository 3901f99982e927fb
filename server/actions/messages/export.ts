import * as v from 'valibot'
import type { Message } from '../../../shared/logs/logs.model'
import { messagesQuerySchema } from '../../../shared/logs/logs.model'
import { toFile } from '../../exports/file'
import { mapBatches, pagesOf } from '../../exports/pages'
import type { Cell } from '../../exports/table'
import { done, refused } from '../../http/handler'
import { parseInput } from '../../http/parse'
import { wordsOf } from '../../mail/words'
import { readMessages, type MessagePosition } from '../../store/messages.read'
import type { DownloadSource } from '../downloads/model'
import { resolveMessages } from './messages'
import { messageReaderOf, toMessages } from './record'

const PAGE_ROWS = 500
const filterSchema = v.omit(messagesQuerySchema, ['limit', 'cursor'])

const COLUMNS: readonly { id: string; width: number; cell: (message: Message) => Cell }[] = [
  { id: 'reference', width: 10, cell: ({ reference }) => reference },
  { id: 'sent_at', width: 11, cell: ({ sentAt }) => sentAt },
  { id: 'last_activity_at', width: 11, cell: ({ lastActivityAt }) => lastActivityAt ?? '' },
  { id: 'expires_at', width: 11, cell: ({ expiresAt }) => expiresAt ?? '' },
  { id: 'status', width: 8, cell: ({ status }) => status },
  { id: 'subject', width: 24, cell: ({ subject }) => subject },
  { id: 'sender', width: 16, cell: ({ sender }) => sender.email },
  { id: 'recipients', width: 20, cell: ({ recipients }) => recipients.map(({ email, state }) => `${email} (${state})`).join(';') },
  { id: 'files', width: 4, cell: ({ files }) => files },
  { id: 'openings', width: 5, cell: ({ openings }) => openings },
  { id: 'activities', width: 5, cell: ({ activities }) => activities },
  { id: 'type', width: 7, cell: ({ type }) => type },
]

const nameOf = (now: Date): string => `messages-${now.toISOString().slice(0, 10)}`

/** The messages that the list would show, newest first. */
export const messagesSource: DownloadSource = {
  formats: ['csv', 'xlsx'],
  event: 'file.downloaded',
  check: async (_deps, { filter, format, now }) => {
    const parsed = parseInput(filterSchema, filter)
    if (parsed.ok) return { ok: true, name: `${nameOf(now)}.${format}` }
    return refused(parsed.failure.code, { issues: parsed.failure.issues.map((issue) => ({ ...issue, path: `filter.${issue.path}` })) })
  },
  open: async ({ store }, { viewer, filter, format, locale, now }) => {
    const { organizationId } = viewer
    const asked = v.parse(filterSchema, filter)
    const resolved = await store.read(organizationId, (db) => resolveMessages(db, viewer, asked))
    const pages = pagesOf<Message, MessagePosition>((after) => store.read(organizationId, async (db) => {
      const rows = await readMessages(db, messageReaderOf(viewer), resolved, { after, limit: PAGE_ROWS, now })
      const last = rows.at(-1)
      return { rows: await toMessages(db, viewer, rows), next: rows.length < PAGE_ROWS || last === undefined ? null : { sentAt: last.sent_at, id: last.id } }
    }))
    const t = wordsOf(locale)
    return done(toFile(format, nameOf(now), {
      title: t('messages.title'), note: '', headed: true,
      columns: COLUMNS.map(({ id, width }) => ({ label: id, width })),
      batches: mapBatches(pages, (message) => COLUMNS.map(({ cell }) => cell(message))),
    }))
  },
}
