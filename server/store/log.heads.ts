import { createHmac, timingSafeEqual } from 'node:crypto'
import { appendFile, mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import type { ChainHead } from './events.chain'
import type { Store } from './store'

/** A head that was signed and kept outside of the database: whoever cuts or rewrites the log before it is found out. */
export type SignedHead = { organizationId: string; head: ChainHead; signedAt: string; signature: string }

const KEY_NAME = 'log_heads'
const lineSchema = v.object({ organizationId: v.string(), sequence: v.number(), hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)), signedAt: v.string(), signature: v.string() })

/** Where the heads of an installation are written: lines of JSON, one file for each organization. */
export const headsFolder = (dataDir: string): string => join(dataDir, 'heads')

/** Signs the heads that have moved since they were last signed, and writes them outside. Answers how many there were. */
export async function signHeads(store: Store, folder: string, now: Date): Promise<number> {
  const key = await store.key(KEY_NAME)
  const moved = await store.system((db) => db.selectFrom('chain_heads as head').select(['head.organization_id', 'head.sequence', 'head.hash'])
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('signed_heads').select('signed_heads.sequence')
      .whereRef('signed_heads.organization_id', '=', 'head.organization_id').whereRef('signed_heads.sequence', '=', 'head.sequence')))).execute())
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const { organization_id: organizationId, sequence, hash } of moved) {
    const signedAt = now.toISOString()
    const signature = signatureOf(key, organizationId, { sequence, hash }, signedAt)
    // Outside first: a head that only the database knows of proves nothing.
    await appendFile(fileOf(folder, organizationId), `${JSON.stringify({ organizationId, sequence, hash: hash.toString('hex'), signedAt, signature })}\n`, { mode: 0o600, flush: true })
    await store.system((db) => db.insertInto('signed_heads').values({ organization_id: organizationId, sequence, hash, signed_at: now, signature }).onConflict((conflict) => conflict.doNothing()).execute())
  }
  return moved.length
}

/** The heads kept outside, oldest first, by organization; a line that is cut short or whose signature is wrong is not one. */
export async function readHeads(store: Store, folder: string): Promise<{ heads: Map<string, SignedHead[]>; unreadable: number }> {
  const key = await store.key(KEY_NAME)
  const heads = new Map<string, SignedHead[]>()
  let unreadable = 0
  const files = await readdir(folder).catch(() => [])
  for (const file of files.filter((name) => name.endsWith('.jsonl')).sort()) {
    for (const line of (await readFile(join(folder, file), 'utf8')).split('\n').filter((text) => text !== '')) {
      const signed = parseHead(key, line)
      if (signed === null) unreadable += 1
      else heads.set(signed.organizationId, [...(heads.get(signed.organizationId) ?? []), signed])
    }
  }
  return { heads, unreadable }
}

const fileOf = (folder: string, organizationId: string): string => join(folder, `${organizationId}.jsonl`)

const signatureOf = (key: Buffer, organizationId: string, { sequence, hash }: ChainHead, signedAt: string): string =>
  createHmac('sha256', key).update(JSON.stringify(['head/1', organizationId, sequence, hash.toString('hex'), signedAt])).digest('base64url')

function parseHead(key: Buffer, line: string): SignedHead | null {
  const parsed = v.safeParse(lineSchema, parseJson(line))
  if (!parsed.success) return null
  const { organizationId, sequence, hash, signedAt, signature } = parsed.output
  const head: ChainHead = { sequence, hash: Buffer.from(hash, 'hex') }
  const [given, right] = [Buffer.from(signature), Buffer.from(signatureOf(key, organizationId, head, signedAt))]
  return given.length === right.length && timingSafeEqual(given, right) ? { organizationId, head, signedAt, signature } : null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
