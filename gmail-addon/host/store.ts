import { attempt } from './attempt'
import type { HostCache } from './host'
import type { AppsScript } from './vendor'

/** Apps Script refuses larger values; a little is left for its own bookkeeping. */
const MAX_VALUE_BYTES = 100 * 1024 - 256
const MAX_KEY_CHARS = 250
const MAX_SECONDS = 6 * 60 * 60

/** Length in UTF-8. */
const utf8Bytes = (text: string): number => {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

/** The person's own cache. A cache that fails is a cache that has forgotten: no card breaks over it. */
export const userCache = (service: AppsScript['CacheService']): HostCache => ({
  get: (key) => (key.length > MAX_KEY_CHARS ? null : attempt(() => service.getUserCache().get(key), null)),
  put(key, value, forS) {
    const fits = key.length <= MAX_KEY_CHARS && utf8Bytes(value) <= MAX_VALUE_BYTES
    if (!fits || forS < 1) return false
    return attempt(() => {
      service.getUserCache().put(key, value, Math.min(Math.floor(forS), MAX_SECONDS))
      return true
    }, false)
  },
  remove(keys) {
    const known = keys.filter((key) => key.length <= MAX_KEY_CHARS)
    if (known.length > 0) attempt(() => service.getUserCache().removeAll(known), undefined)
  },
})
