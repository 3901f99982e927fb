import { join } from 'node:path'
import { keepMemoryFlat } from './memory'
import { startServer, untilAsked } from './program'
import { parseSettings } from './settings'

const STOP_TIMEOUT_MS = 9_500

/** The program: settings from the environment, one line for each problem, addresses on the terminal, and a clean end. */
async function main(): Promise<number> {
  keepMemoryFlat()
  const parsed = parseSettings(process.env)
  if (!parsed.ok) {
    for (const problem of parsed.problems) process.stderr.write(`orgdesk: ${problem}\n`)
    return 1
  }
  let report: (problem: string) => void = () => undefined
  const lost = new Promise<string>((resolve) => {
    report = resolve
  })
  const asked = untilAsked()
  const started = await startServer({ settings: parsed.settings, distDir: join(import.meta.dirname, '..'), onLost: (problem) => report(problem) })
  if (!started.ok) {
    process.stderr.write(`orgdesk: ${started.problem.detail.replaceAll('\n', ' ')} (${started.problem.code})\n`)
    return 1
  }
  for (const { label, url } of started.server.addresses) process.stdout.write(`${url}  ${label}\n`)
  const problem = await Promise.race([asked, lost])
  if (problem !== undefined) process.stderr.write(`${problem}\n`)
  // What hangs is not waited for: the next start recovers.
  setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref()
  await started.server.stop()
  return problem === undefined ? 0 : 1
}

process.exit(await main())
