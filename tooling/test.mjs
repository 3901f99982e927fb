import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './build.mjs'
import { ROOT } from './bundles.mjs'

/** The stages of `npm test` by name: arguments of jest, or a command of its own. */
const STAGES = {
  check: { script: 'check' },
  build: { bundles: true },
  unit: { projects: ['unit', 'dom', 'store', 'hosts'], workers: '100%' },
  // What counts fsyncs and kills servers has the machine for itself.
  faults: { projects: ['faults'], workers: '1' },
  // Each file has a server and a browser of its own, and mostly waits for them.
  e2e: { projects: ['e2e'], workers: '2' },
}

/** Counts of one jest run, from its JSON report; a suite that could not run counts as one failed test. */
export const countsOf = (report) => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
})

function runJest({ projects, workers }) {
  const folder = mkdtempSync(join(tmpdir(), 'orgdesk-test-'))
  const report = join(folder, 'report.json')
  // A test that left something open has failed or will be found by its owner; the run itself must end.
  const args = ['--selectProjects', ...projects, '--passWithNoTests', '--forceExit', '--json', `--outputFile=${report}`]
  const jest = join(ROOT, 'node_modules/jest/bin/jest.js')
  const { status } = spawnSync(process.execPath, [jest, ...args, `--maxWorkers=${workers}`], {
    cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'],
  })
  try {
    return { ...countsOf(JSON.parse(readFileSync(report, 'utf8'))), ok: status === 0 }
  } catch {
    return { passed: 0, failed: 1, ok: false }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runStage(stage) {
  if (stage.projects !== undefined) return runJest(stage)
  if (stage.script !== undefined) {
    const { status } = spawnSync('npm', ['run', '--silent', stage.script], { cwd: ROOT, stdio: 'inherit' })
    return { passed: 0, failed: 0, ok: status === 0 }
  }
  return build({ publicUrl: process.env.PUBLIC_URL, log: console.log })
    .then(() => ({ passed: 0, failed: 0, ok: true }), () => ({ passed: 0, failed: 0, ok: false }))
}

/** Runs the named stages in order (all when none is named) and ends with one plain line of counts. */
async function run(names) {
  const total = { passed: 0, failed: 0, ok: true }
  for (const name of names) {
    console.log(`\n== ${name}`)
    const result = await runStage(STAGES[name])
    total.passed += result.passed
    total.failed += result.failed
    total.ok &&= result.ok
    if (!result.ok && name === 'build') break
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`)
  process.exitCode = total.ok && total.failed === 0 ? 0 : 1
}

async function main() {
  const names = process.argv.slice(2)
  await run(names.length > 0 ? names : Object.keys(STAGES))
}

if (process.argv[1] === import.meta.filename) void main()
