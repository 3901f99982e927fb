import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import * as v from 'valibot'

/** The signing key of the demo's provider, and what its cookies are signed with. */
export type DemoKeys = { privateJwk: JWK; publicJwk: JWK; cookieSecret: string }

const jwkSchema = v.pipe(v.looseObject({ kty: v.string(), crv: v.string(), x: v.string(), y: v.string(), d: v.string(), kid: v.string() }))
const fileSchema = v.object({ privateJwk: jwkSchema, cookieSecret: v.string() })

/** Reads the keys of this demo, or makes them: tokens outlive a restart. */
export async function ensureDemoKeys(dataDir: string): Promise<DemoKeys> {
  const folder = join(dataDir, 'demo')
  const file = join(folder, 'keys.json')
  const stored = await readFile(file, 'utf8').then((text): unknown => JSON.parse(text)).catch(() => null)
  const parsed = v.safeParse(fileSchema, stored)
  if (parsed.success) return withPublic(parsed.output)
  const made = await makeKeys()
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(file, JSON.stringify(made), { mode: 0o600 })
  return withPublic(made)
}

async function makeKeys(): Promise<{ privateJwk: JWK; cookieSecret: string }> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const kid = randomBytes(8).toString('hex')
  return { privateJwk: { ...(await exportJWK(privateKey)), kid, alg: 'ES256', use: 'sig' }, cookieSecret: randomBytes(32).toString('base64url') }
}

function withPublic(keys: { privateJwk: JWK; cookieSecret: string }): DemoKeys {
  const { kty, crv, x, y, kid } = keys.privateJwk
  return { ...keys, publicJwk: { kty, crv, x, y, kid, alg: 'ES256', use: 'sig' } }
}
