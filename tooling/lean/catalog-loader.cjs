const { readFileSync } = require('node:fs')
const { join } = require('node:path')
const { parse } = require('acorn')

const TRANSLATED = /[\\/]i18n[\\/](?:fr|es)[\\/]([\w-]+)\.ts$/
const KEY = /^ {2}'([^']+)':/gm

const isCatalog = (node) => node.type === 'ExportNamedDeclaration' && node.declaration?.declarations?.[0]?.init?.type === 'ObjectExpression'
const keyOf = (property) => property.key.value ?? property.key.name
const keysOf = (file) => [...readFileSync(file, 'utf8').matchAll(KEY)].map(([, key]) => key)

/**
 * Webpack loader for a translated area, after its types are gone: its phrases in the order of the
 * English ones, without their keys, where English is in the bundle in any case.
 */
module.exports = function keepPhrasesOnly(source) {
  const area = TRANSLATED.exec(this.resourcePath)?.[1]
  const english = join(this.context, '../en', `${area}.ts`)
  this.addDependency(english)
  const keys = keysOf(english)
  const catalog = parse(source, { ecmaVersion: 'latest', sourceType: 'module' }).body.find(isCatalog)
  if (catalog === undefined) throw new Error(`${this.resourcePath} holds no phrases`)
  const { id, init } = catalog.declaration.declarations[0]
  const phrases = new Map(init.properties.map((property) => [keyOf(property), source.slice(property.value.start, property.value.end)]))
  if (phrases.size !== keys.length || keys.some((key) => !phrases.has(key))) throw new Error(`${this.resourcePath} has other keys than English`)
  return [
    `import { ${id.name} as english } from '../en/${area}'`,
    `import { inOrderOf } from ${JSON.stringify(join(__dirname, 'in-order-of.mjs'))}`,
    `export const ${id.name} = inOrderOf(english, [${keys.map((key) => phrases.get(key)).join(',')}])`,
  ].join('\n')
}

/** The keys of an area, in their order. */
module.exports.keysOf = keysOf
