import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gmailAddresses } from './appsscript.mjs'
import { BUNDLES, COMMON_INPUTS, INPUTS, PLACEHOLDER_URL, PRODUCTION_BUNDLES, ROOT, entriesOf, filesBelow } from './bundles.mjs'
import { withLock } from './lock.mjs'

const DIST = join(ROOT, 'dist')
const STATE_FILE = join(DIST, '.inputs.json')
const HASHES_FILE = join(DIST, 'hashes.json')

const isInput = (path) => !/\.test\.[a-z]+$/.test(path)
const sha256 = (content) => createHash('sha256').update(content).digest('hex')

function filesOf(path) {
  const absolute = join(ROOT, path)
  if (!existsSync(absolute)) return []
  return statSync(absolute).isFile() ? [path] : filesBelow(path).filter(isInput)
}

/** One digest over the content of everything that a bundle is made of. */
function inputDigest(bundle, publicUrl) {
  const hash = createHash('sha256').update(publicUrl).update(JSON.stringify(gmailAddresses()))
  for (const path of [...COMMON_INPUTS, ...INPUTS[bundle]].flatMap(filesOf).sort())
    hash.update(`\0${path}\0`).update(readFileSync(join(ROOT, path)))
  return hash.digest('hex')
}

function readJson(path, otherwise) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return otherwise
  }
}

const outputsOf = (bundle) => filesBelow(`dist/${bundle}`).sort()

/** A bundle is current when it was built from the same inputs and none of its files went missing. */
function isCurrent(bundle, state, hashes, digest) {
  if (state[bundle] !== digest) return false
  return Object.keys(hashes[bundle] ?? {}).every((path) => existsSync(join(ROOT, path)))
}

const hashOutputs = (bundle) =>
  Object.fromEntries(outputsOf(bundle).map((path) => [path, sha256(readFileSync(join(ROOT, path)))]))

/** The origin that goes into the add-ins: they are only ever called over https. */
const addInUrl = (publicUrl) => (publicUrl?.startsWith('https://') ? publicUrl.replace(/\/+$/, '') : PLACEHOLDER_URL)

/** The compiler runs in a process of its own, so that its memory is gone when the server starts. */
async function compileInChild(names, url) {
  const compiler = join(ROOT, 'tooling/compile.mjs')
  const child = spawn(process.execPath, [compiler, url, ...names], { cwd: ROOT, stdio: ['pipe', 'inherit', 'inherit'] })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`the build of ${names.join(', ')} failed`)
}

/**
 * Builds those of the named bundles whose inputs changed since they were last
 * built, writes the completed manifests beside them, and records the SHA-256 of
 * every file in dist/hashes.json (`{ bundle: { path: hex } }`). One build runs
 * at a time. Answers the names that were built; rejects when one fails
 * (the messages went to the terminal). `publicUrl` is where the server is reached (https, or a placeholder is used).
 */
export async function build({ only = BUNDLES, publicUrl, log = () => {} } = {}) {
  const url = addInUrl(publicUrl)
  const wanted = only.filter((bundle) => Object.keys(entriesOf(bundle)).length > 0)
  const changed = () => {
    const state = readJson(STATE_FILE, {})
    const hashes = readJson(HASHES_FILE, {})
    const digests = Object.fromEntries(wanted.map((bundle) => [bundle, inputDigest(bundle, url)]))
    return { state, hashes, digests, names: wanted.filter((bundle) => !isCurrent(bundle, state, hashes, digests[bundle])) }
  }
  if (changed().names.length === 0) return []
  return withLock(join(ROOT, '.cache/build.lock'), async () => {
    const { state, hashes, digests, names } = changed()
    if (names.length === 0) return []
    log(`building ${names.join(', ')}`)
    mkdirSync(DIST, { recursive: true })
    for (const name of names) delete state[name]
    writeFileSync(STATE_FILE, JSON.stringify(state))
    await compileInChild(names, url)
    for (const name of names) {
      hashes[name] = hashOutputs(name)
      state[name] = digests[name]
    }
    writeFileSync(HASHES_FILE, `${JSON.stringify(hashes, null, 2)}\n`)
    writeFileSync(STATE_FILE, JSON.stringify(state))
    return names
  })
}

async function main() {
  const only = process.argv.length > 2 ? process.argv.slice(2) : PRODUCTION_BUNDLES
  const unknown = only.filter((name) => !BUNDLES.includes(name))
  if (unknown.length > 0) throw new Error(`no such bundle: ${unknown.join(', ')}`)
  try {
    const built = await build({ only, publicUrl: process.env.PUBLIC_URL, log: console.log })
    console.log(built.length === 0 ? 'nothing changed' : `built ${built.join(', ')}`)
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}

if (process.argv[1] === import.meta.filename) void main()
