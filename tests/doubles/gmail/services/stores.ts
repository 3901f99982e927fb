import { breach, bytesOf, reported, strictObject, type Report } from '../strict'

const CACHE = { valueBytes: 100 * 1024, keyChars: 250, seconds: 6 * 60 * 60, defaultSeconds: 600 } as const
const PROPERTY_BYTES = 9 * 1024

type Entry = { value: string; untilMs: number }
/** What a cache holds, kept from one execution to the next. */
export type CacheContent = Map<string, Entry>
export type PropertiesContent = Map<string, string>

const keyOf = (key: unknown): string => {
  if (typeof key !== 'string' || key === '') return breach('a key is a text')
  return key.length > CACHE.keyChars ? breach('key longer than 250 characters') : key
}

const secondsOf = (seconds: unknown): number => {
  if (seconds === undefined) return CACHE.defaultSeconds
  const good = typeof seconds === 'number' && seconds >= 1 && seconds <= CACHE.seconds
  return good ? seconds : breach('a value is kept from 1 second to 6 hours')
}

const valueOf = (value: unknown): string => {
  if (typeof value !== 'string') return breach('a cache keeps texts')
  return bytesOf(value) > CACHE.valueBytes ? breach('value longer than 100 KB') : value
}

/** One cache of `CacheService`: texts up to 100 KB, up to six hours. `nowMs` is the double's clock. */
export const createCache = (content: CacheContent, nowMs: () => number, report: Report): object => {
  const get = (key: unknown): string | null => {
    const entry = content.get(keyOf(key))
    return entry !== undefined && entry.untilMs > nowMs() ? entry.value : null
  }
  const put = (key: unknown, value: unknown, seconds?: unknown): void =>
    void content.set(keyOf(key), { value: valueOf(value), untilMs: nowMs() + secondsOf(seconds) * 1000 })
  const removeAll = (keys: unknown): void => {
    for (const key of Array.isArray(keys) ? keys : breach('keys are a list')) content.delete(keyOf(key))
  }
  return strictObject('Cache', {
    get: reported(report, get),
    put: reported(report, put),
    remove: reported(report, (key: unknown) => void content.delete(keyOf(key))),
    removeAll: reported(report, removeAll),
  }, report)
}

const propertyOf = (value: unknown): string => {
  if (typeof value !== 'string') return breach('a property is a text')
  return bytesOf(value) > PROPERTY_BYTES ? breach('property longer than 9 KB') : value
}

/** One set of `PropertiesService`: texts up to 9 KB. */
export const createProperties = (content: PropertiesContent, report: Report): object => {
  const set = (key: unknown, value: unknown): void => void content.set(keyOf(key), propertyOf(value))
  return strictObject('Properties', {
    getProperty: (key: unknown) => content.get(keyOf(key)) ?? null,
    setProperty: reported(report, set),
    deleteProperty: (key: unknown) => void content.delete(keyOf(key)),
  }, report)
}
