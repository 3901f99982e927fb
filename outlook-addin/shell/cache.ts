import type { Call } from '../../shared/api/call'
import type { Tag } from '../../shared/screens/vocabulary'

/** What was answered: `fresh` may be drawn without asking again, `stale` only until the new reply is there. */
export type Cached = { value: unknown; fresh: boolean }

/** Replies by call, until their time or one of their tags is over. */
export type ReplyCache = {
  find(call: Call<unknown>): Cached | null
  keep(call: Call<unknown>, value: unknown, cache: { forS: number; tags: Tag[] }): void
  /** Makes everything stale that depends on one of the tags. */
  spoil(tags: Tag[]): void
  clear(): void
}

/** As many replies as a person goes back to. */
const MAX_KEPT = 60

/** The same call has the same key, in whatever order its parts were given. */
export const callKey = (call: Call<unknown>): string => JSON.stringify([call.endpoint, Object.entries(call.params).sort(), Object.entries(call.query).sort(), call.body ?? null])

type Entry = { value: unknown; untilMs: number; tags: Tag[]; generation: number }

/** `nowMs` tells the time in milliseconds. */
export const createReplyCache = (nowMs: () => number): ReplyCache => {
  const kept = new Map<string, Entry>()
  const spoiled = new Map<Tag, number>()
  let generation = 0
  return {
    find: (call) => {
      const entry = kept.get(callKey(call))
      if (entry === undefined) return null
      return { value: entry.value, fresh: nowMs() < entry.untilMs && entry.tags.every((tag) => (spoiled.get(tag) ?? 0) <= entry.generation) }
    },
    keep: (call, value, { forS, tags }) => {
      const key = callKey(call)
      kept.delete(key)
      kept.set(key, { value, untilMs: nowMs() + forS * 1000, tags, generation })
      const oldest = kept.keys().next()
      if (kept.size > MAX_KEPT && !oldest.done) kept.delete(oldest.value)
    },
    spoil: (tags) => {
      generation += 1
      for (const tag of tags) spoiled.set(tag, generation)
    },
    clear: () => kept.clear(),
  }
}
