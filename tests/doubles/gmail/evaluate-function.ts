import type { Evaluate, Realm } from './execution'

/** What a browser has and Apps Script has not; hidden from the script by name. */
const HIDDEN = [
  'window', 'self', 'globalThis', 'document', 'navigator', 'location', 'history', 'fetch', 'XMLHttpRequest', 'WebSocket', 'URL', 'URLSearchParams', 'TextEncoder', 'TextDecoder',
  'atob', 'btoa', 'crypto', 'performance', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask', 'structuredClone', 'localStorage', 'sessionStorage',
  'Blob', 'File', 'FormData', 'Headers', 'Request', 'Response', 'AbortController', 'Worker', 'SharedArrayBuffer', 'Atomics', 'WebAssembly', 'process', 'require',
]

const ENTRY = `
;return {
  has: (name) => /^[\\w$]+$/.test(name) && eval('typeof ' + name) === 'function',
  call: (name, eventJson) => eval(name)(JSON.parse(eventJson)),
}`

/** Loads a script inside a function, for a browser: its globals are the function's own, and the browser's are hidden. */
export const evaluateInFunction: Evaluate = (code, globals) => {
  const hidden = HIDDEN.filter((name) => !(name in globals))
  const load = new Function(...Object.keys(globals), ...hidden, code + ENTRY) as (...values: unknown[]) => Realm
  return load(...Object.values(globals))
}
