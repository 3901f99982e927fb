import { breach } from '../strict'
import { enumName, type EnumName } from './enums'
import type { BuiltKind, Kind, State } from './kinds'

/** How the methods of the tables write: each checks what it is given as Apps Script would. */

type Held = { kind: Kind | BuiltKind; state: State }
const heldByFake = new WeakMap<object, Held>()

/** Remembers what a fake holds. */
export const hold = (fake: object, held: Held): void => void heldByFake.set(fake, held)

/** What a fake of CardService holds; null for anything else. */
export const heldBy = (value: unknown): Held | null =>
  (typeof value === 'object' && value !== null ? heldByFake.get(value) ?? null : null)

/** The JSON of a fake of one of the kinds. */
export const stateOf = (value: unknown, kinds: readonly (Kind | BuiltKind)[]): State => {
  const held = heldBy(value)
  if (held === null || !kinds.includes(held.kind)) return breach(`${kinds.join(' or ')} expected, not ${held?.kind ?? typeof value}`)
  return held.state
}

export const asText = (value: unknown): string => (typeof value === 'string' ? value : breach(`text expected, not ${value === null ? 'null' : typeof value}`))
export const asWhole = (value: unknown): number => (typeof value === 'number' && Number.isInteger(value) ? value : breach(`whole number expected, not ${String(value)}`))
const asNumber = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : breach(`number expected, not ${String(value)}`))
const asFlag = (value: unknown): boolean => (typeof value === 'boolean' ? value : breach(`true or false expected, not ${typeof value}`))

/** Sets a text. */
export const text = (key: string) => (state: State, value: string): void => void (state[key] = asText(value))
/** Sets a whole number. */
export const whole = (key: string) => (state: State, value: number): void => void (state[key] = asWhole(value))
/** Sets a number. */
export const number = (key: string) => (state: State, value: number): void => void (state[key] = asNumber(value))
/** Sets a truth value. */
export const flag = (key: string) => (state: State, value: boolean): void => void (state[key] = asFlag(value))
/** Sets the name of an enum's value, which must be a value of that very enum. */
export const one = (key: string, enumeration: EnumName) => (state: State, value: unknown): void => void (state[key] = enumName(enumeration, value))
/** Sets another fake's JSON. */
export const part = (key: string, ...kinds: Kind[]) => (state: State, value: unknown): void => void (state[key] = stateOf(value, kinds))

/** Appends to a list. */
export const append = (state: State, key: string, value: unknown): void => {
  const list = state[key]
  state[key] = [...(Array.isArray(list) ? list : []), value]
}

/** Sets one of several parts of which only one may be there. */
export const onlyOne = <V>(key: string, among: readonly string[], write: (state: State, value: V) => void) => (state: State, value: V): void => {
  const other = among.find((name) => name !== key && state[name] !== undefined)
  if (other !== undefined) breach(`${key} and ${other} exclude each other`)
  write(state, value)
}

/** A method that exists but that this add-on has no use for: calling it is a breach. */
export const unused = (name: string) => (): never => breach(`${name} is not used by this add-on`)

const HEX = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i
/** Sets a color, given as CSS hex. */
export const color = (key: string) => (state: State, value: string): void => {
  const found = HEX.exec(asText(value)) ?? breach(`color expected, not ${value}`)
  const [red, green, blue] = found.slice(1).map((channel) => parseInt(channel, 16) / 255)
  state[key] = { red, green, blue }
}
