import { Agent, request as send } from 'node:http'
import { workerData } from 'node:worker_threads'

const { port, signal } = workerData
const flag = new Int32Array(signal)
const agent = new Agent({ keepAlive: true })

/** One request over HTTP; rejects when no reply comes in time. */
const exchange = ({ method, url, headers, body, timeoutMs }) => new Promise((resolve, reject) => {
  const outgoing = send(url, { method, headers, agent, timeout: timeoutMs }, (incoming) => {
    const chunks = []
    incoming.on('data', (chunk) => chunks.push(chunk))
    incoming.on('error', reject)
    incoming.on('end', () => resolve({ status: incoming.statusCode, headers: incoming.headers, body: new Uint8Array(Buffer.concat(chunks)) }))
  })
  outgoing.on('timeout', () => outgoing.destroy(new Error('Timeout')))
  outgoing.on('error', reject)
  outgoing.end(body === null ? undefined : Buffer.from(body))
})

port.on('message', async (requests) => {
  try {
    port.postMessage({ responses: await Promise.all(requests.map(exchange)) })
  } catch (error) {
    port.postMessage({ error: `Address unavailable: ${error.message}` })
  }
  Atomics.store(flag, 0, 1)
  Atomics.notify(flag, 0)
})
