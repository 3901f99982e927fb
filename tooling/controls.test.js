import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { controlProblems, mutate, readControls, verdict } from './controls.mjs'

const CONTROL = { name: 'n', file: 'f.ts', find: 'a < b', replace: 'a <= b', test: 'f.test.ts' }

test('a control names what it changes and the test that must notice', () => {
  expect(controlProblems(CONTROL)).toEqual([])
  expect(controlProblems({ ...CONTROL, test: undefined, find: 3 })).toEqual(['find is missing', 'test is missing'])
  expect(controlProblems({ ...CONTROL, replace: CONTROL.find })).toEqual(['it changes nothing'])
})

test('a mutation changes exactly one place, whatever signs it holds', () => {
  expect(mutate('if (a < b) x', CONTROL)).toBe('if (a <= b) x')
  expect(mutate('x($1)', { find: '($1)', replace: '($&)' })).toBe('x($&)')
})

test('a mutation that fits nowhere or twice is refused', () => {
  expect(() => mutate('none', CONTROL)).toThrow('stands 0 times')
  expect(() => mutate('a < b, a < b', CONTROL)).toThrow('stands 2 times')
})

test('only a test that was green and turns red has caught the mutation', () => {
  expect([verdict(true, false), verdict(true, true), verdict(false, false)]).toEqual(['caught', 'MISSED', 'red without the mutation'])
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
