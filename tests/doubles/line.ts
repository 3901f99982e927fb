import { TextDecoder, TextEncoder } from 'node:util'
import type { OpenStream } from '../../outlook-addin/shell/stream'

type Part = { done: boolean; value?: Uint8Array }

/** A stream of notices that the test writes and ends; the pages of jsdom have neither streams nor decoders. */
export const createLine = () => {
  Object.assign(globalThis, { TextDecoder })
  const opened: { signal: AbortSignal; write(text: string): Promise<void>; end(): Promise<void> }[] = []
  const open: OpenStream = ({ signal }) => {
    const waiting: ((part: Part) => void)[] = []
    const give = async (part: Part): Promise<void> => waiting.shift()?.(part)
    opened.push({ signal, write: (text) => give({ done: false, value: new TextEncoder().encode(text) }), end: () => give({ done: true }) })
    const stream = { getReader: () => ({ read: () => new Promise<Part>((resolve) => { waiting.push(resolve) }) }) }
    // Only the slice that the pane reads.
    return Promise.resolve(stream as unknown as ReadableStream<Uint8Array>)
  }
  return { opened, openStream: () => Promise.resolve(open) }
}
