import { headsFolder, readHeads, signHeads } from '../store/log.heads'
import { verifyLog } from '../store/log.verify'
import { EXIT, type Command, type CommandContext } from './command'

const PROBLEMS = {
  missing: 'a line is missing or out of order',
  edited: 'the line was changed',
  relinked: 'the line does not follow the one before it',
  text_edited: 'names, addresses or values of the line were changed',
  truncated: 'the log ends here, and a kept head says that it went on',
  seal_forged: 'lines are missing, and what stands for them is no seal of ours',
  head_differs: 'the log up to here is not the one whose head was kept',
} as const

/** The organizations of a command: all, also deleted ones, or the one named. */
async function organizationsOf({ store, options }: CommandContext): Promise<{ id: string; name: string }[]> {
  const rows = await store.system((db) => db.selectFrom('organizations').select(['id', 'name']).orderBy('created_at').execute())
  return options['org'] === undefined ? rows : rows.filter(({ id }) => id === options['org'])
}

/** Verifies the log against itself and against the heads kept outside. */
export const logVerify: Command = {
  usage: 'log verify [--org ID] [--heads FOLDER]',
  summary: 'checks every line of the log, and names the first that is wrong or missing',
  words: 0,
  options: ['org', 'heads'],
  run: async (context) => {
    const { store, settings, options, print } = context
    const organizations = await organizationsOf(context)
    if (organizations.length === 0 && options['org'] !== undefined) {
      print('no such organization')
      return EXIT.failed
    }
    const { heads, unreadable } = await readHeads(store, options['heads'] ?? headsFolder(settings.dataDir))
    if (unreadable > 0) print(`${unreadable} kept heads are cut short or have a wrong signature`)
    let isWhole = unreadable === 0
    for (const { id, name } of organizations) {
      const kept = heads.get(id) ?? []
      const verdict = await verifyLog(store, id, kept.map(({ head }) => head))
      const against = kept.length === 0 ? 'no kept head to compare with' : `${kept.length} kept heads agree`
      const purged = verdict.ok && verdict.sealed > 0 ? `, purged up to ${verdict.sealed}` : ''
      print(verdict.ok ? `ok     ${id} ${name}: ${verdict.head.sequence} lines${purged}, ${against}` : `BROKEN ${id} ${name}: sequence ${verdict.sequence}: ${PROBLEMS[verdict.problem]} (${verdict.problem})`)
      isWhole &&= verdict.ok
    }
    // A log whose organization is gone from the database is as cut as one that ends early.
    const known = new Set(organizations.map(({ id }) => id))
    const lost = options['org'] === undefined ? [...heads.keys()].filter((id) => !known.has(id)) : []
    for (const id of lost) print(`BROKEN ${id}: sequence 1: ${PROBLEMS.truncated} (truncated)`)
    return isWhole && lost.length === 0 ? EXIT.done : EXIT.failed
  },
}

/** Shows where each log stands; with `--sign`, keeps it outside as the server does every hour. */
export const logHead: Command = {
  usage: 'log head [--org ID] [--sign yes]',
  summary: 'shows the last sequence and hash of each log; with --sign yes, signs and keeps them now',
  words: 0,
  options: ['org', 'sign'],
  run: async (context) => {
    const { store, settings, options, print, now } = context
    if (options['sign'] === 'yes') print(`signed ${await signHeads(store, headsFolder(settings.dataDir), now)} heads into ${headsFolder(settings.dataDir)}`)
    for (const { id, name } of await organizationsOf(context)) {
      const head = await store.system((db) => db.selectFrom('chain_heads').select(['sequence', 'hash', 'recorded_at']).where('organization_id', '=', id).executeTakeFirst())
      print(head === undefined ? `${id} ${name}: empty` : `${id} ${name}: ${head.sequence} ${head.hash.toString('hex')} ${head.recorded_at.toISOString()}`)
    }
    return EXIT.done
  },
}
