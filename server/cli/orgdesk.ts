import { openPersistence, type Persistence } from '../persistence'
import { parseSettings, type Settings } from '../settings'
import { newId } from '../store/ids'
import { findRunningPostgres } from '../store/postgres/running'
import { EXIT, type ExitCode } from './command'
import { restore } from './backup'
import { helpText, parseCommand, runCommand } from './commands'
import { resetDemo } from './upkeep'

const print = (line: string): void => void process.stdout.write(`${line}\n`)
const complain = (line: string): void => void process.stderr.write(`orgdesk: ${line}\n`)

/** The operator's command line: beside a running server, or on its data while none runs. */
async function main(args: readonly string[]): Promise<ExitCode> {
  if (args.length === 0 || args[0] === 'help' || args[0] === '--help') {
    print(helpText())
    return args.length === 0 ? EXIT.usage : EXIT.done
  }
  const isReset = args.join(' ') === 'demo reset'
  const asked = parseCommand(args)
  const [, folder] = args[0] === 'restore' && args.length === 2 ? args : []
  if (asked === null && !isReset && folder === undefined) {
    complain('no such command, or it was not understood')
    print(helpText())
    return EXIT.usage
  }
  const parsed = parseSettings(process.env)
  if (!parsed.ok) {
    for (const problem of parsed.problems) complain(problem)
    return EXIT.failed
  }
  const { settings } = parsed
  if (folder !== undefined) return restore(settings, folder, print)
  if (asked === null) return resetDemo(settings, print)
  const opened = await open(settings)
  if (!opened.ok) {
    complain(`${opened.problem.detail.replaceAll('\n', ' ')} (${opened.problem.code})`)
    return EXIT.failed
  }
  try {
    const code = await runCommand(asked, { settings, store: opened.store, connection: opened.connection, print, now: new Date(), newId })
    if (code === EXIT.usage) complain(`npm run orgdesk -- ${asked.command.usage}`)
    return code
  } finally {
    await opened.close()
  }
}

/** The PostgreSQL of a running server is used as it is, and left running. */
async function open(settings: Settings): Promise<Persistence> {
  const running = settings.databaseUrl === null ? await findRunningPostgres(settings.dataDir) : null
  return openPersistence({ settings, clock: () => new Date(), onLost: complain, onError: () => undefined, ...(running === null ? {} : { running }) })
}

process.exit(await main(process.argv.slice(2)))
