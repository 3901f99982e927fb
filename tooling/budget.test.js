import { randomBytes } from 'node:crypto'
import { overBudget, reportWeight, weighEntry } from './budget.mjs'

const BUDGET = { initial: 100_000, route: 50_000, all: 200_000 }

/** A compilation with one entry and lazy groups, as far as weighing looks at it. */
function fakeCompilation(bytesByFile, groups) {
  const group = ({ name, files, children = [] }) => ({ name, getFiles: () => files, childrenIterable: children.map(group) })
  return {
    entrypoints: new Map([['taskpane', group(groups)]]),
    getAsset: (file) => ({ source: { buffer: () => randomBytes(bytesByFile[file]) } }),
  }
}

test('the first load counts scripts only, and a lazy part only what it adds', () => {
  const compilation = fakeCompilation({ 'main.js': 1000, 'main.css': 9000, 'fr.js': 300, 'shared.js': 200, 'inner.js': 50 }, {
    files: ['main.js', 'main.css'],
    children: [
      { name: 'fr', files: ['main.js', 'fr.js', 'shared.js'], children: [{ name: 'inner', files: ['inner.js'] }] },
      { name: 'es', files: ['shared.js'] },
    ],
  })
  const weight = weighEntry(compilation, 'taskpane')
  const gzipOverhead = 60
  expect(weight.routes.map((route) => route.name)).toEqual(['fr', 'es', 'inner'])
  expect(Math.abs(weight.initial - 1000)).toBeLessThan(gzipOverhead)
  expect(Math.abs(weight.all - 1550)).toBeLessThan(4 * gzipOverhead)
  expect(reportWeight('taskpane', weight)).toContain('taskpane: first load')
})

test.each([
  ['the first load', { initial: 100_001, routes: [], all: 100_001 }],
  ['the lazy part order', { initial: 1, routes: [{ name: 'order', bytes: 50_001 }], all: 50_002 }],
  ['everything together', { initial: 1, routes: [], all: 200_001 }],
])('%s beyond its limit is named', (what, weight) => {
  expect(overBudget(weight, BUDGET)).toEqual([expect.stringContaining(what)])
})

test('a pane within its budget is accepted', () => {
  expect(overBudget({ initial: 100_000, routes: [{ name: 'x', bytes: 50_000 }], all: 200_000 }, BUDGET)).toEqual([])
})
