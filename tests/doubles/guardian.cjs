// Ends what a test has started, also when the test itself is killed: its standard input closes with the test.
// Each line of the input names one thing: `group <process id>`, `pid-file <path>` or `folder <path>`.
const { readFileSync, rmSync } = require('node:fs')

const attempt = (work) => { try { work() } catch { /* it is gone already */ } }

const END = {
  group: (id) => process.kill(-Number(id), 'SIGKILL'),
  // A database that is killed outright leaves its children behind; told to quit, it takes them along at once.
  'pid-file': (path) => process.kill(Number(readFileSync(path, 'utf8').split('\n')[0]), 'SIGQUIT'),
  folder: (path) => rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }),
}

let text = ''
process.stdin.on('data', (part) => { text += part })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined)
process.stdin.on('end', () => {
  const lines = text.split('\n').filter(Boolean).map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)])
  for (const kind of ['group', 'pid-file', 'folder']) for (const [, what] of lines.filter(([name]) => name === kind)) attempt(() => END[kind](what))
})
