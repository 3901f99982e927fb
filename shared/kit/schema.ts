import * as v from 'valibot'

/** Schemas that belong to no noun. Messages are issue codes, never sentences. */

/** An opaque id; UUIDs in practice, but nobody may rely on that. */
export const id = v.pipe(v.string('field.invalid'), v.regex(/^[A-Za-z0-9-]{1,64}$/, 'field.invalid'))

const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u2028\u2029]/
const LINE_BREAKS = /[\t\r\n]/

/** One line of free text, trimmed, at most `max` UTF-16 units, without control characters. */
export const line = (max: number) =>
  v.pipe(v.string('field.invalid'), v.trim(), v.maxLength(max, 'field.too_long'), v.check((s) => !CONTROL.test(s) && !LINE_BREAKS.test(s), 'field.control_characters'))

/** As `line`, and not empty. */
export const requiredLine = (max: number) => v.pipe(line(max), v.minLength(1, 'field.required'))

/** A moment in UTC, as RFC 3339; any offset is accepted and kept as sent. */
export const instant = v.pipe(v.string('field.invalid'), v.isoTimestamp('date.malformed'))

/** A closed list of words. */
export const oneOf = <const T extends readonly string[]>(options: T) => v.picklist(options, 'field.not_an_option')

/** Where a text may be anything that the store holds: replies are not judged again. */
export const text = v.string()
export const count = v.pipe(v.number(), v.integer())
export const nullable = <S extends v.GenericSchema>(schema: S) => v.nullable(schema)

/** Query values arrive as text. */
export const queryNumber = (min: number, max: number) =>
  v.pipe(v.string('field.invalid'), v.regex(/^-?\d{1,9}$/, 'field.invalid'), v.transform(Number), v.minValue(min, 'field.too_small'), v.maxValue(max, 'field.too_large'))
export const queryFlag = v.pipe(oneOf(['true', 'false']), v.transform((s) => s === 'true'))
export const queryText = line(320)

/** `limit` and `cursor` of every list. */
export const paging = { limit: v.optional(queryNumber(1, 200)), cursor: v.optional(v.pipe(v.string('field.invalid'), v.maxLength(2000, 'field.too_long'))) }

/** A page of items; `next` is the cursor of the following page. */
export const pageOf = <S extends v.GenericSchema>(item: S) =>
  v.object({ items: v.array(item), next: v.nullable(v.string()), total: v.optional(count) })
