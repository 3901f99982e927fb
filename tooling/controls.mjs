import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { ROOT } from './bundles.mjs'

const KEYS = ['name', 'file', 'find', 'replace', 'test']
const LEFT_OUT = new Set(['node_modules', 'dist', '.git', '.cache', '.data', 'coverage', 'test-results'])

/** What is wrong with a control as lines of text; empty when it can be run. */
export function controlProblems(control) {
  const missing = KEYS.filter((key) => typeof control?.[key] !== 'string').map((key) => `${key} is missing`)
  return missing.length > 0 || control.find !== control.replace ? missing : ['it changes nothing']
}

/** The text with the one place that `find` names replaced; throws unless there is exactly one. */
export function mutate(text, { find, replace }) {
  const places = text.split(find).length - 1
  if (places !== 1) throw new Error(`"${find}" stands ${places} times in the file, not once`)
  return text.split(find).join(replace)
}

/**
 * The word for a control: `caught` when its test is green before and red after
 * the mutation, else what it was instead.
 */
export function verdict(greenBefore, greenAfter) {
  if (!greenBefore) return 'red without the mutation'
  return greenAfter ? 'MISSED' : 'caught'
}

/** The controls in a folder, one or a list in each `*.json`, in the order of their files; `wanted` are words of their names, or names of files. */
export function readControls(folder, wanted = []) {
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter((file) => file.endsWith('.json')).sort()
    .flatMap((file) => [JSON.parse(readFileSync(join(folder, file), 'utf8'))].flat()
      .filter(({ name }) => wanted.length === 0 || wanted.some((word) => `${word}.json` === file || String(name).includes(word))))
}

function copyProject() {
  const copy = mkdtempSync(join(tmpdir(), 'orgdesk-control-'))
  cpSync(ROOT, copy, { recursive: true, filter: (path) => path === ROOT || !LEFT_OUT.has(basename(path)) })
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

/** `test` is a file, or a file and the name of one test in it: `path.test.ts > name`. */
function isGreen(copy, test) {
  const [path, name] = test.split(' > ')
  const args = ['--runTestsByPath', path, '--runInBand', ...(name === undefined ? [] : ['--testNamePattern', escapePattern(name)])]
  const { status } = spawnSync(process.execPath, [join(copy, 'node_modules/jest/bin/jest.js'), ...args], { cwd: copy, stdio: 'ignore' })
  return status === 0
}

const escapePattern = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function runControl(copy, control) {
  const [problem] = controlProblems(control)
  if (problem !== undefined) return problem
  const path = join(copy, control.file)
  if (!existsSync(path)) return 'the file does not exist'
  const original = readFileSync(path, 'utf8')
  const greenBefore = isGreen(copy, control.test)
  try {
    writeFileSync(path, mutate(original, control))
    return verdict(greenBefore, isGreen(copy, control.test))
  } catch (error) {
    return error.message
  } finally {
    writeFileSync(path, original)
  }
}

if (process.argv[1] === import.meta.filename) {
  const wanted = process.argv.slice(2)
  const controls = readControls(join(ROOT, 'tests/controls'), wanted)
  const copy = copyProject()
  const rows = []
  try {
    for (const control of controls) {
      rows.push({ control: control.name, test: control.test, verdict: runControl(copy, control) })
      console.log(`${rows.at(-1).verdict.padEnd(8)} ${control.name}`)
    }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
  console.table(rows)
  const caught = rows.filter((row) => row.verdict === 'caught').length
  console.log(`${caught} caught, ${rows.length - caught} not`)
  process.exitCode = caught === rows.length && rows.length > 0 ? 0 : 1
}
