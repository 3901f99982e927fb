/** The kind of the job that does an import; its payload is `{ importId }`. */
export const IMPORT_JOB = 'user_import.run'
