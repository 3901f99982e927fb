import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(__dirname, '..')
const TEXT = readFileSync(join(ROOT, 'docs/SECURITY.md'), 'utf8')
const ROWS = TEXT.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| |'))

/** How many items of each section are of level 1 or 2; they come first in it. */
const SECTIONS: Record<string, number> = {
  '1.1': 2, '1.2': 9, '1.3': 11, '1.4': 3, '1.5': 2, '2.1': 3, '2.2': 3, '2.3': 4, '2.4': 1, '3.2': 2, '3.3': 4, '3.4': 6, '3.5': 5, '3.7': 2, '4.1': 3, '4.2': 1, '4.3': 2, '4.4': 4,
  '5.1': 1, '5.2': 3, '5.3': 2, '5.4': 3, '6.1': 3, '6.2': 12, '6.3': 4, '6.4': 4, '6.5': 5, '6.6': 3, '6.8': 4, '7.1': 3, '7.2': 4, '7.3': 2, '7.4': 5, '7.5': 2, '7.6': 2,
  '8.1': 2, '8.2': 3, '8.3': 1, '8.4': 1, '9.1': 3, '9.2': 4, '10.1': 2, '10.2': 2, '10.3': 4, '10.4': 11, '10.5': 5, '10.6': 2, '10.7': 3, '11.1': 2, '11.2': 3, '11.3': 3, '11.4': 4, '11.5': 1, '11.6': 1,
  '12.1': 3, '12.2': 2, '12.3': 4, '13.1': 1, '13.2': 5, '13.3': 2, '13.4': 5, '14.1': 2, '14.2': 4, '14.3': 3, '15.1': 3, '15.2': 3, '15.3': 7, '16.1': 1, '16.2': 5, '16.3': 4, '16.4': 3, '16.5': 3, '17.1': 1, '17.2': 4, '17.3': 2,
}
const BESIDES = ['1.2.10', '1.5.3', '6.3.6', '8.3.2', '15.2.4', '15.4.2']

it('every test that the table names is there', () => {
  const named = [...TEXT.matchAll(/`([\w./-]+\.tsx?)`/g)].map((found) => found[1] ?? '')
  expect(named.length).toBeGreaterThan(200)
  expect([...new Set(named)].filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
})

it('every item of levels 1 and 2 has its row, once', () => {
  const wanted = [...Object.entries(SECTIONS).flatMap(([section, count]) => Array.from({ length: count }, (_, n) => `${section}.${n + 1}`)), ...BESIDES]
  const given = ROWS.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/\d+\.\d+\.\d+/g)].map(String))
  expect(given.toSorted()).toEqual(wanted.toSorted())
})

it('a row without a test says why', () => {
  const silent = ROWS.filter((row) => !row.includes('.test.ts') && /^\| [\d.]+/.test(row)).filter((row) => (row.split('|')[2] ?? '').trim().length < 10)
  expect(silent).toEqual([])
})
