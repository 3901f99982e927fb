/** The kind of the job that does an import; its payload is `{ importId }`. */
export const IMPORT_JOB = 'user_import.run'

/** An import is ended after so many attempts without progress, by whoever takes it up next. */
export const IMPORT_MAX_ATTEMPTS = 10

/** How often it may be taken up at all: more than attempts, because a server can die over ending it, too. */
export const IMPORT_MAX_TAKES = 1_000
