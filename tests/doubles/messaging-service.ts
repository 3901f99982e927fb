import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One revocation as the service was told of it; it is confirmed by `answer`. */
export type ToldRevocation = { headers: IncomingHttpHeaders; body: string; answer: ServerResponse }

/** A messaging service on loopback that is told of revocations and leaves the answer to the test. */
export type MessagingService = { url: string; told: ToldRevocation[]; /** The first that it is told of; waits for it. */ next(): Promise<ToldRevocation>; close(): void }

/** Starts one on a port of its own. */
export const startMessagingService = async (): Promise<MessagingService> => {
  const told: ToldRevocation[] = []
  let hear: (revocation: ToldRevocation) => void = () => undefined
  const first = new Promise<ToldRevocation>((resolve) => { hear = resolve })
  const server = createServer((request, answer) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const revocation = { headers: request.headers, body: Buffer.concat(parts).toString('utf8'), answer }
      told.push(revocation)
      hear(revocation)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/revoke`, told, next: () => first, close }
}
