/** Requirement sets of the fake client, as `{ Mailbox: '1.8' }`; a set that is not named is not there. */
export type Sets = Record<string, string>

const SEPARATOR = '.'

/** Whether the client has at least this version of a set. */
export const hasSet = (sets: Sets, name: string, version = '1.1'): boolean => {
  const [major = 0, minor = 0] = (sets[name] ?? '0.0').split(SEPARATOR).map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = version.split(SEPARATOR).map(Number)
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
}

/** Asked by the language and by test tools, not by a caller of office.js. */
const ASKED_BY_RUNTIME = ['then', 'toJSON', 'constructor', 'asymmetricMatch', 'nodeType', 'tagName', '$$typeof', '@@__IMMUTABLE_ITERABLE__@@', '@@__IMMUTABLE_RECORD__@@']

/**
 * An object that throws when a member is touched that it doesn't have, or that this client is too old
 * for. Each such touch is kept in `violations` as well, because the caller may swallow the error.
 */
export const strict = <T extends object>(path: string, members: T, violations: string[], sets: Sets, since: Partial<Record<keyof T, string>> = {}): T =>
  new Proxy(members, {
    get: (target, key) => {
      if (typeof key === 'symbol' || ASKED_BY_RUNTIME.includes(key)) return Reflect.get(target, key)
      const needed = Object.entries<unknown>(since).find(([member]) => member === key)?.[1]
      if (key in target && (typeof needed !== 'string' || hasSet(sets, 'Mailbox', needed))) return Reflect.get(target, key)
      violations.push(`${path}.${key}`)
      throw new Error(`this client has no ${path}.${key}`)
    },
  })
