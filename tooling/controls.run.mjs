import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { ROOT } from './bundles.mjs'

const LEFT_OUT = new Set(['node_modules', '.git', '.cache', '.data', 'coverage', 'test-results'])
const ENDS_WITHIN_MS = 300_000

/** How many controls run at a time. */
export const WORKERS = Math.max(1, Math.min(availableParallelism(), 4))

const copies = []

/** A copy of the project, with what is built of it, to be changed. */
export function copyProject() {
  const copy = mkdtempSync(join(tmpdir(), 'orgdesk-control-'))
  copies.push(copy)
  // What the first copy has built need not be built again.
  const from = copies[0] === copy ? ROOT : copies[0]
  cpSync(from, copy, { recursive: true, filter: (path) => path === from || !LEFT_OUT.has(basename(path)) })
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

/** Removes all copies. */
export function removeCopies() {
  for (const copy of copies.splice(0)) rmSync(copy, { recursive: true, force: true })
}

/** Starts the one PostgreSQL of all runs; whoever runs tests finds it in the environment. */
export async function startSharedPostgres() {
  const child = spawn(process.execPath, [join(ROOT, 'tests/doubles/run.cjs'), join(ROOT, 'tests/postgres.shared.ts')], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), ended])
  if (typeof line !== 'string') throw new Error('PostgreSQL did not start')
  process.env.ORGDESK_TEST_POSTGRES = line
  const stop = async () => {
    child.stdin.end()
    await ended
  }
  return { stop }
}

/** Only what starts the built server needs it built anew: a build takes longer than most tests. */
const needsBundles = (copy, paths) => paths.some((path) => readFileSync(join(copy, path), 'utf8').includes("/e2e/server'"))

/**
 * Runs files of tests in a copy, or those tests in them whose names hold one of `words` (a pattern). Answers
 * jest's report, null where there is none, or `never ended`.
 */
export async function runTests(copy, { paths, words }, workers) {
  const report = join(copy, 'test-results.json')
  rmSync(report, { force: true })
  const args = ['--runTestsByPath', ...paths, '--forceExit', '--silent', '--json', `--outputFile=${report}`, `--maxWorkers=${workers}`, ...(words === null ? [] : [`--testNamePattern=${words}`])]
  const env = { ...process.env, ...(needsBundles(copy, paths) ? {} : { ORGDESK_TEST_BUNDLES: 'as they are' }) }
  const child = spawn(process.execPath, [join(copy, 'node_modules/jest/bin/jest.js'), ...args], { cwd: copy, env, stdio: 'ignore', detached: true })
  let isLate = false
  const late = setTimeout(() => {
    isLate = true
    process.kill(-child.pid, 'SIGKILL')
  }, ENDS_WITHIN_MS * paths.length)
  await once(child, 'exit')
  clearTimeout(late)
  if (isLate) return 'never ended'
  return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null
}
