import { once } from 'node:events'
import { connect, createServer, type NetConnectOpts, type Socket } from 'node:net'

/**
 * What becomes of a piece of data: it passes; it is lost with the line; it arrives and the line is lost
 * before the answer; or the other side gets these bytes in its place, and answers them in their turn.
 */
export type Fate = 'pass' | 'lost' | 'unanswered' | { instead: Buffer }

/** A line that a test cuts: `port` leads to what it stands before. */
export type CuttingLine = { port: number; cuts: () => number; close: () => Promise<void> }

type Judge = (data: Buffer, direction: 'to' | 'from') => Fate

/** Stands before a server; `judge` decides about each piece of data that goes to it or comes from it. */
export async function openCuttingLine(target: NetConnectOpts, judge: Judge): Promise<CuttingLine> {
  const state = { cuts: 0 }
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(target)
    const line = { isDoomed: false }
    const cut = (): void => {
      near.destroy()
      far.destroy()
    }
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', cut)
      socket.on('close', () => {
        open.delete(socket)
        cut()
      })
    }
    const handle = (data: Buffer, direction: 'to' | 'from'): void => {
      const there = direction === 'to' ? far : near
      if (line.isDoomed) return direction === 'from' ? cut() : undefined
      const fate = judge(data, direction)
      if (fate !== 'pass') state.cuts += 1
      if (fate === 'lost') return cut()
      line.isDoomed = fate === 'unanswered'
      there.write(typeof fate === 'object' ? fate.instead : data)
    }
    near.on('data', (data) => handle(data, 'to'))
    far.on('data', (data) => handle(data, 'from'))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port to listen on')
  return {
    port: address.port,
    cuts: () => state.cuts,
    close: async () => {
      server.close()
      for (const socket of open) socket.destroy()
      await once(server, 'close')
    },
  }
}
