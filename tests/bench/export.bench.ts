import type { Readable } from 'node:stream'
import { eventsTable } from '../../server/exports/events'
import { toFile } from '../../server/exports/file'
import { wordsOf } from '../../server/mail/words'
import { BENCH_EVENTS, onBenchServer, timed } from './bench-server'
import type { Series } from '../doubles/bench'

const MB = 1024 * 1024

/** The whole log into a file of each format that holds it, with the memory that it takes. */
export function run(): Promise<Series[]> {
  return onBenchServer(BENCH_EVENTS, async ({ store }, add) => {
    const { organization_id: organizationId, sequence: head } = await store.system((db) => db.selectFrom('chain_heads').selectAll().orderBy('sequence', 'desc').limit(1).executeTakeFirstOrThrow())
    const reader = { organizationId, userId: organizationId, members: true, admins: true }
    for (const format of ['csv', 'xlsx'] as const) {
      globalThis.gc?.()
      const before = process.memoryUsage.rss()
      let [peak, bytes] = [before, 0]
      const { ms } = await timed(async () => {
        const { content } = toFile(format, 'log', eventsTable(store, { reader, asked: {}, after: 0, head }, format, wordsOf('en')))
        for await (const chunk of content as Readable) {
          bytes += chunk.length
          peak = Math.max(peak, process.memoryUsage.rss())
        }
      })
      add(`${format} of ${head} lines`, 's', ms / 1000)
      add(`${format}: seconds for a million ÷ 60`, '×', (ms / 1000 / head) * 1e6 / 60)
      add(`${format}: size`, 'MB', bytes / MB)
      add(`${format}: memory growth`, 'MB', (peak - before) / MB)
      add(`${format}: memory growth ÷ 64 MB`, '×', (peak - before) / MB / 64)
    }
  })
}
