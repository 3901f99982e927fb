import * as v from 'valibot'

/** What a backup says of itself; a folder without a good one is no backup. */
const manifestSchema = v.object({
  format: v.literal(1),
  createdAt: v.string(),
  /** The steps of the schema that the data lies in. */
  migrations: v.array(v.object({ id: v.number(), checksum: v.string() })),
  /** The months of the log, as first days; null where it is empty. */
  months: v.nullable(v.object({ first: v.string(), last: v.string() })),
  tables: v.array(v.object({ name: v.pipe(v.string(), v.regex(/^[a-z_]+$/)), columns: v.array(v.pipe(v.string(), v.regex(/^[a-z_]+$/))), rows: v.number(), sha256: v.string() })),
  heads: v.array(v.object({ file: v.pipe(v.string(), v.regex(/^[0-9a-f-]{36}\.jsonl$/)), sha256: v.string() })),
})
export type Manifest = v.InferOutput<typeof manifestSchema>

export const MANIFEST_FILE = 'manifest.json'
/** Where a table's rows lie: PostgreSQL's own text format, packed. */
export const fileOfTable = (name: string): string => `${name}.copy.gz`

/** The manifest of this text; null where it is none of this version. */
export function parseManifest(text: string): Manifest | null {
  try {
    const parsed = v.safeParse(manifestSchema, JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}
