import { gzipSync } from 'node:zlib'
import webpack from 'webpack'

const KB = 1000

/** What the task pane may weigh, in bytes of gzip; office.js is not ours and not counted. */
export const OUTLOOK_BUDGET = { initial: 125 * KB, route: 80 * KB, all: 275 * KB }

const isScript = (file) => file.endsWith('.js')

/**
 * Weighs one entry of a finished compilation: the scripts of its first load,
 * each lazily loaded group on top of that, and everything together.
 * Bytes after gzip; groups come heaviest first.
 */
export function weighEntry(compilation, entry) {
  const gzipBytes = new Map()
  const weigh = (file) => {
    if (!gzipBytes.has(file)) gzipBytes.set(file, gzipSync(compilation.getAsset(file).source.buffer(), { level: 9 }).length)
    return gzipBytes.get(file)
  }
  const sum = (files) => [...files].reduce((total, file) => total + weigh(file), 0)
  const entrypoint = compilation.entrypoints.get(entry)
  const first = new Set(entrypoint.getFiles().filter(isScript))
  const routes = groupsBelow(entrypoint).map((group) => {
    const files = group.getFiles().filter((file) => isScript(file) && !first.has(file))
    return { name: group.name ?? files.join('+'), files, bytes: sum(files) }
  })
  const all = new Set([...first, ...heaviestOfEach(routes).flatMap((route) => route.files)])
  return { initial: sum(first), routes: routes.sort((a, b) => b.bytes - a.bytes), all: sum(all) }
}

/** Nobody loads two languages or two themes: of parts that stand for each other only the heaviest counts. */
const ALTERNATIVES = /^(language|theme)-/

function heaviestOfEach(routes) {
  const heaviest = new Map()
  for (const route of routes) {
    const kind = ALTERNATIVES.exec(route.name)?.[1] ?? route.name
    if (route.bytes > (heaviest.get(kind)?.bytes ?? -1)) heaviest.set(kind, route)
  }
  return [...heaviest.values()]
}

function groupsBelow(group, seen = new Set()) {
  for (const child of group.childrenIterable) {
    if (seen.has(child)) continue
    seen.add(child)
    groupsBelow(child, seen)
  }
  return [...seen]
}

/** Every broken limit as a line of text; empty when the weight is within the budget. */
export function overBudget(weight, budget) {
  const text = (bytes) => `${(bytes / KB).toFixed(1)} KB gzip`
  const check = (what, bytes, limit) => (bytes > limit ? [`${what} weighs ${text(bytes)}, more than ${text(limit)}`] : [])
  return [
    ...check('the first load', weight.initial, budget.initial),
    ...weight.routes.flatMap((route) => check(`the lazy part ${route.name}`, route.bytes, budget.route)),
    ...check('everything together', weight.all, budget.all),
  ]
}

/** The weight as lines for the terminal. */
export function reportWeight(entry, weight) {
  const line = (name, bytes) => `  ${(bytes / KB).toFixed(1).padStart(7)} KB gzip  ${name}`
  return [
    line(`${entry}: first load`, weight.initial),
    ...weight.routes.map((route) => line(`lazy: ${route.name}`, route.bytes)),
    line('everything together', weight.all),
  ].join('\n')
}

/** Webpack plugin: logs the weight of each named entry and fails the build over the budget. */
export function budgetPlugin(entries, budget) {
  return {
    apply(compiler) {
      compiler.hooks.compilation.tap('budget', (compilation) => {
        const stage = webpack.Compilation.PROCESS_ASSETS_STAGE_REPORT
        compilation.hooks.processAssets.tap({ name: 'budget', stage }, () => {
          for (const entry of entries.filter((name) => compilation.entrypoints.has(name))) judge(compilation, entry, budget)
        })
      })
    },
  }
}

function judge(compilation, entry, budget) {
  const weight = weighEntry(compilation, entry)
  compilation.getLogger('budget').info(reportWeight(entry, weight))
  compilation.errors.push(...overBudget(weight, budget).map((text) => new webpack.WebpackError(`${entry}: ${text}`)))
}
