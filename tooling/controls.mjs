import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './bundles.mjs'
import { WORKERS, copyProject, removeCopies, runTests, startSharedPostgres } from './controls.run.mjs'

const KEYS = ['name', 'file', 'find', 'replace', 'test']

/** What is wrong with a control as lines of text; empty when it can be run. `textOf` reads a file of the project, undefined when there is none. */
export function controlProblems(control, textOf) {
  const missing = KEYS.filter((key) => typeof control?.[key] !== 'string').map((key) => `${key} is missing`)
  if (missing.length > 0) return missing
  if (control.find === control.replace) return ['it changes nothing']
  const [path] = splitTest(control.test)
  if (textOf(path) === undefined) return [`${path} does not exist`]
  const text = textOf(control.file)
  if (text === undefined) return [`${control.file} does not exist`]
  const places = text.split(control.find).length - 1
  return places === 1 ? [] : [`"${control.find}" stands ${places} times in the file, not once`]
}

/** The text with the place that `find` names replaced. */
export const mutate = (text, { find, replace }) => text.split(find).join(replace)

/** A test is a file, or a file and words of the names of some tests in it: `path.test.ts > words`. */
export const splitTest = (test) => test.split(' > ')

/**
 * What became of a test, from a report of jest (null where a run left none): `green`, `red`, `did not run`
 * where its file could not be loaded, or `has no test` where none in it has these words in its name.
 */
export function stateOf(report, test) {
  const [path, words] = splitTest(test)
  const file = report?.testResults.find(({ name }) => name.endsWith(`/${path}`))
  if (file === undefined || (file.status === 'failed' && file.assertionResults.length === 0)) return 'did not run'
  const named = words === undefined ? /^/ : new RegExp(escapePattern(words), 'i')
  const ran = file.assertionResults.filter(({ status, fullName }) => ['passed', 'failed'].includes(status) && named.test(fullName))
  if (ran.length === 0) return 'has no test'
  return ran.every(({ status }) => status === 'passed') ? 'green' : 'red'
}

/** The word for a control: `caught` when its test is green before and red after the mutation, else what it was instead. */
export function verdict(before, after) {
  if (before !== 'green') return `${before} without the mutation`
  if (after === 'green') return 'MISSED'
  return after === 'red' ? 'caught' : `${after} with the mutation`
}

/** The controls in a folder, one or a list in each `*.json`, in the order of their files; `wanted` are words of their names, or names of files. */
export function readControls(folder, wanted = []) {
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter((file) => file.endsWith('.json')).sort()
    .flatMap((file) => [JSON.parse(readFileSync(join(folder, file), 'utf8'))].flat()
      .filter(({ name }) => wanted.length === 0 || wanted.some((word) => `${word}.json` === file || String(name).includes(word))))
}

/** Runs of jest that together run each of these tests once: whole files, and files of which some tests are asked for. */
export function groupsOf(tests) {
  const parts = [...new Set(tests)].map(splitTest)
  const whole = new Set(parts.filter(([, words]) => words === undefined).map(([path]) => path))
  const named = parts.filter(([path]) => !whole.has(path))
  const words = named.map(([, word]) => escapePattern(word)).join('|')
  return [{ paths: [...whole], words: null }, { paths: [...new Set(named.map(([path]) => path))], words }].filter(({ paths }) => paths.length > 0)
}

const escapePattern = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Reads files of a folder; undefined where there is none. */
export const readIn = (folder) => (file) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : undefined)

/** Runs all tests once as they are; answers what became of each. */
async function runUnchanged(copy, tests) {
  const reports = []
  for (const group of groupsOf(tests)) reports.push(await runTests(copy, group, WORKERS))
  const results = { testResults: reports.flatMap((report) => report?.testResults ?? []) }
  return new Map(tests.map((test) => [test, stateOf(results, test)]))
}

async function runMutated(copy, control) {
  const path = join(copy, control.file)
  const original = readFileSync(path, 'utf8')
  writeFileSync(path, mutate(original, control))
  try {
    const [group] = groupsOf([control.test])
    const report = await runTests(copy, group, 1)
    return report === 'never ended' ? 'red' : stateOf(report, control.test)
  } finally {
    writeFileSync(path, original)
  }
}

/** Each worker has a copy of the project of its own and takes the next control that nobody has. */
async function runAll(controls, before, tell) {
  const waiting = [...controls]
  const work = async (copy) => {
    for (let control = waiting.shift(); control !== undefined; control = waiting.shift()) {
      const isGreen = before.get(control.test) === 'green'
      tell(control, verdict(before.get(control.test), isGreen ? await runMutated(copy, control) : 'did not run'))
    }
  }
  await Promise.all(Array.from({ length: Math.min(WORKERS, controls.length) }, () => work(copyProject())))
}

async function main(wanted) {
  const controls = readControls(join(ROOT, 'tests/controls'), wanted)
  const rows = []
  const tell = ({ name, test }, word) => {
    rows.push({ control: name, test, verdict: word })
    console.log(`${String(rows.length).padStart(3)}/${controls.length} ${word.padEnd(8)} ${name}`)
  }
  const fit = controls.filter((control) => {
    const [problem] = controlProblems(control, readIn(ROOT))
    if (problem !== undefined) tell(control, problem)
    return problem === undefined
  })
  const postgres = await startSharedPostgres()
  try {
    const before = await runUnchanged(copyProject(), fit.map(({ test }) => test))
    await runAll(fit, before, tell)
  } finally {
    removeCopies()
    await postgres.stop()
  }
  const missed = rows.filter((row) => row.verdict !== 'caught')
  if (missed.length > 0) console.table(missed)
  console.log(`${rows.length - missed.length} caught, ${missed.length} not`)
  process.exitCode = missed.length === 0 && rows.length > 0 ? 0 : 1
}

if (process.argv[1] === import.meta.filename) void main(process.argv.slice(2))
