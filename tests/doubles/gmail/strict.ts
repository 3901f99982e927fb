/** A rule of Apps Script or of the add-on's manifest that the bundle broke. */
export class Breach extends Error {
  override readonly name = 'Breach'
}

/** Keeps every breach, since the bundle may catch what is thrown at it. */
export type Report = (breach: Breach) => void

/** Throws a breach; the caller's wrapper reports it. */
export const breach = (text: string): never => {
  throw new Breach(text)
}

/** What engines and inspectors ask of any object; answering `undefined` is no breach. */
const ASKED_OF_ANY = new Set(['then', 'toJSON', 'inspect', 'nodeType', 'asymmetricMatch', '$$typeof'])

/** The members alone: asking for any other name is a breach, as it would be a TypeError in Apps Script. */
export const strictObject = <T extends object>(name: string, members: T, report: Report): T =>
  new Proxy(members, {
    get(target, key, receiver): unknown {
      if (typeof key === 'symbol' || key in target || ASKED_OF_ANY.has(key)) return Reflect.get(target, key, receiver)
      const unknown = new Breach(`${name} has no ${key}`)
      report(unknown)
      throw unknown
    },
    set(_target, key): boolean {
      const written = new Breach(`${name}.${String(key)} is not yours to set`)
      report(written)
      throw written
    },
  })

/** The function, with every breach that leaves it reported. */
export const reported = <A extends unknown[], R>(report: Report, run: (...args: A) => R) => (...args: A): R => {
  try {
    return run(...args)
  } catch (error) {
    if (error instanceof Breach) report(error)
    throw error
  }
}

/** Length in UTF-8. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length
