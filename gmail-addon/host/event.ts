import type { HostEvent } from './host'

type Fields = Record<string, unknown>
const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})
const textOr = <T>(value: unknown, otherwise: T): string | T => (typeof value === 'string' && value !== '' ? value : otherwise)

const strings = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(fields(value)).flatMap(([key, entry]) => (typeof entry === 'string' ? [[key, entry]] : [])))

const padded = (value: unknown): string => String(Number(value) || 0).padStart(2, '0')

/** The last moment that a Date can hold. */
const MAX_DATE_MS = 8.64e15

const instant = (value: unknown): string => {
  const ms = Number(fields(value)['msSinceEpoch'])
  return Math.abs(ms) <= MAX_DATE_MS ? new Date(ms).toISOString() : ''
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [])

/** One input: under its name directly, or below the empty key of the older runtime. */
const inputValues = (input: unknown): string[] => {
  const found = '' in fields(input) ? fields(fields(input)['']) : fields(input)
  if (found['dateInput'] !== undefined) return [instant(found['dateInput']).slice(0, 10)]
  if (found['dateTimeInput'] !== undefined) return [instant(found['dateTimeInput'])]
  const time = found['timeInput']
  if (time !== undefined) return [`${padded(fields(time)['hours'])}:${padded(fields(time)['minutes'])}`]
  return listOf(fields(found['stringInputs'])['value'])
}

const formInputsOf = (value: unknown): Record<string, string[]> =>
  Object.fromEntries(Object.entries(fields(value)).map(([name, input]) => [name, inputValues(input)]))

const timeZoneOf = (value: unknown): HostEvent['timeZone'] => {
  const id = textOr(fields(value)['id'], null)
  return id === null ? null : { id, offsetMs: Number(fields(value)['offset'] ?? fields(value)['offSet']) || 0 }
}

const PLATFORMS = ['WEB', 'IOS', 'ANDROID'] as const

const mailOf = (value: unknown): HostEvent['mail'] => {
  const messageId = textOr(fields(value)['messageId'], null)
  return messageId === null ? null : { messageId, accessToken: textOr(fields(value)['accessToken'], '') }
}

/**
 * Gmail's event object as plain values. Total: what is missing or of another kind is left out, since
 * the same function is called by triggers, clicks and suggestions with different parts present.
 */
export const readEvent = (event: unknown): HostEvent => {
  const common = fields(fields(event)['commonEventObject'])
  return {
    parameters: strings(common['parameters']),
    formInputs: formInputsOf(common['formInputs']),
    locale: textOr(common['userLocale'], null),
    // The older event says it at the top.
    timeZone: timeZoneOf(common['timeZone']) ?? timeZoneOf(fields(event)['userTimezone']),
    platform: PLATFORMS.find((platform) => platform === common['platform']) ?? null,
    mail: mailOf(fields(event)['gmail']),
  }
}
