import { open, rm } from 'node:fs/promises'
import { loadRetention } from '../actions/events/retention'
import type { ChainHead } from '../store/events.chain'
import { headsFolder, readHeads } from '../store/log.heads'
import { findSealable, keptSince, purgeSealed, sealedHead, sealKey, sealMonths, readSeals } from '../store/log.seals'
import { verifyLog } from '../store/log.verify'
import type { Row } from '../store/tables'
import { EXIT, operatorScope, type Command, type CommandContext, type ExitCode } from './command'

const WRITTEN_AT_ONCE = 1_000_000

/** Takes the months beyond the retention out of a log, once they are written to a file that can be verified by itself. */
export const logPurge: Command = {
  usage: 'log purge ORGANIZATION [--to FILE --yes NAME]',
  summary: 'shows the months beyond the retention; with --to, writes their lines to a new file and takes them out for good. --yes repeats the name of the organization',
  words: 1,
  ofOrganization: true,
  options: ['to', 'yes'],
  run: async (context) => {
    const { store, words, options, print, now } = context
    const id = words[0] ?? ''
    const organization = await store.system((db) => db.selectFrom('organizations').select(['id', 'name']).where('id', '=', id).where('deleted_at', 'is', null).executeTakeFirst())
    if (organization === undefined) return failed(print, 'no such organization')
    const { retentionMonths, months, lines, through } = await store.system((db) => loadRetention(db, id, now))
    if (retentionMonths === null) return failed(print, 'this organization keeps its whole log: set the months to keep first')
    for (const month of months) print(`${month.month}  ${month.lines} lines`)
    // What an earlier purge could not finish is finished by the next.
    if (months.length === 0) print(`nothing is older than ${retentionMonths} months${finished(await purgeSealed(store, id))}`)
    if (months.length === 0) return EXIT.done
    if (options['to'] === undefined) {
      print(`${lines} lines are older than ${retentionMonths} months; --to FILE --yes NAME takes them out`)
      return EXIT.done
    }
    if (options['yes'] !== organization.name) return failed(print, '--yes must repeat the name of the organization')
    return purge(context, { id, to: options['to'], retentionMonths, through })
  },
}

type Wanted = { id: string; to: string; retentionMonths: number; through: number }

async function purge(context: CommandContext, { id, to, retentionMonths, through }: Wanted): Promise<ExitCode> {
  const { store, settings, print, now } = context
  const { heads } = await readHeads(store, headsFolder(settings.dataDir))
  const before = sealedHead(await store.system((db) => readSeals(db, id)))
  const archived = await archive(to, before, async (write) => verifyLog(store, id, (heads.get(id) ?? []).map(({ head }) => head), { until: through, onLine: write }))
  if (archived === null) return failed(print, `${to} exists already or cannot be written`)
  if (!archived.ok) await rm(to)
  if (!archived.ok) return failed(print, `nothing was taken out: sequence ${archived.sequence} does not verify (${archived.problem})`)
  const key = await sealKey(store)
  const outcome = await store.change(operatorScope(context, id), async (change) => {
    const months = await findSealable(change.db, id, keptSince(now, retentionMonths))
    await sealMonths(change, key, months.filter(({ lastSequence }) => lastSequence <= through))
    return { ok: true, value: null }
  })
  if (!outcome.ok) return failed(print, 'no such organization')
  print(`took ${await purgeSealed(store, id)} lines out; they are in ${to}`)
  return EXIT.done
}

/** Writes the lines as JSON, one each, after the head that they follow; nothing counts before it is on the disk. Null where the file cannot be made. */
async function archive<T>(file: string, before: ChainHead, read: (write: (line: Row<'events'>) => Promise<void>) => Promise<T>): Promise<T | null> {
  const handle = await open(file, 'wx', 0o600).catch(() => null)
  if (handle === null) return null
  let waiting = `${JSON.stringify({ after: before.sequence, hash: before.hash.toString('hex') })}\n`
  try {
    const result = await read(async (line) => {
      if (line.sequence <= before.sequence) return
      waiting += `${JSON.stringify(line, hexOfBytes)}\n`
      if (waiting.length < WRITTEN_AT_ONCE) return
      await handle.appendFile(waiting)
      waiting = ''
    })
    await handle.appendFile(waiting)
    await handle.sync()
    return result
  } finally {
    await handle.close()
  }
}

/** Bytes as hex: JSON has seen them as Node writes buffers out. */
const hexOfBytes = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer' && 'data' in value && Array.isArray(value.data) ? Buffer.from(value.data).toString('hex') : value

const finished = (lines: number): string => (lines === 0 ? '' : `; finished taking ${lines} lines out`)

function failed(print: (line: string) => void, text: string): ExitCode {
  print(text)
  return EXIT.failed
}
