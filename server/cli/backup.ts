import { resolve } from 'node:path'
import { writeBackup } from '../store/backup/backup'
import { restoreBackup, type RestoreProblem } from '../store/backup/restore'
import { openPersistence, startDatabase } from '../persistence'
import type { Settings } from '../settings'
import { headsFolder, readHeads } from '../store/log.heads'
import { findRunningPostgres } from '../store/postgres/running'
import { verifyLog } from '../store/log.verify'
import type { Store } from '../store/store'
import { EXIT, type Command, type ExitCode } from './command'

/** Writes all data of one moment to a folder, beside a running server or without one. */
export const backup: Command = {
  usage: 'backup FOLDER',
  summary: 'writes all data, as it is at one moment, into a new folder; the server may go on',
  words: 1,
  options: [],
  run: async ({ connection, settings, words, print, now }) => {
    const folder = resolve(words[0] ?? '')
    const manifest = await writeBackup({ connection, headsFolder: headsFolder(settings.dataDir), folder, now })
    if (manifest === null) {
      print(`${folder} exists already or cannot be made`)
      return EXIT.failed
    }
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    print(`${rows} rows of ${manifest.tables.length} tables in ${folder}`)
    return EXIT.done
  },
}

const PROBLEMS: Record<RestoreProblem, string> = {
  'backup.unreadable': 'no whole backup is there',
  'backup.newer': 'the backup was written by a newer version: use that one, or a newer one',
  'backup.changed_schema': 'the backup does not fit this version',
  'backup.damaged': 'the backup is damaged',
  'restore.not_empty': 'there is data already: choose another DATA_DIR or an empty database',
}

/** Brings a backup back into a new data folder or an empty database, and verifies every log of it. Refused where a server runs, or data lies. */
export async function restore(settings: Settings, folder: string, print: (line: string) => void): Promise<ExitCode> {
  const running = settings.databaseUrl === null ? await findRunningPostgres(settings.dataDir) : null
  if (running !== null) {
    print('a server is running on this data: stop it first')
    return EXIT.failed
  }
  const database = await startDatabase({ settings, onLost: print })
  if (!database.ok) {
    print(`${database.problem.detail.replaceAll('\n', ' ')} (${database.problem.code})`)
    return EXIT.failed
  }
  try {
    const restored = await restoreBackup({ connection: database.connection, headsFolder: headsFolder(settings.dataDir), folder: resolve(folder) })
    if (!restored.ok) {
      print(`nothing was restored: ${PROBLEMS[restored.problem]} (${restored.detail})`)
      return EXIT.failed
    }
    print(`restored the backup of ${restored.manifest.createdAt}`)
    const opened = await openPersistence({ settings, clock: () => new Date(), onLost: print, onError: () => undefined, running: database.connection })
    if (!opened.ok) {
      print(opened.problem.detail)
      return EXIT.failed
    }
    const isWhole = await verifyAll(opened.store, headsFolder(settings.dataDir), print)
    await opened.close()
    return isWhole ? EXIT.done : EXIT.failed
  } finally {
    await database.stop()
  }
}

async function verifyAll(store: Store, heads: string, print: (line: string) => void): Promise<boolean> {
  const kept = (await readHeads(store, heads)).heads
  const organizations = await store.system((db) => db.selectFrom('organizations').select(['id', 'name']).orderBy('created_at').execute())
  let isWhole = true
  for (const { id, name } of organizations) {
    const verdict = await verifyLog(store, id, (kept.get(id) ?? []).map(({ head }) => head))
    print(verdict.ok ? `ok     ${id} ${name}: ${verdict.head.sequence} lines` : `BROKEN ${id} ${name}: sequence ${verdict.sequence} (${verdict.problem})`)
    isWhole &&= verdict.ok
  }
  return isWhole
}

/** Kept for the help: `restore` runs before anything is opened. */
export const RESTORE_HELP = ['restore FOLDER', 'brings a backup back into a new DATA_DIR or an empty database, and verifies every log; refused over data'] as const
