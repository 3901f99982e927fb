const { readFileSync, readdirSync } = require('node:fs')
const { join } = require('node:path')
const fluent = require('@fluentui/react-components')

const FOLDER = join(__dirname, '../../outlook-addin')
const EXPORTED = /export \{ (\w+) \}/
const TOKEN = /\btokens\.(\w+)/g

/** The tokens that the pane's sources name. */
function namedTokens() {
  const sources = readdirSync(FOLDER, { recursive: true }).filter((path) => /\.tsx?$/.test(path) && !/\.test\./.test(path))
  return new Set(sources.flatMap((path) => [...readFileSync(join(FOLDER, path), 'utf8').matchAll(TOKEN)].map(([, name]) => name)))
}

/**
 * Webpack loader for a module that hands on one of Fluent's themes: keeps, of its hundreds of
 * values, those that the pane names. The names are read again with every change of a source.
 */
module.exports = function keepNamedTokens(source) {
  const theme = EXPORTED.exec(source)?.[1]
  if (theme === undefined || !(theme in fluent)) throw new Error(`${this.resourcePath} hands on no theme of Fluent's`)
  this.addContextDependency(FOLDER)
  const named = namedTokens()
  const values = Object.entries(fluent[theme]).filter(([name]) => named.has(name))
  return `export const ${theme} = ${JSON.stringify(Object.fromEntries(values))}`
}
