import { failure, type Failure } from '../../shared/errors'
import { arrived, failed, type Result } from '../../shared/kit/result'

/** Deeper bodies are refused before they are parsed. */
export const MAX_DEPTH = 12

type Level = { keys: Set<string> | null; path: string; next: string }

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

/** Reads the text once, in time linear to its length; syntax is left to `JSON.parse`. */
function faultOf(text: string): Failure | null {
  const levels: Level[] = []
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    const level = levels.at(-1)
    if (char === '{' || char === '[') {
      if (levels.length >= MAX_DEPTH) return failure('request.too_deep')
      levels.push({ keys: char === '{' ? new Set() : null, path: level === undefined ? '' : join(level.path, level.next), next: char === '[' ? '0' : '' })
    }
    if (char === '}' || char === ']') levels.pop()
    if (char === ',' && level?.keys === null) level.next = String(Number(level.next) + 1)
    if (char !== '"') continue
    const end = endOfString(text, at)
    if (level?.keys != null && isKey(text, end)) {
      const key = decoded(text.slice(at, end + 1))
      if (level.keys.has(key)) return failure('request.invalid', [{ code: 'field.duplicate_key', path: join(level.path, key) }])
      level.keys.add(key)
      level.next = key
    }
    at = end
  }
  return null
}

const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`)

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1
  return at
}

function isKey(text: string, end: number): boolean {
  let at = end + 1
  while (' \t\r\n'.includes(text.charAt(at)) && at < text.length) at++
  return text.charAt(at) === ':'
}

/** The key as it will be read: `"\u0061"` is `a`. */
function decoded(literal: string): string {
  try {
    return String(JSON.parse(literal))
  } catch {
    return literal
  }
}
