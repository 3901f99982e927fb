import { backup, RESTORE_HELP } from './backup'
import { EXIT, type Command, type CommandContext, type ExitCode } from './command'
import { isUuid } from '../store/ids'
import { domainApprove, domainList, domainRefuse } from './domain'
import { keyCreate, keyList, keyRevoke } from './keys'
import { logHead, logVerify } from './log'
import { logPurge } from './log.purge'
import { orgCreate, orgDelete, orgList } from './organizations'
import { doctor, migrateCommand } from './upkeep'
import { userErase } from './users'

/** Every command that works on the store, by its name of one or two words. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  'org list': orgList,
  'org create': orgCreate,
  'org delete': orgDelete,
  'domain list': domainList,
  'domain approve': domainApprove,
  'domain refuse': domainRefuse,
  'log verify': logVerify,
  'log head': logHead,
  'log purge': logPurge,
  'key create': keyCreate,
  'key list': keyList,
  'key revoke': keyRevoke,
  'user erase': userErase,
  'migrate': migrateCommand,
  'backup': backup,
  'doctor': doctor,
}

/** What was asked for, or null where it makes no sense. */
export type Asked = { command: Command; words: string[]; options: Record<string, string> }

/** Finds the command and takes its words apart; an option that it does not know makes no sense. */
export function parseCommand(args: readonly string[]): Asked | null {
  const twoWords = COMMANDS[args.slice(0, 2).join(' ')]
  const command = twoWords ?? COMMANDS[args[0] ?? '']
  if (command === undefined) return null
  const words: string[] = []
  const options: Record<string, string> = {}
  const rest = args.slice(twoWords === undefined ? 1 : 2)
  for (let index = 0; index < rest.length; index += 1) {
    const arg = rest[index] ?? ''
    if (!arg.startsWith('--')) {
      words.push(arg)
      continue
    }
    const value = rest[index + 1]
    if (!command.options.includes(arg.slice(2)) || value === undefined) return null
    options[arg.slice(2)] = value
    index += 1
  }
  return words.length === command.words ? { command, words, options } : null
}

/** Runs what was asked for. */
export async function runCommand({ command, words, options }: Asked, context: Omit<CommandContext, 'words' | 'options'>): Promise<ExitCode> {
  if (command.ofOrganization === true && !isUuid(words[0] ?? '')) {
    context.print('no such organization')
    return EXIT.failed
  }
  return command.run({ ...context, words, options })
}

/** What there is, one line each. */
export const helpText = (): string => {
  const lines = [...Object.values(COMMANDS).map(({ usage, summary }) => [usage, summary] as const), RESTORE_HELP, ['demo reset', 'throws the data of the demo away'] as const]
  return ['npm run orgdesk -- <command>', '', ...lines.map(([usage, summary]) => `  ${usage}\n      ${summary}`), '', 'Ends with 0 when all is well, 1 when it is not, 2 when the command was not understood.'].join('\n')
}
