/** The most that one import may hold. */
export const IMPORT_MAX_ROWS = 50_000
export const IMPORT_MAX_BYTES = 20 * 1024 * 1024
