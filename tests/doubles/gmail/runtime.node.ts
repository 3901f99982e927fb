import { createContext, Script } from 'node:vm'
import type { Evaluate } from './execution'

/** What a bare context of Node has and Apps Script has not. */
const ABSENT = ['SharedArrayBuffer', 'Atomics', 'WebAssembly']

const MAX_MS = 60_000
const compiled = new Map<string, Script>()

const scriptOf = (code: string): Script => {
  const known = compiled.get(code)
  if (known) return known
  const script = new Script(code, { filename: 'code.js' })
  compiled.set(code, script)
  return script
}

/** Loads a script in a bare context: the language and the given globals, nothing of Node's. */
export const evaluateInVm: Evaluate = (code, globals) => {
  const context = createContext({ ...globals }, { codeGeneration: { strings: false, wasm: false } })
  for (const name of ABSENT) new Script(`delete globalThis.${name}`).runInContext(context)
  scriptOf(code).runInContext(context, { timeout: MAX_MS })
  const ask = (source: string): unknown => new Script(source).runInContext(context, { timeout: MAX_MS })
  return {
    has: (name) => /^[\w$]+$/.test(name) && ask(`typeof ${name} === 'function'`) === true,
    call: (name, eventJson) => ask(`${name}(JSON.parse(${JSON.stringify(eventJson)}))`),
  }
}
