import { join } from 'node:path'
import keepPhrasesOnly from './lean/catalog-loader.cjs'
import { inOrderOf } from './lean/in-order-of.mjs'

const FRENCH = join(__dirname, '../shared/i18n/fr')
const load = (source, file = 'pane.ts') => keepPhrasesOnly.call({ context: FRENCH, resourcePath: join(FRENCH, file), addDependency: () => undefined }, source)
const keysOf = (code) => code.match(/\[(.*)\]\)$/s)[1].split(',')

test('phrases of another language stand under the English keys, whatever their own order', () => {
  expect(inOrderOf({ a: 'one', b: { one: 'two', other: 'twos' } }, ['un', { one: 'deux', other: 'deux' }])).toEqual({ a: 'un', b: { one: 'deux', other: 'deux' } })
})

test('a translated area keeps its phrases in the order of English, and none of its keys', () => {
  const english = keepPhrasesOnly.keysOf(join(FRENCH, '../en/pane.ts'))
  const source = `export const pane = { ${english.map((key, i) => `'${key}': ${i}`).toReversed().join(', ')} }`
  const code = load(source)
  expect(keysOf(code)).toEqual(english.map((_, i) => String(i)))
  expect(code).not.toContain(`'${english[0]}'`)
})

test.each([
  ['a key is missing', "export const pane = { 'pane.reload': 1 }", 'has other keys than English'],
  ['there are no phrases', 'export const other = 1', 'holds no phrases'],
])('where %s, nothing is built', (_what, source, said) => expect(() => load(source)).toThrow(said))
