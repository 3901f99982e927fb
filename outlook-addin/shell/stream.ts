import { TAGS, type Tag, type Topic } from '../../shared/screens/vocabulary'
import type { Auth } from '../auth/auth'
import type { Timers } from './timers'

/** Opens the stream of notices; rejects where none comes. */
export type OpenStream = (request: { url: string; headers: Record<string, string>; signal: AbortSignal }) => Promise<ReadableStream<Uint8Array>>

const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 60_000

const isTag = (topic: unknown): topic is Tag => TAGS.some((tag) => tag === topic)

/** The topics of one event of the stream; none for a heartbeat or for anything unknown. */
export const topicsOf = (event: string): Topic[] => {
  const data = event.split(/\r?\n/).filter((line) => line.startsWith('data:')).map((line) => line.slice('data:'.length).trim()).join('\n')
  if (data === '') return []
  try {
    const value: unknown = JSON.parse(data)
    return typeof value === 'object' && value !== null && 'topics' in value && Array.isArray(value.topics) ? value.topics.filter(isTag) : []
  } catch {
    return []
  }
}

const readAll = async (stream: ReadableStream<Uint8Array>, told: (topics: Topic[]) => void): Promise<void> => {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const events = (rest + decoder.decode(value, { stream: true })).split(/\r?\n\r?\n/)
    rest = events.pop() ?? ''
    for (const event of events) {
      const topics = topicsOf(event)
      if (topics.length > 0) told(topics)
    }
  }
}

export type StreamDeps = { open: () => Promise<OpenStream>; auth: Pick<Auth, 'token'>; origin: string; timers: Timers }

/**
 * Listens until the returned function ends it; comes back by itself after a loss, later each time.
 * `told` gets topics; `back` is called when it listens again after a gap in which anything may have happened.
 */
export const listen = (deps: StreamDeps, told: (topics: Topic[]) => void, back: () => void): (() => void) => {
  const controller = new AbortController()
  let waitMs = FIRST_WAIT_MS
  let lost = false
  const once = async (): Promise<void> => {
    const token = await deps.auth.token({ interactive: false })
    if (!token.ok) return
    const open = await deps.open()
    const stream = await open({ url: `${deps.origin}/v1/stream`, headers: { Authorization: `Bearer ${token.token}`, 'Orgdesk-Client': 'outlook' }, signal: controller.signal })
    if (lost) back()
    lost = false
    await readAll(stream, (topics) => {
      waitMs = FIRST_WAIT_MS
      told(topics)
    })
  }
  const keep = (): void => {
    const again = () => {
      if (controller.signal.aborted) return
      lost = true
      deps.timers.set(keep, waitMs)
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
    }
    if (!controller.signal.aborted) void once().then(again, again)
  }
  keep()
  return () => controller.abort()
}
