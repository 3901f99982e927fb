import { gzipSync } from 'node:zlib'
import webpack from 'webpack'

const KB = 1000

/** What the task pane may weigh, in bytes of gzip; office.js is not ours and not counted. */
export const OUTLOOK_BUDGET = { initial: 120 * KB, route: 80 * KB, all: 272 * KB }

/** What the pane aims at for its first screen, in bytes of gzip. */
export const OUTLOOK_GOAL = 110 * KB

/**
 * How a part counts, told by its chunk's name. `lazy-…` is asked for after the first screen; axios,
 * MSAL and the one language come beside it. Everything else is waited for before anything can be
 * shown, so a part without a name counts as such.
 */
const LAZY = /^lazy-/
const BESIDE = /^(http|msal|language-.+)$/

/** Nobody loads two languages or two themes: of parts that stand for each other only the heaviest counts. */
const ALTERNATIVES = /^(language|theme)-/

const isCode = (file) => /\.(js|css)$/.test(file)
const isFirst = (name) => !LAZY.test(name) && !BESIDE.test(name)

/**
 * Weighs one entry of a finished compilation: what the first screen waits for,
 * every part that comes beside or after it on top of that, and everything together.
 * Bytes after gzip; parts come heaviest first.
 */
export function weighEntry(compilation, entry) {
  const gzipBytes = new Map()
  const weigh = (file) => {
    if (!gzipBytes.has(file)) gzipBytes.set(file, gzipSync(compilation.getAsset(file).source.buffer(), { level: 9 }).length)
    return gzipBytes.get(file)
  }
  const sum = (files) => [...files].reduce((total, file) => total + weigh(file), 0)
  const entrypoint = compilation.entrypoints.get(entry)
  const partOf = (group) => {
    const files = group.getFiles().filter(isCode)
    return { name: group.name ?? files.join('+'), files, bytes: sum(files) }
  }
  const atOnce = groupsBelow(entrypoint, (group) => isFirst(group.name ?? ''))
  const first = new Set([partOf(entrypoint), ...heaviestOfEach(atOnce.map(partOf))].flatMap((part) => part.files))
  const routes = groupsBelow(entrypoint).filter((group) => !atOnce.includes(group)).map(partOf).map(({ name, files }) => {
    const own = files.filter((file) => !first.has(file))
    return { name, files: own, bytes: sum(own) }
  })
  const all = new Set([...first, ...heaviestOfEach(routes).flatMap((route) => route.files)])
  return { initial: sum(first), routes: routes.sort((a, b) => b.bytes - a.bytes), all: sum(all) }
}

function heaviestOfEach(parts) {
  const heaviest = new Map()
  for (const part of parts) {
    const kind = ALTERNATIVES.exec(part.name)?.[1] ?? part.name
    if (part.bytes > (heaviest.get(kind)?.bytes ?? -1)) heaviest.set(kind, part)
  }
  return [...heaviest.values()]
}

function groupsBelow(group, goesOn = () => true, seen = new Set()) {
  for (const child of group.childrenIterable) {
    if (seen.has(child) || !goesOn(child)) continue
    seen.add(child)
    groupsBelow(child, goesOn, seen)
  }
  return [...seen]
}

/** Every broken limit as a line of text; empty when the weight is within the budget. */
export function overBudget(weight, budget) {
  const text = (bytes) => `${(bytes / KB).toFixed(1)} KB gzip`
  const check = (what, bytes, limit) => (bytes > limit ? [`${what} weighs ${text(bytes)}, more than ${text(limit)}`] : [])
  return [
    ...check('all that the first screen waits for', weight.initial, budget.initial),
    ...weight.routes.flatMap((route) => check(`the part ${route.name}`, route.bytes, budget.route)),
    ...check('everything together', weight.all, budget.all),
  ]
}

/** The weight as lines for the terminal. */
export function reportWeight(entry, weight) {
  const line = (name, bytes) => `  ${(bytes / KB).toFixed(1).padStart(7)} KB gzip  ${name}`
  return [
    line(`${entry}: before the first screen`, weight.initial),
    ...weight.routes.map((route) => line(`${BESIDE.test(route.name) ? 'beside it' : 'after it'}: ${route.name}`, route.bytes)),
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
