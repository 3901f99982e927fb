import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { Client } from 'pg'
import { ensureFolders, findPostmaster, OWNER } from './cluster'
import type { RunningPostgres } from './supervisor'

const PORT = 5432

/** The embedded PostgreSQL that already runs on a folder, owned by a server or left behind by one; null where none answers. */
export async function findRunningPostgres(dataDir: string, database = 'orgdesk'): Promise<RunningPostgres['connection'] | null> {
  const living = findPostmaster(ensureFolders(resolve(dataDir), tmpdir()))
  if (living === null) return null
  const connection = { host: living.socket, port: PORT, user: OWNER, database }
  const client = new Client(connection)
  client.on('error', () => undefined)
  try {
    await client.connect()
    return connection
  } catch {
    return null
  } finally {
    await client.end().catch(() => undefined)
  }
}
