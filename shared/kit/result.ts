/** A value that arrived, or the failure that came instead; never thrown. */
export type Result<T, F> = { ok: true; value: T } | { ok: false; failure: F }

/** Wraps a value that arrived. */
export const arrived = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })

/** Wraps the failure that came instead of a value. */
export const failed = <F>(failure: F): { ok: false; failure: F } => ({ ok: false, failure })

/** A value that has been through JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** A moment, as RFC 3339 in UTC with milliseconds (`2026-01-31T09:30:00.000Z`). */
export type Instant = string
