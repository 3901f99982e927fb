import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import webpack from 'webpack'
import configure from '../webpack.config.js'
import { ROOT } from './bundles.mjs'
import { completeAppsScript } from './appsscript.mjs'
import { completeManifest, readManifestProblems } from './manifest.mjs'

/**
 * Compiles the named bundles in one run and writes the manifests that belong to
 * them, completed with `publicUrl` (an https origin). Rejects with every message
 * of the compiler, of the weight budget and of the manifest rules.
 */
export async function compile(names, publicUrl, log) {
  const compiler = webpack(configure({ only: names, publicUrl }))
  const stats = await promisify(compiler.run.bind(compiler))()
  await promisify(compiler.close.bind(compiler))()
  if (stats.hasErrors()) throw new Error(stats.toString({ preset: 'errors-only', colors: false }))
  for (const one of stats.stats) log(reportOf(one))
  if (names.includes('outlook')) await writeOutlookManifest(publicUrl)
  if (names.includes('gmail')) writeAppsScript(publicUrl)
}

function reportOf({ compilation, startTime, endTime }) {
  const weights = compilation.logging.get('budget')?.flatMap((entry) => entry.args ?? []) ?? []
  return [`${compilation.name}: ${((endTime - startTime) / 1000).toFixed(1)} s`, ...weights].join('\n')
}

async function writeOutlookManifest(publicUrl) {
  const text = completeManifest(readFileSync(join(ROOT, 'manifest.xml'), 'utf8'), publicUrl)
  const path = join(ROOT, 'dist/outlook/manifest.xml')
  writeFileSync(path, text)
  const problems = await readManifestProblems(path, join(ROOT, 'outlook-addin/assets'))
  if (problems.length > 0) throw new Error(problems.map((problem) => `manifest.xml: ${problem}`).join('\n'))
}

function writeAppsScript(publicUrl) {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'appsscript.json'), 'utf8'))
  const folder = join(ROOT, 'dist/gmail')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'appsscript.json'), `${JSON.stringify(completeAppsScript(manifest, publicUrl), null, 2)}\n`)
}

async function main() {
  // Standard input is a pipe from the build: its end means that the build is gone.
  process.stdin.on('end', () => process.exit(1)).resume().unref()
  const [publicUrl, ...names] = process.argv.slice(2)
  try {
    await compile(names, publicUrl, console.log)
    process.exit(0)
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
}

if (process.argv[1] === import.meta.filename) void main()
