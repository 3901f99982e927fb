import setup from './postgres.setup'
import teardown from './postgres.teardown'

/** A process with the PostgreSQL of several runs of tests: says in one line where it is, and ends with its standard input. */
async function main(): Promise<void> {
  await setup()
  process.stdin.on('end', () => void teardown()).resume()
  process.stdout.write(`${process.env['ORGDESK_TEST_POSTGRES'] ?? ''}\n`)
}

void main()
