import { Worker } from 'node:worker_threads'
import { openSyncHttp, type SyncHttp } from './sync-http'

const SERVER = `
const { createServer } = require('node:http')
const { parentPort } = require('node:worker_threads')
const server = createServer((request, response) => {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    if (request.url === '/silent') return
    response.writeHead(request.url === '/missing' ? 404 : 200, { 'Content-Type': 'application/json', 'Retry-After': '7' })
    response.end(JSON.stringify({ method: request.method, url: request.url, type: request.headers['content-type'] ?? null, bytes: [...Buffer.concat(chunks)] }))
  })
})
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
`

let server: Worker
let http: SyncHttp

beforeAll(async () => {
  server = new Worker(SERVER, { eval: true })
  const port = await new Promise<number>((resolve) => server.once('message', resolve))
  http = openSyncHttp({ from: 'https://orgdesk.example', to: `http://127.0.0.1:${port}` })
})
afterAll(async () => {
  await http.close()
  await server.terminate()
})

const get = (path: string, more: object = {}) => ({ method: 'GET', url: `https://orgdesk.example${path}`, headers: {}, body: null, timeoutMs: 5000, ...more })
const read = (body: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(body))

describe('HTTP that blocks the thread', () => {
  it('brings the reply as a return value, in the order of the batch', () => {
    const responses = http.transport([get('/a'), get('/missing'), get('/b?x=1')])
    expect(responses.map(({ status }) => status)).toEqual([200, 404, 200])
    expect(responses.map(({ body }) => read(body))).toMatchObject([{ url: '/a' }, { url: '/missing' }, { url: '/b?x=1' }])
    expect(responses[0]?.headers['retry-after']).toBe('7')
  })

  it('sends texts and bytes as they are', () => {
    const sent = { method: 'POST', headers: { 'Content-Type': 'text/csv' } }
    const [text, bytes] = http.transport([get('/t', { ...sent, body: 'é' }), get('/t', { ...sent, body: new Uint8Array([0, 255]) })])
    expect(read(text?.body ?? new Uint8Array())).toEqual({ method: 'POST', url: '/t', type: 'text/csv', bytes: [195, 169] })
    expect(read(bytes?.body ?? new Uint8Array())).toMatchObject({ bytes: [0, 255] })
  })

  it('throws when a reply does not come, and works again afterwards', () => {
    expect(() => http.transport([get('/a'), get('/silent', { timeoutMs: 50 })])).toThrow('Timeout')
    expect(() => http.transport([{ ...get('/'), url: 'http://127.0.0.1:1/' }])).toThrow('Address unavailable')
    expect(http.transport([get('/a')])).toHaveLength(1)
  })

  it('answers many calls one after the other', () => {
    for (let call = 0; call < 200; call += 1) expect(http.transport([get('/a')])[0]?.status).toBe(200)
  })
})
