import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '../../server/store/ids'
import { NOW } from '../doubles/store'
import { onBenchServer, percentileOf, timed } from './bench-server'
import type { Series } from '../doubles/bench'

const LOG = 100_000
const BATCH = 1_000
const BATCHES = 40
const IDLE_READS = 150
const KINDS = ['sent', 'delivered', 'opened', 'opened', 'downloaded'] as const

/** One sender and the messaging service at full speed, while an administrator reads the log. */
export function run(): Promise<Series[]> {
  return onBenchServer(LOG, async (server, add) => {
    const token = await server.tokenFor('owner@acme.example')
    const key = 'bench-key'
    await server.store.system(async (db) => {
      const { id } = await db.selectFrom('organizations').select('id').where('name', 'like', 'Acme%').executeTakeFirstOrThrow()
      await db.insertInto('service_keys').values({ organization_id: id, id: newId(), purpose: 'ingest', name: 'bench', key_hash: createHash('sha256').update(key).digest(), created_at: NOW }).execute()
    })
    const read = async (): Promise<number> => (await timed(() => server.app.inject({ url: '/v1/events?limit=50', headers: { authorization: `Bearer ${token}` } }))).ms
    const send = async (batch: number): Promise<number> => {
      const events = Array.from({ length: BATCH }, (_, index) => {
        const message = batch * (BATCH / KINDS.length) + Math.floor(index / KINDS.length)
        return {
          id: `e-${batch}-${index}`, at: new Date(NOW.getTime() - 1000 + index).toISOString(), kind: KINDS[index % KINDS.length], recipient: 'legal@partner.example', ip: '203.0.113.9', client: 'Safari',
          message: { id: `bench-${message}`, reference: `R-${message}`, subject: 'Contract to sign', sender: 'maria@acme.example', recipients: ['legal@partner.example', 'sales@partner.example'], files: 1 },
        }
      })
      const payload = JSON.stringify({ events })
      const { ms, value } = await timed(() => server.app.inject({ method: 'POST', url: '/v1/ingest/events', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, payload }))
      if (value.json().stored !== BATCH) throw new Error(value.body.slice(0, 500))
      return ms
    }
    const idle: number[] = []
    while (idle.length < IDLE_READS) {
      idle.push(await read())
      await sleep(5)
    }
    const busy: number[] = []
    const state = { isOver: false }
    const reader = (async () => {
      while (!state.isOver) {
        busy.push(await read())
        await sleep(5)
      }
    })()
    const batches: number[] = []
    const { ms } = await timed(async () => {
      for (let batch = 0; batch < BATCHES; batch += 1) batches.push(await send(batch))
    })
    state.isOver = true
    await reader
    add('batch of 1,000', 'ms', ...batches)
    add('events a second', '1/s', (BATCH * BATCHES * 1000) / ms)
    add('5,000 ÷ events a second', '×', 5_000 / ((BATCH * BATCHES * 1000) / ms))
    add('reads, idle', 'ms', ...idle)
    add('reads, meanwhile', 'ms', ...busy)
    add('reads: p95 meanwhile ÷ 2 × idle p95', '×', percentileOf(busy, 0.95) / (2 * percentileOf(idle, 0.95)))
  })
}
