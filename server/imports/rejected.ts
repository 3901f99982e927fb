import { Readable } from 'node:stream'
import type { Failure } from '../../shared/errors'
import type { Locale } from '../../shared/kit/locale'
import type { Translate } from '../../shared/i18n/translate'
import { wordOf } from '../../shared/imports/imports.columns'
import { done, refused, type FileAnswer, type Outcome } from '../http/handler'
import { wordsOf } from '../mail/words'
import { isUuid } from '../store/ids'
import type { ImportKey } from '../store/imports'
import type { Store } from '../store/store'
import type { Row } from '../store/tables'
import { csvLine, guardCell, unguardCell } from './csv'

const PAGE_ROWS = 1_000
const BOM = '\ufeff'

/** What is known before the rows are read. */
type Layout = { name: string; failure: string | null; header: string[]; separator: string }

/**
 * The rejected rows of an import that is over: the original columns in their order, and the reason in the
 * reader's language behind them. Read page by page while it is sent. `not_found`, `import.not_ready`.
 */
export async function openRejected(store: Store, key: ImportKey, locale: Locale): Promise<Outcome<FileAnswer>> {
  const found = await findLayout(store, key)
  if (!found.ok) return found
  const { layout } = found
  return done({ mediaType: 'text/csv', name: fileNameOf(layout.name), content: Readable.from(writeRows(store, key, layout, wordsOf(locale))) })
}

/** The name of the file that `openRejected` would answer now, or why it would not. */
export async function checkRejected(store: Store, key: ImportKey): Promise<{ ok: true; name: string } | { ok: false; failure: Failure }> {
  const found = await findLayout(store, key)
  return found.ok ? { ok: true, name: fileNameOf(found.layout.name) } : found
}

async function findLayout(store: Store, key: ImportKey): Promise<{ ok: true; layout: Layout } | { ok: false; failure: Failure }> {
  if (!isUuid(key.importId)) return refused('not_found')
  const found = await store.read(key.organizationId, (db) => db.selectFrom('user_imports')
    .innerJoin('user_import_sources as source', (join) => join.onRef('source.organization_id', '=', 'user_imports.organization_id').onRef('source.import_id', '=', 'user_imports.id'))
    .select(['user_imports.name', 'user_imports.status', 'user_imports.failure', 'source.header'])
    .where('user_imports.organization_id', '=', key.organizationId).where('user_imports.id', '=', key.importId).executeTakeFirst())
  if (found === undefined) return refused('not_found')
  if (found.status === 'queued' || found.status === 'running') return refused('import.not_ready')
  return { ok: true, layout: { name: found.name, failure: found.failure, header: found.header?.cells ?? [], separator: found.header?.separator ?? ',' } }
}

const fileNameOf = (name: string): string => `${name.replace(/\.[A-Za-z]{2,5}$/, '') || 'users'}-rejected.csv`

async function* writeRows(store: Store, key: ImportKey, { failure, header, separator }: Layout, t: Translate): AsyncGenerator<string> {
  // Rows that come back a second time lose the reason of the first.
  const kept = header.flatMap((cell, index) => (isReason(cell) ? [] : [index]))
  const width = header.length
  yield `${BOM}${csvLine([...kept.map((index) => guardCell(unguardCell(header[index] ?? ''))), t('import.reason')], separator)}`
  for (let after = 0, isLast = false; !isLast;) {
    const rows = await readPage(store, key, after)
    const lines = rows.map(({ cells, issues }) => {
      const original = [...kept.map((index) => cells[index] ?? ''), ...cells.slice(width)]
      return csvLine([...original.slice(0, kept.length).map((cell) => guardCell(unguardCell(cell))), reasonOf(issues, failure, t), ...original.slice(kept.length).map(guardCell)], separator)
    })
    yield lines.join('')
    after = rows.at(-1)?.row ?? after
    isLast = rows.length < PAGE_ROWS
  }
}

const REASONS = new Set(['reason', 'motif', 'motivo'].map(wordOf))
const isReason = (cell: string): boolean => REASONS.has(wordOf(cell))

function reasonOf(issues: Row<'user_import_rows'>['issues'], failure: string | null, t: Translate): string {
  const sentences = (issues ?? []).map(({ code, params }) => t.code(code, params))
  return guardCell((sentences.length > 0 ? sentences : [t.code(failure ?? 'server.failed')]).join(' '))
}

const readPage = (store: Store, key: ImportKey, after: number) => store.read(key.organizationId, (db) => db.selectFrom('user_import_rows').select(['row', 'cells', 'issues'])
  .where('organization_id', '=', key.organizationId).where('import_id', '=', key.importId).where('outcome', '=', 'rejected').where('row', '>', after)
  .orderBy('row').limit(PAGE_ROWS).execute())
