import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import webpack from 'webpack'
import { server } from '../webpack.config.js'
import { ROOT, entriesOf } from './bundles.mjs'

const FOLDER = join(ROOT, 'tests/bench')
const RESULTS = join(ROOT, 'bench/results')

/** The value below which the share `p` (0 to 1) of the sorted samples lies. */
export function percentile(sorted, p) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))]
}

/** One line of the table: count, median, 95th percentile and slowest of the samples. */
export function summarize({ name, unit, samples }) {
  const sorted = [...samples].sort((a, b) => a - b)
  const show = (value) => Number(value?.toPrecision(4))
  return { name, n: sorted.length, p50: show(percentile(sorted, 0.5)), p95: show(percentile(sorted, 0.95)), max: show(sorted.at(-1)), unit }
}

/** The names of the benchmarks that exist: `tests/bench/NAME.bench.ts`. */
const benchNames = () => (existsSync(FOLDER) ? readdirSync(FOLDER) : [])
  .filter((file) => file.endsWith('.bench.ts')).map((file) => file.slice(0, -'.bench.ts'.length)).sort()

/** The threads of the server, which a benchmark starts from files beside its own. */
const workers = Object.fromEntries(Object.entries(entriesOf('server')).filter(([entry]) => entry.endsWith('.worker')))

/** Compiles one benchmark as the server is compiled; answers the path of the module. */
async function compileBench(name) {
  const config = server()
  const folder = join(ROOT, '.cache/bench')
  const compiler = webpack({
    ...config,
    name: 'bench',
    // Files beside the sources are found from the project's root.
    node: { __dirname: true },
    entry: { [name]: `./tests/bench/${name}.bench.ts`, ...workers },
    output: { ...config.output, path: folder, clean: false },
    cache: false,
  })
  const stats = await new Promise((resolve, reject) => {
    compiler.run((error, result) => (error ? reject(error) : resolve(result)))
  })
  await new Promise((resolve) => { compiler.close(resolve) })
  if (stats.hasErrors()) throw new Error(stats.toString({ preset: 'errors-only', colors: false }))
  return join(folder, `${name}.js`)
}

const gitHead = () => execFileSync('git', ['rev-parse', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim()

const machine = () => ({
  cpu: cpus()[0]?.model, cores: cpus().length, memoryBytes: totalmem(), platform: process.platform, node: process.version,
})

/**
 * A benchmark exports `run(): Promise<{ name, unit, samples: number[] }[]>`;
 * what it measured is printed and kept with commit, machine and every sample.
 */
async function runBench(name) {
  const module = await import(pathToFileURL(await compileBench(name)).href)
  const series = await module.run()
  console.log(`\n${name}`)
  console.table(series.map(summarize))
  mkdirSync(RESULTS, { recursive: true })
  const at = new Date().toISOString()
  const record = { name, at, commit: gitHead(), machine: machine(), series }
  writeFileSync(join(RESULTS, `${name}-${at.replaceAll(/[:.]/g, '-')}.json`), `${JSON.stringify(record)}\n`)
}

async function main() {
  const known = benchNames()
  const names = process.argv.length > 2 ? process.argv.slice(2) : known
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    console.error(`no such benchmark: ${unknown.join(', ')}; there are: ${known.join(', ') || 'none'}`)
    process.exit(1)
  }
  for (const name of names) await runBench(name)
}

if (process.argv[1] === import.meta.filename) void main()
