import pino from 'pino'
import { createImportReader } from '../../server/imports/reader'
import { createImportJob } from '../../server/jobs/import.job'
import { IMPORT_JOB } from '../../server/jobs/import.kind'
import { runJobs, type JobHandler } from '../../server/jobs/jobs'
import { newId } from '../../server/store/ids'
import { openStore } from '../../server/store/store'

/** A process that does waiting imports as a server would, and prints a line when it takes one. Arguments: the connection, and how far its clock is ahead in ms. */
async function main(): Promise<void> {
  const [, , connection = '', ahead = '0'] = process.argv
  const clock = (): Date => new Date(Date.now() + Number(ahead))
  const store = await openStore({ connection: JSON.parse(connection), newId, now: clock(), poolSize: 3 })
  const job = createImportJob({ store, reader: createImportReader(null), clock, chunkRows: 20, publish: () => undefined })
  const told: JobHandler = (taken) => {
    process.stdout.write('taken\n')
    return job(taken)
  }
  while ((await runJobs({ store, handlers: { [IMPORT_JOB]: told }, clock, newId, logger: pino({ level: 'silent' }) })) > 0);
  await store.close()
}

void main()
