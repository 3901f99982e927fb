import { rmSync } from 'node:fs'
import './postgres.setup'

/** Stops the PostgreSQL of the run and removes its data. */
export default async function teardown(): Promise<void> {
  const running = globalThis.orgdeskTestPostgres
  globalThis.orgdeskTestPostgres = undefined
  await running?.server.stop()
  if (running !== undefined) rmSync(running.dataDir, { recursive: true, force: true })
}
