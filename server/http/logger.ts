import { pino, type DestinationStream, type Logger } from 'pino'
import type { Settings } from '../settings'

/** The server's log: lines of JSON. Nothing that a caller sent is ever written, but what was built to be logged. */
export function createLogger(level: Settings['logLevel'], destination?: DestinationStream): Logger {
  const options = { level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }
  return destination === undefined ? pino(options) : pino(options, destination)
}

/**
 * What may be told of an error: its kind, its code and where it was thrown. Messages are left out,
 * because drivers and parsers quote addresses, tokens and whole rows in them.
 */
export function describeError(error: unknown): { name: string; code?: string; at: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, at: [] }
  const code = 'code' in error && typeof error.code === 'string' && /^[A-Z0-9_]{1,40}$/.test(error.code) ? { code: error.code } : {}
  const at = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 12).map((line) => line.trim())
  return { name: error.constructor.name, ...code, at }
}
