import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseCommand, runCommand } from '../../server/cli/commands'
import { parseSettings } from '../../server/settings'
import { newId } from '../../server/store/ids'
import { addOrganization, NOW, openTestStore, type TestStore } from './store'

/** An operator before a server with one organization and a folder of its own. */
export type Operator = {
  store: TestStore
  /** The id of the organization *Acme*. */
  acme: string
  dataDir: string
  /** A command as it is typed; code 2 where nothing is known by that name. */
  run: (...args: string[]) => Promise<{ code: number; lines: string[] }>
  close: () => Promise<void>
}

/** Opens a fresh store with an organization, and a folder that `close` removes. */
export async function openOperator(): Promise<Operator> {
  const store = await openTestStore()
  const acme = await addOrganization(store, 'Acme')
  const dataDir = mkdtempSync(join(tmpdir(), 'orgdesk-cli-'))
  return {
    store,
    acme,
    dataDir,
    run: async (...args) => {
      const lines: string[] = []
      const parsed = parseSettings({ DATA_DIR: dataDir })
      const asked = parseCommand(args)
      if (!parsed.ok || asked === null) return { code: 2, lines }
      const code = await runCommand(asked, { settings: parsed.settings, store, connection: store.connection, print: (line) => lines.push(line), now: NOW, newId })
      return { code, lines }
    },
    close: async () => {
      await store.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
