import { call } from '../shared/api/call'
import { rowOf } from '../shared/api/client'
import { TIMED_OUT, type Http } from './http-slice'
import { createSend } from './send'

type Answer = Awaited<ReturnType<Http>> | string
const reply = (status: number, body: unknown, headers = {}): Answer => ({ status, headers, text: JSON.stringify(body) })
const list = call('plans.list', {})
const plans = reply(200, { items: [] })

const sending = (answers: Answer[], tokens: string[] = ['one', 'two']) => {
  const requests: Parameters<Http>[0][] = []
  const asked: boolean[] = []
  const send = createSend({
    row: async (key) => rowOf(key),
    locale: () => 'fr',
    origin: 'https://desk.example',
    auth: { token: async ({ fresh }) => { asked.push(fresh === true); const token = tokens.shift(); return token === undefined ? { ok: false, code: 'auth.required' } : { ok: true, token } } },
    http: () => Promise.resolve(async (request) => {
      requests.push(request)
      const answer = answers.shift()
      if (typeof answer === 'object') return answer
      throw answer
    }),
    readFile: (file) => Promise.resolve(file.id === 'gone' ? { ok: false, failure: { code: 'file.unreadable', issues: [] } } : { ok: true, value: new Uint8Array([1, 2]) }),
  })
  return { send, requests, asked }
}
const preview = (id: string) => call('user_imports.preview', { file: { source: 'picked', id, name: 'people.csv', bytes: 2 } })

test('a request carries the token, the client and nothing of either in its address', async () => {
  const { send, requests } = sending([plans])
  expect((await send(list)).ok).toBe(true)
  expect(requests[0]?.headers).toMatchObject({ Authorization: 'Bearer one', 'Accept-Language': 'fr', 'Orgdesk-Client': 'outlook' })
  expect(requests[0]?.url).toBe('https://desk.example/v1/plans')
})

test('a read without an answer is asked once more', async () => {
  const { send, requests } = sending(['cut', plans])
  expect((await send(list)).ok).toBe(true)
  expect(requests).toHaveLength(2)
})

test.each([['cut', 'network.unreachable'], [TIMED_OUT, 'network.timeout']])('a read that is %s twice fails as %s', async (thrown, code) => {
  expect(await sending([thrown, thrown]).send(list)).toMatchObject({ ok: false, failure: { code } })
})

test('a write without an answer is left to the person, because it may have happened', async () => {
  const { send, requests } = sending(['cut', plans])
  const failed = await send(call('domains.add', { body: { name: 'acme.example' } }), { idempotencyKey: 'k1' })
  expect(failed).toMatchObject({ ok: false, failure: { code: 'network.unreachable' } })
  expect(requests).toHaveLength(1)
  expect(requests[0]?.headers['Idempotency-Key']).toBe('k1')
})

test('a stale token is renewed once', async () => {
  const expired = reply(401, { code: 'auth.expired' })
  const { send, requests, asked } = sending([expired, plans])
  expect((await send(list)).ok).toBe(true)
  expect(requests[1]?.headers['Authorization']).toBe('Bearer two')
  expect(asked).toEqual([false, true])
  expect(await sending([expired, expired]).send(list)).toMatchObject({ ok: false, failure: { code: 'auth.expired' } })
})

test('without a token nothing is sent', async () => {
  const { send, requests } = sending([plans], [])
  expect(await send(list)).toMatchObject({ ok: false, failure: { code: 'auth.required' } })
  expect(requests).toEqual([])
})

test('a file goes out as its bytes, and one that is gone sends nothing', async () => {
  const { send, requests } = sending(['cut'])
  await send(preview('here'))
  expect(requests[0]?.data).toEqual(new Uint8Array([1, 2]))
  expect(await send(preview('gone'))).toMatchObject({ ok: false, failure: { code: 'file.unreadable' } })
  expect(requests).toHaveLength(1)
})

test('a page of a proxy is never taken for an answer', async () => {
  expect(await sending([{ status: 200, headers: {}, text: '<html>' }]).send(list)).toMatchObject({ ok: false, failure: { code: 'reply.unreadable' } })
})
