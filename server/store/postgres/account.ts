import { spawnSync } from 'node:child_process'
import { chownSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Binaries } from './binaries'
import { refuse, type Attempt } from './problems'

/** How PostgreSQL's programs are run: a command in front of them, and the user id that must own the data. */
export type Account = { prefix: string[]; uid: number | null; owner: number | null }

const NOBODY = 65534

/** PostgreSQL refuses to run as root; each way below runs it as somebody else, in the order of preference. */
export const ROOT_ACCOUNTS = {
  // Root itself, seen as user 1000 inside a user namespace: reads what root reads, even in a private home.
  namespace: { prefix: ['unshare', '--user', '--map-user=1000', '--map-group=1000'], uid: null, owner: 0 },
  // Where namespaces are off: another user that keeps the one capability needed to reach a private home.
  capability: {
    prefix: [
      'setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups',
      '--inh-caps=+dac_override', '--ambient-caps=+dac_override',
    ],
    uid: null,
    owner: NOBODY,
  },
  // A plain other user: works where it can read the programs and reach the data.
  user: { prefix: [], uid: NOBODY, owner: NOBODY },
} as const satisfies Record<string, { prefix: readonly string[]; uid: number | null; owner: number }>

/** A way to run PostgreSQL as root: see ROOT_ACCOUNTS. */
export type RootAccount = keyof typeof ROOT_ACCOUNTS

/** The command line that runs a program under the account. */
export function commandFor(account: Account, program: string, args: string[]): { file: string; args: string[]; uid?: number; gid?: number } {
  const [file = program, ...rest] = [...account.prefix, program, ...args]
  return account.uid === null ? { file, args: rest } : { file, args: rest, uid: account.uid, gid: account.uid }
}

/**
 * Chooses the account, hands it the data folder and proves that it can run the programs and write the data.
 * `copyPrograms` is called at most once, when only the place of the programs is in the way.
 */
export function chooseAccount(options: {
  isRoot: boolean
  binaries: Binaries
  dataFolder: string
  candidates: readonly RootAccount[]
  copyPrograms: () => Binaries
}): Attempt<{ account: Account; binaries: Binaries }> {
  const { binaries, dataFolder } = options
  const self: Account = { prefix: [], uid: null, owner: null }
  if (!options.isRoot) return { ok: true, value: { account: self, binaries } }
  const accounts = options.candidates.map((name): Account => ({ ...ROOT_ACCOUNTS[name], prefix: [...ROOT_ACCOUNTS[name].prefix] }))
  const working = accounts.find((account) => canRun(account, binaries, dataFolder))
  if (working !== undefined) return { ok: true, value: { account: working, binaries } }
  const copied = options.copyPrograms()
  const late = accounts.find((account) => canRun(account, copied, dataFolder))
  if (late !== undefined) return { ok: true, value: { account: late, binaries: copied } }
  return refuse('store.account_unavailable', `PostgreSQL does not run as root, and no other account can reach ${dataFolder}: start as another user, or choose a DATA_DIR that everybody can enter`)
}

/** Gives a folder and all below it to a user; does nothing when the folder is theirs already. */
export function giveTo(folder: string, owner: number | null): void {
  if (owner === null || lstatSync(folder).uid === owner) return
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) giveTo(path, owner)
    if (!entry.isDirectory() && !entry.isSymbolicLink()) chownSync(path, owner, owner)
  }
  // The folder itself comes last: an interrupted hand-over is begun again.
  chownSync(folder, owner, owner)
}

function canRun(account: Account, binaries: Binaries, dataFolder: string): boolean {
  // Nothing changes hands for an account that cannot even run the programs.
  if (!succeeds(account, binaries.postgres, ['--version'])) return false
  giveTo(dataFolder, account.owner)
  return succeeds(account, 'test', ['-w', dataFolder])
}

function succeeds(account: Account, program: string, args: string[]): boolean {
  const command = commandFor(account, program, args)
  const ids = command.uid === undefined ? {} : { uid: command.uid, gid: command.gid }
  return spawnSync(command.file, command.args, { ...ids, stdio: 'ignore', cwd: '/' }).status === 0
}
