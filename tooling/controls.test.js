import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './bundles.mjs'
import { controlProblems, groupsOf, mutate, readControls, readIn, stateOf, verdict } from './controls.mjs'

const CONTROL = { name: 'n', file: 'f.ts', find: 'a < b', replace: 'a <= b', test: 'f.test.ts' }

const FILES = { 'f.ts': 'if (a < b) x', 'twice.ts': 'a < b, a < b', 'none.ts': '', 'f.test.ts': '' }
const problemsOf = (more) => controlProblems({ ...CONTROL, ...more }, (file) => FILES[file])

test('a control names what it changes and the test that must notice', () => {
  expect(problemsOf({})).toEqual([])
  expect(problemsOf({ test: undefined, find: 3 })).toEqual(['find is missing', 'test is missing'])
  expect(problemsOf({ replace: CONTROL.find })).toEqual(['it changes nothing'])
})

test('a mutation that fits nowhere or twice, or that has no file, is refused before anything runs', () => {
  expect(problemsOf({ file: 'none.ts' })).toEqual(['"a < b" stands 0 times in the file, not once'])
  expect(problemsOf({ file: 'twice.ts' })).toEqual(['"a < b" stands 2 times in the file, not once'])
  expect(problemsOf({ file: 'gone.ts' })).toEqual(['gone.ts does not exist'])
  expect(problemsOf({ test: 'gone.test.ts > name' })).toEqual(['gone.test.ts does not exist'])
})

test('every control of the project fits what it changes', () => {
  const unfit = readControls(join(ROOT, 'tests/controls')).flatMap((control) => controlProblems(control, readIn(ROOT)).map((problem) => `${control.name}: ${problem}`))
  expect(unfit).toEqual([])
})

test('a mutation changes its place, whatever signs it holds', () => {
  expect(mutate('if (a < b) x', CONTROL)).toBe('if (a <= b) x')
  expect(mutate('x($1)', { find: '($1)', replace: '($&)' })).toBe('x($&)')
})

const reportOf = (...tests) => ({ testResults: [{ name: '/copy/a/f.test.ts', status: tests.every(([, status]) => status === 'passed') && tests.length > 0 ? 'passed' : 'failed', assertionResults: tests.map(([fullName, status]) => ({ fullName, status })) }] })

test.each([
  ['all passed', reportOf(['seats hold', 'passed'], ['seats (2) fail', 'passed']), 'green'],
  ['one failed', reportOf(['seats hold', 'passed'], ['seats (2) fail', 'failed']), 'red'],
  ['none ran', reportOf(['seats hold', 'pending']), 'has no test'],
  ['its file could not be loaded', reportOf(), 'did not run'],
  ['nothing was reported', null, 'did not run'],
])('of a file of tests where %s', (_which, report, state) => {
  expect(stateOf(report, 'a/f.test.ts')).toBe(state)
})

test('a test that is named is judged by itself, and a name that nothing has is told', () => {
  const report = reportOf(['Seats hold', 'passed'], ['seats (2) fail', 'failed'])
  expect(['seats hold', 'seats (2)', 'nobody'].map((words) => stateOf(report, `a/f.test.ts > ${words}`))).toEqual(['green', 'red', 'has no test'])
})

test('only a test that was green and turns red has caught the mutation', () => {
  expect([verdict('green', 'red'), verdict('green', 'green'), verdict('red', 'red'), verdict('has no test', 'did not run'), verdict('green', 'did not run')])
    .toEqual(['caught', 'MISSED', 'red without the mutation', 'has no test without the mutation', 'did not run with the mutation'])
})

test('all tests are run in as few runs as their names allow', () => {
  expect(groupsOf(['a > one', 'b', 'c > two (2)', 'a > three', 'a > one', 'b > four'])).toEqual([
    { paths: ['b'], words: null },
    { paths: ['a', 'c'], words: 'one|two \\(2\\)|three' },
  ])
  expect(groupsOf(['b'])).toEqual([{ paths: ['b'], words: null }])
})

test('controls are read from every file of the folder, in order', () => {
  const folder = mkdtempSync(join(tmpdir(), 'orgdesk-controls-'))
  writeFileSync(join(folder, 'b.json'), JSON.stringify([{ name: 'two' }, { name: 'three' }]))
  writeFileSync(join(folder, 'a.json'), JSON.stringify({ name: 'one' }))
  writeFileSync(join(folder, 'notes.txt'), 'not a control')
  expect(readControls(folder).map(({ name }) => name)).toEqual(['one', 'two', 'three'])
  expect([['b'], ['one'], ['t']].map((wanted) => readControls(folder, wanted).map(({ name }) => name))).toEqual([['two', 'three'], ['one'], ['two', 'three']])
  expect(readControls(join(folder, 'absent'))).toEqual([])
  rmSync(folder, { recursive: true })
})
