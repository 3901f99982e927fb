import { describeProblem } from '../../server/store/postgres/problems'
import { startPostgres } from '../../server/store/postgres/supervisor'

/** A process that owns the PostgreSQL of the folder given as argument, says so in one line, and stops on SIGTERM. */
async function main(): Promise<void> {
  const started = await startPostgres({ dataDir: process.argv[2] ?? '' })
  if (!started.ok) {
    process.stderr.write(`${describeProblem(started.problem)}\n`)
    process.exitCode = 1
    return
  }
  // Listening comes first: whoever reads the line may send the signal at once.
  process.on('SIGTERM', () => void started.value.stop().then(() => process.exit(0)))
  process.stdout.write(`${JSON.stringify({ adopted: started.value.adopted, ...started.value.connection })}\n`)
}

void main()
