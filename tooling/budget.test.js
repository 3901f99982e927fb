import { randomBytes } from 'node:crypto'
import { overBudget, reportWeight, weighEntry } from './budget.mjs'

const BUDGET = { initial: 100_000, route: 50_000, all: 200_000 }
const GZIP_OVERHEAD = 60

/** A compilation with one entry and lazy groups, as far as weighing looks at it. */
function fakeCompilation(bytesByFile, groups) {
  const group = ({ name, files, children = [] }) => ({ name, getFiles: () => files, childrenIterable: children.map(group) })
  return {
    entrypoints: new Map([['taskpane', group(groups)]]),
    getAsset: (file) => ({ source: { buffer: () => randomBytes(bytesByFile[file]) } }),
  }
}

const BYTES = { 'main.js': 1000, 'main.css': 700, 'main.txt': 9000, 'first.js': 500, 'light.js': 90, 'dark.js': 100, 'unnamed.js': 40, 'fr.js': 300, 'es.js': 250, 'shared.js': 200, 'lazy.js': 600, 'inner.js': 400, 'msal.js': 2000 }
const weigh = () => weighEntry(fakeCompilation(BYTES, {
  files: ['main.js', 'main.css', 'main.txt'],
  children: [
    { name: 'first', files: ['main.js', 'first.js', 'shared.js'], children: [{ name: 'lazy-later', files: ['lazy.js', 'shared.js'], children: [{ name: undefined, files: ['inner.js'] }] }] },
    { name: 'theme-light', files: ['light.js'] },
    { name: 'theme-dark', files: ['dark.js'] },
    { name: undefined, files: ['unnamed.js'] },
    { name: 'msal', files: ['msal.js'] },
    { name: 'language-fr', files: ['fr.js'] },
    { name: 'language-es', files: ['es.js'] },
  ],
}), 'taskpane')

test('all that the first screen waits for counts: styles, the heaviest theme, and parts that nobody named', () => {
  expect(Math.abs(weigh().initial - (1000 + 700 + 500 + 200 + 100 + 40))).toBeLessThan(6 * GZIP_OVERHEAD)
})

test('a lazy part counts with what it adds; what comes beside the first screen is told apart from it', () => {
  const { routes } = weigh()
  expect(routes.map((route) => route.name)).toEqual(['msal', 'lazy-later', 'inner.js', 'language-fr', 'language-es'])
  expect(routes[1].files).toEqual(['lazy.js'])
  expect(reportWeight('taskpane', weigh())).toMatch(/before the first screen[^]*beside it: msal[^]*after it: lazy-later/)
})

test('everything together counts one theme and one language', () => {
  expect(Math.abs(weigh().all - (2540 + 2000 + 600 + 400 + 300))).toBeLessThan(12 * GZIP_OVERHEAD / 2)
})

test.each([
  ['all that the first screen waits for', { initial: 100_001, routes: [], all: 100_001 }],
  ['the part lazy-order', { initial: 1, routes: [{ name: 'lazy-order', bytes: 50_001 }], all: 50_002 }],
  ['everything together', { initial: 1, routes: [], all: 200_001 }],
])('%s beyond its limit is named', (what, weight) => {
  expect(overBudget(weight, BUDGET)).toEqual([expect.stringContaining(what)])
})

test('a pane within its budget is accepted', () => {
  expect(overBudget({ initial: 100_000, routes: [{ name: 'x', bytes: 50_000 }], all: 200_000 }, BUDGET)).toEqual([])
})
