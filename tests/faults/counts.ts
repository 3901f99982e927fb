const FULL = process.env['FAULTS']

/** The part of the full counts that is asked for by `FAULTS`: all of it for `full`, a percentage, else null for a small slice. */
const part = FULL === undefined ? null : FULL === 'full' ? 1 : Number(FULL) / 100

/** Whether more than the small slice is asked for. */
export const isLong = part !== null

/** How often something is tried: `small` in an ordinary run. */
export const countOf = (small: number, full: number): number => (part === null ? small : Math.max(small, Math.round(full * part)))
