import { parse } from 'acorn'
import { analyze } from 'eslint-scope'
import webpack from 'webpack'

const MAX_BYTES = 400_000

/** Globals of browsers and Node that Apps Script does not have. */
export const ABSENT_GLOBALS = [
  'fetch', 'URL', 'URLSearchParams', 'TextEncoder', 'TextDecoder', 'atob', 'btoa', 'crypto', 'performance', 'process',
  'window', 'document', 'navigator', 'Blob', 'File', 'FormData', 'Headers', 'Request', 'Response', 'AbortController',
  'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'queueMicrotask', 'structuredClone',
  'XMLHttpRequest', 'WebSocket', 'Buffer', 'global', 'require', 'localStorage', 'sessionStorage',
]

/** Every function name that an Apps Script manifest calls, once each, in order of appearance. */
export function functionsOf(manifest) {
  const names = []
  const walk = (value) => {
    if (value === null || typeof value !== 'object') return
    for (const [key, inner] of Object.entries(value)) {
      if ((key === 'runFunction' || key === 'onTriggerFunction') && typeof inner === 'string') names.push(inner)
      walk(inner)
    }
  }
  walk(manifest.addOns)
  return [...new Set(names)]
}

/** The global functions that Apps Script calls, one a line, each handing on to the bundle. */
export const footerOf = (names) => names.map((name) => `function ${name}(e){return App.${name}(e)}`).join('\n')

/**
 * What Apps Script would not run of this code: newer syntax (private and static
 * fields among it), globals that are absent there, or too many bytes. As lines of text.
 */
export function unsupportedIn(code) {
  const bytes = Buffer.byteLength(code)
  const tooBig = bytes > MAX_BYTES ? [`code.js has ${bytes} bytes, more than ${MAX_BYTES}`] : []
  try {
    const program = parse(code, { ecmaVersion: 2020, sourceType: 'script', ranges: true })
    const absent = freeNames(program).filter((name) => ABSENT_GLOBALS.includes(name))
    return [...tooBig, ...absent.map((name) => `code.js uses ${name}, which Apps Script does not have`)]
  } catch (error) {
    return [...tooBig, `code.js is not ES2020: ${error.message}`]
  }
}

/** The names that a program reads without declaring them; `typeof name` is a question and not counted. */
function freeNames(program) {
  const { globalScope } = analyze(program, { ecmaVersion: 2020, sourceType: 'script' })
  const asked = new Set(nodesOf(program).filter((node) => node.operator === 'typeof').map((node) => node.argument))
  const read = globalScope.through.map(({ identifier }) => identifier).filter((node) => !asked.has(node))
  return [...new Set(read.map((node) => node.name))]
}

function nodesOf(root) {
  const nodes = []
  for (const pending = [root]; pending.length > 0;) {
    const node = pending.pop()
    nodes.push(node)
    pending.push(...Object.values(node).flat().filter((value) => typeof value?.type === 'string'))
  }
  return nodes
}

/**
 * Webpack plugin for the Gmail bundle: makes every export of the entry a global
 * function, and fails the build when appsscript.json names one that is not
 * exported or when the code could not run in Apps Script.
 */
export function gmailPlugin(manifest) {
  return {
    apply(compiler) {
      compiler.hooks.compilation.tap('gmail', (compilation) => {
        const stage = webpack.Compilation.PROCESS_ASSETS_STAGE_REPORT
        compilation.hooks.processAssets.tap({ name: 'gmail', stage }, () => finish(compilation, functionsOf(manifest)))
      })
    },
  }
}

function finish(compilation, wanted) {
  const exported = exportsOf(compilation)
  const footer = `\n${footerOf(exported)}\n`
  compilation.updateAsset('code.js', (source) => new webpack.sources.ConcatSource(source, footer))
  const problems = [
    ...wanted.filter((name) => !exported.includes(name))
      .map((name) => `appsscript.json calls ${name}, which gmail-addon/index.ts does not export`),
    ...unsupportedIn(compilation.getAsset('code.js').source.source().toString()),
  ]
  compilation.errors.push(...problems.map((text) => new webpack.WebpackError(`gmail: ${text}`)))
}

function exportsOf(compilation) {
  const [entry] = compilation.entries.get('code').dependencies
  const provided = compilation.moduleGraph.getProvidedExports(compilation.moduleGraph.getModule(entry))
  return Array.isArray(provided) ? provided : []
}
