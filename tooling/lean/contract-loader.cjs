const { parse } = require('acorn')

/** What a front reads of a row: how to ask and how to read the answer. The rest is the server's. */
const READ_BY_FRONTS = new Set(['method', 'path', 'reply'])

function* nodesBelow(node) {
  if (node === null || typeof node !== 'object') return
  if (typeof node.type === 'string') yield node
  for (const child of Object.values(node)) {
    if (Array.isArray(child)) for (const one of child) yield* nodesBelow(one)
    else yield* nodesBelow(child)
  }
}

const isRow = (node) => node.type === 'CallExpression' && node.callee.name === 'endpoint' && node.arguments[0]?.type === 'ObjectExpression'
const isRead = (property) => property.type !== 'Property' || READ_BY_FRONTS.has(property.key.name)

/**
 * Webpack loader for the contract, after its types are gone: keeps of every row what a front reads,
 * so that summaries, lists of errors and the parsers of requests stay out of the bundle.
 */
module.exports = function keepWhatFrontsRead(source) {
  const rows = [...nodesBelow(parse(source, { ecmaVersion: 'latest', sourceType: 'module' }))].filter(isRow).map((call) => call.arguments[0])
  if (rows.length === 0) throw new Error('a part of the contract holds no row')
  const kept = (row) => `{ ${row.properties.filter(isRead).map((property) => source.slice(property.start, property.end)).join(', ')} }`
  return rows.reduceRight((text, row) => text.slice(0, row.start) + kept(row) + text.slice(row.end), source)
}
