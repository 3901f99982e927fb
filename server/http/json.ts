import { failure, type Failure } from '../../shared/errors'
import { arrived, failed, type Result } from '../../shared/kit/result'

/** Deeper bodies are refused before they are parsed. */
export const MAX_DEPTH = 12

type Level = { keys: Set<string> | null; above: Level | undefined; key: string; index: number }

/**
 * Parses a JSON body. Refuses what `JSON.parse` lets pass: objects in objects beyond `MAX_DEPTH`,
 * and a key that stands twice in one object, which two readers would take for different values.
 */
export function parseJsonBody(text: string): Result<unknown, Failure> {
  const fault = faultOf(text)
  if (fault !== null) return failed(fault)
  try {
    return arrived(JSON.parse(text))
  } catch {
    return failed(failure('request.invalid', [{ code: 'field.invalid', path: '' }]))
  }
}

const QUOTE = 0x22, COMMA = 0x2c, BACKSLASH = 0x5c, OPEN_LIST = 0x5b, CLOSE_LIST = 0x5d, OPEN_OBJECT = 0x7b, CLOSE_OBJECT = 0x7d

/** Reads the text once, in time linear to its length; syntax is left to `JSON.parse`. By codes: bodies have a million characters. */
function faultOf(text: string): Failure | null {
  const levels: Level[] = []
  let level: Level | undefined
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === OPEN_OBJECT || code === OPEN_LIST) {
      if (levels.length >= MAX_DEPTH) return failure('request.too_deep')
      level = { keys: code === OPEN_OBJECT ? new Set() : null, above: level, key: '', index: 0 }
      levels.push(level)
    }
    if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
      levels.pop()
      level = levels.at(-1)
    }
    if (code === COMMA && level !== undefined) level.index += 1
    if (code !== QUOTE) continue
    const end = endOfString(text, at)
    if (level?.keys != null && isKey(text, end)) {
      const key = decoded(text.slice(at, end + 1))
      if (level.keys.has(key)) return failure('request.invalid', [{ code: 'field.duplicate_key', path: join(pathOf(level.above), key) }])
      level.keys.add(key)
      level.key = key
    }
    at = end
  }
  return null
}

/** Where something that begins now would stand: made only for what is told. */
function pathOf(level: Level | undefined): string {
  return level === undefined ? '' : join(pathOf(level.above), level.keys === null ? String(level.index) : level.key)
}

const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`)

function endOfString(text: string, start: number): number {
  let at = text.indexOf('"', start + 1)
  while (at !== -1 && isEscaped(text, at)) at = text.indexOf('"', at + 1)
  return at === -1 ? text.length : at
}

function isEscaped(text: string, quote: number): boolean {
  let slashes = 0
  while (text.charCodeAt(quote - 1 - slashes) === BACKSLASH) slashes += 1
  return slashes % 2 === 1
}

function isKey(text: string, end: number): boolean {
  let at = end + 1
  while (' \t\r\n'.includes(text.charAt(at)) && at < text.length) at++
  return text.charAt(at) === ':'
}

/** The key as it will be read: `"\u0061"` is `a`. */
function decoded(literal: string): string {
  if (!literal.includes('\\')) return literal.slice(1, -1)
  try {
    return String(JSON.parse(literal))
  } catch {
    return literal
  }
}
