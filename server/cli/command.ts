import type { Settings } from '../settings'
import type { StoreConnection } from '../store/database'
import type { Store } from '../store/store'

/** What a command is run with: its words, its `--options`, the store, and where it writes. */
export type CommandContext = {
  words: readonly string[]
  options: Readonly<Record<string, string>>
  settings: Settings
  store: Store
  connection: StoreConnection
  print: (line: string) => void
  now: Date
  newId: () => string
}

/** How a command ended: 0 well, 1 not, 2 it was asked for wrongly. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** One command of the operator. `words` is how many words follow its name, at least. */
export type Command = { usage: string; summary: string; words: number; options: readonly string[]; /** The first word is the id of an organization. */ ofOrganization?: true; run: (context: CommandContext) => Promise<ExitCode> }

/** What an operator does, as the log names it. */
export const OPERATOR = { id: null, email: 'operator', name: '' } as const

/** The change of a command, as the log knows it. */
export const operatorScope = ({ now, newId }: Pick<CommandContext, 'now' | 'newId'>, organizationId: string) =>
  ({ organizationId, actor: OPERATOR, requestId: newId(), ip: null, client: 'command', now })
