import { TAGS, type Topic } from '../../shared/screens/vocabulary'
import type { Core } from './core'
import type { Router } from './router'
import { listen } from './stream'

/** Notices that come together are answered by one reading. */
const GATHER_MS = 400

/** `hangUp` ends the stream of whoever was here; the next person's screen opens another. */
export type Live = { hangUp(): void; stop(): void }

/** Keeps the screen in step with the server: by the stream's topics, and by asking every few seconds while something runs. */
export const keepLive = (core: Core, router: Router): Live => {
  const { deps, store } = core
  let told = new Set<Topic>()
  let endGather: (() => void) | null = null
  let endListening: (() => void) | null = null
  let polling: { def: unknown; end(): void } | null = null
  const apply = () => {
    endGather = null
    const topics = [...told]
    told = new Set()
    if (topics.length > 0) router.refresh(topics, true)
  }
  const onTopics = (topics: Topic[]) => {
    for (const topic of topics) told.add(topic)
    endGather ??= deps.timers.set(apply, GATHER_MS)
  }
  const startListening = () => {
    const open = deps.openStream
    if (endListening !== null || open === null || !deps.host.capabilities.live) return
    endListening = listen({ open, auth: deps.auth, origin: deps.origins.app, timers: deps.timers }, onTopics, () => onTopics([...TAGS]))
  }
  const poll = (everyS: number) => deps.timers.set(() => {
    const { def } = store.get()
    if (polling === null || def !== polling.def) return
    if (deps.isVisible() && store.get().busy === null && def !== null) router.refresh(def.cache.tags, true)
    polling.end = poll(everyS)
  }, everyS * 1000)
  const follow = () => {
    const { def, screen, viewer } = store.get()
    if (def?.watch && screen !== null && viewer !== null) startListening()
    if (polling?.def === def) return
    polling?.end()
    const everyS = def?.watch?.everyS
    polling = everyS === undefined ? null : { def, end: () => undefined }
    if (polling !== null && everyS !== undefined) polling.end = poll(everyS)
  }
  const unsubscribe = store.subscribe(follow)
  // It begins beside a screen that stands already.
  follow()
  const hangUp = () => {
    endGather?.()
    endListening?.()
    polling?.end()
    told = new Set()
    endGather = endListening = polling = null
  }
  return { hangUp, stop: () => { unsubscribe(); hangUp() } }
}
