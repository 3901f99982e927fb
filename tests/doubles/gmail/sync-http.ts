import { join } from 'node:path'
import { MessageChannel, Worker, receiveMessageOnPort } from 'node:worker_threads'
import type { Transport, TransportResponse } from './transport'

export type SyncHttp = { transport: Transport; close(): Promise<void> }

type Reply = { responses: TransportResponse[] } | { error: string }

/** Longer than any request may take by itself. */
const PATIENCE_MS = 90_000

/**
 * HTTP that blocks this thread until the reply is there: a worker sends, and this thread waits for its
 * signal. Addresses that begin with `from` (what the bundle calls) go to `to` (a loopback server, which
 * must run in another thread or process than the caller).
 */
export const openSyncHttp = ({ from, to }: { from: string; to: string }): SyncHttp => {
  const signal = new SharedArrayBuffer(4)
  const flag = new Int32Array(signal)
  const { port1, port2 } = new MessageChannel()
  const worker = new Worker(join(__dirname, 'sync-http.worker.mjs'), { workerData: { port: port2, signal }, transferList: [port2] })
  worker.unref()
  port1.unref()
  const transport: Transport = (requests) => {
    Atomics.store(flag, 0, 0)
    port1.postMessage(requests.map((request) => ({ ...request, url: request.url.startsWith(from) ? to + request.url.slice(from.length) : request.url })))
    if (Atomics.wait(flag, 0, 0, PATIENCE_MS) === 'timed-out') throw new Error('Timeout')
    const received = receiveMessageOnPort(port1) as { message: Reply } | undefined
    const reply: Reply = received?.message ?? { error: 'no reply' }
    if ('error' in reply) throw new Error(reply.error)
    return reply.responses
  }
  return {
    transport,
    async close() {
      port1.close()
      await worker.terminate()
    },
  }
}
