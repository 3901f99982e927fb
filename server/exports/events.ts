import type { AskedEvents } from '../actions/events/query'
import { resolveFilter, showTo } from '../actions/events/query'
import type { DownloadFormat } from '../actions/downloads/model'
import { changeLines } from '../../shared/screens/logs/changes'
import { clientText, eventSentence, personText } from '../../shared/screens/logs/events.text'
import type { LogEvent } from '../../shared/logs/logs.model'
import type { Translate } from '../../shared/i18n/translate'
import type { MailWords } from '../mail/words'
import { readEventsAfter, type EventReader, type EventRow } from '../store/events.read'
import type { Store } from '../store/store'
import { mapBatches, pagesOf } from './pages'
import type { Cell, ExportTable } from './table'

/** Few enough to be taken back young: with 2,000 each page outlived the collector’s small rounds, and memory grew by half. */
const PAGE_ROWS = 500
/** One query looks at this many lines at most, however few of them the filter leaves. */
const WINDOW = 100_000

/** What of the log goes into a file: from after one sequence up to the head that the file declares. */
export type EventsExport = { reader: EventReader; asked: AskedEvents; after: number; head: number; /** Hears how far it has come. */ onReached?: (sequence: number) => void }

type Column = { id: string; width: number; cell: (event: LogEvent, t: Translate) => Cell; in: readonly DownloadFormat[] }

const ALL = ['csv', 'xlsx', 'pdf'] as const
const DATA = ['csv', 'xlsx'] as const

/** A file for programs has every field by its name in the API; one for people has sentences. */
const COLUMNS: readonly Column[] = [
  { id: 'sequence', width: 5, in: ALL, cell: ({ sequence }) => sequence },
  { id: 'at', width: 11, in: ALL, cell: ({ at }) => at },
  { id: 'recorded_at', width: 11, in: DATA, cell: ({ recordedAt }) => recordedAt },
  { id: 'text', width: 42, in: ['xlsx', 'pdf'], cell: (event, t) => eventSentence(event, t) },
  { id: 'category', width: 6, in: DATA, cell: ({ category }) => category },
  { id: 'kind', width: 10, in: DATA, cell: ({ kind }) => kind },
  { id: 'actor_email', width: 14, in: DATA, cell: ({ actor }) => actor.email },
  { id: 'actor_name', width: 12, in: DATA, cell: ({ actor }) => actor.name },
  { id: 'subjects', width: 14, in: DATA, cell: ({ subjects }) => subjects.map((subject) => subject.email || personText(subject)).join(';') },
  { id: 'target_type', width: 6, in: DATA, cell: ({ target }) => target?.type ?? '' },
  { id: 'target_id', width: 10, in: DATA, cell: ({ target }) => target?.id ?? '' },
  { id: 'target', width: 16, in: DATA, cell: ({ target }) => target?.label ?? '' },
  { id: 'changes', width: 20, in: DATA, cell: ({ changes }) => (Object.keys(changes).length === 0 ? '' : JSON.stringify(changes)) },
  { id: 'ip', width: 9, in: ALL, cell: ({ ip }) => ip ?? '' },
  { id: 'client', width: 8, in: ALL, cell: ({ client }, t) => clientText(client, t) },
]

/** The log as a table, oldest line first, so that a file that broke off goes on after its last sequence. */
export function eventsTable(store: Store, exported: EventsExport, format: DownloadFormat, t: MailWords): ExportTable {
  const columns = COLUMNS.filter((column) => column.in.includes(format))
  const { reader, asked, after } = exported
  const label = (id: string): string => (format === 'csv' ? id : t(`logs.column_${id}` as 'logs.column_at'))
  return {
    title: t('logs.title'),
    note: filterText(asked, t),
    gaps: (count) => t('mails.pdf_gaps', { count }),
    columns: columns.map(({ id, width }) => ({ label: label(id), width })),
    headed: after === 0,
    batches: mapBatches(readAll(store, exported), (row) => {
      const event = showTo(reader, row)
      return columns.map(({ id, cell }) => (format === 'csv' && id === 'client' ? event.client : cell(event, t)))
    }),
  }
}

/** The filter on screen, as the log says it of the export itself. */
const filterText = (asked: AskedEvents, t: Translate): string =>
  changeLines({ kind: 'log.exported', changes: Object.fromEntries(Object.entries(asked).map(([name, to]) => [name, { from: null, to }])) }, t).map(({ label, text }) => t('common.labelled', { label, value: text })).join(' · ')

async function* readAll(store: Store, { reader, asked, after, head, onReached }: EventsExport): AsyncGenerator<readonly EventRow[]> {
  const { organizationId } = reader
  const filter = await store.read(organizationId, (db) => resolveFilter(db, organizationId, asked))
  yield* pagesOf<EventRow, number>(async (position) => {
    const from = position ?? after
    const end = Math.min(from + WINDOW, head)
    const rows = await store.read(organizationId, (db) => readEventsAfter(db, reader, filter, { after: from, head: end, limit: PAGE_ROWS }))
    const reached = rows.length < PAGE_ROWS ? end : (rows.at(-1)?.sequence ?? end)
    onReached?.(reached)
    return { rows, next: reached < head ? reached : null }
  })
}
