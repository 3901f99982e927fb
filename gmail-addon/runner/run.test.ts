import { cardProblems } from '../../tests/doubles/gmail/card-check'
import { textsOf } from '../../tests/doubles/gmail/find'
import { createFront, type Answer, type Respond } from '../../tests/doubles/gmail-front'
import { context, event, mail, pools, stranger, user, viewer } from '../../tests/doubles/samples/records'
import type { Card } from '../cards/card'

const plan = { kind: 'license.remove', count: 1, targets: [{ id: 'u-1', label: 'Ana Ruiz' }], consequences: [{ code: 'plan.license_freed', params: { count: 1, plan: 'Pro' }, tone: 'warning' }], refused: [], refusedCount: 0, seats: [] }
const problem = (status: number, code: string, part: object = {}): Answer => ({ status, body: { type: 'about:blank', title: code, status, code, issues: [], requestId: 'req-7', ...part } })

/** A server with one user, on which everything works. */
const server: Respond = ({ method, path }) => {
  if (path.startsWith('/v1/context')) return { body: context() }
  if (path === '/v1/me') return { body: viewer() }
  if (path.includes('dry_run=true')) return { body: { plan, digest: 'd-1' } }
  if (path.startsWith('/v1/users?')) return { body: { items: [user(), user({ id: 'u-2', email: 'luc@acme.example', firstName: 'Luc', lastName: 'Bo' })], next: 'c2', total: 40, abilities: {} } }
  if (path.startsWith('/v1/users/u-1/activation-link')) return { body: { expiresAt: '2026-03-09T10:00:00.000Z' } }
  if (path.startsWith('/v1/users/u-1/license')) return { body: user({ license: null, plan: null, version: 4 }) }
  if (path.startsWith('/v1/users/')) return { body: user() }
  if (path.startsWith('/v1/licenses')) return { body: pools }
  if (path.startsWith('/v1/plans')) return { body: { items: [] } }
  if (path.startsWith('/v1/events')) return { body: { items: [event()], next: null } }
  if (path.startsWith('/v1/user-imports') && method === 'GET') return { body: { items: [], next: null } }
  if (path.startsWith('/v1/downloads')) return { body: { url: '/v1/downloads/t-1', expiresAt: '2026-03-02T10:05:00.000Z' } }
  return problem(404, 'not_found')
}

/** As `server`, but requests that match are answered otherwise. */
const except = (method: string, part: string, answer: Answer): Respond => (request) => (request.method === method && request.path.includes(part) ? answer : server(request))

const says = (card: Card): string => textsOf(card).join('\n')
const USER = { k: 'open', s: 'users', to: 'user', tp: '{"userId":"u-1"}' }

/** The front on the card of Ana Ruiz, everything so far forgotten. */
const atUser = (respond: Respond = server) => {
  const front = createFront({ respond })
  front.openHome()
  front.send(USER, {})
  front.batches.length = 0
  return front
}

describe('the card beside an opened mail', () => {
  test('shows its people after one request', () => {
    const front = createFront({ respond: server, mail: mail() })
    const card = front.openMail()
    expect(front.requests().map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /v1/context'])
    expect(says(card)).toContain('Ana Ruiz')
    expect(card).toMatchObject({ displayStyle: 'PEEK' })
    expect(cardProblems(card)).toEqual([])
  })

  test('asks nothing again while the answer is fresh', () => {
    const front = createFront({ respond: server, mail: mail() })
    const first = front.openMail()
    expect(front.openMail()).toEqual(first)
    expect(front.batches).toHaveLength(1)
  })

  test('asks again for another mail, and when the cache has forgotten', () => {
    const front = createFront({ respond: server, mail: mail() })
    front.openMail()
    front.open(mail({ key: 'mail-2' }))
    front.openMail()
    front.forgetEverything()
    front.openMail()
    expect(front.requests()).toHaveLength(3)
  })

  test('is read anew once the content may be read', () => {
    const front = createFront({ respond: server, mail: mail({ text: null, links: null }) })
    front.openMail()
    front.open(mail())
    front.openMail()
    expect(front.requests()).toHaveLength(2)
  })

  test('works without any cache, with one request each time', () => {
    const front = createFront({ respond: server, mail: mail(), cache: false })
    front.openMail()
    front.openMail()
    expect(front.batches.map((batch) => batch.length)).toEqual([1, 1])
  })
})

describe('any other card', () => {
  test('makes one parallel batch, the viewer in it while unknown', () => {
    const front = createFront({ respond: server })
    front.openMenu()
    front.forgetEverything()
    front.batches.length = 0
    front.send({ ...USER, to: 'users', tp: '{}' }, {})
    expect(front.batches).toHaveLength(1)
    expect(front.requests().map(({ path }) => path.split('?')[0]).sort()).toEqual(['/v1/me', '/v1/plans', '/v1/users'])
  })

  test('sends the identity and says which client it is', () => {
    const front = createFront({ respond: server })
    front.openHome()
    expect(front.requests()[0]?.headers).toMatchObject({ Authorization: 'Bearer token-1', 'Orgdesk-Client': 'gmail' })
  })

  test('searches with what was filled in, and forgets the page of an older search', () => {
    const front = createFront({ respond: server })
    front.openHome()
    front.send({ ...USER, to: 'users', tp: '{"q":"x","cursor":"c2"}' }, {})
    front.click('Search', { 'p.q': ['ana'], 'p.status': ['pending'] })
    const path = front.requests().map((request) => request.path).filter((one) => one.startsWith('/v1/users')).pop()
    expect(path).toContain('q=ana')
    expect(path).toContain('status=pending')
    expect(path).not.toContain('cursor')
    expect(front.stack).toHaveLength(2)
  })

  test('clears the search with one click', () => {
    const front = createFront({ respond: server })
    front.openHome()
    front.send({ ...USER, to: 'users', tp: '{"q":"x","status":"active"}' }, {})
    front.click('Clear filters')
    expect(front.requests().map((request) => request.path).filter((one) => one.startsWith('/v1/users')).pop()).toBe('/v1/users?limit=20')
  })

  test('opens the next page on a card of its own', () => {
    const front = createFront({ respond: server })
    front.openHome()
    front.send({ ...USER, to: 'users', tp: '{}' }, {})
    front.click('Next page')
    expect(front.requests().pop()?.path ?? '').toBeDefined()
    expect(front.requests().some(({ path }) => path.includes('cursor=c2'))).toBe(true)
    expect(front.stack).toHaveLength(3)
  })

  test('leads home by its own menu', () => {
    const front = atUser()
    front.click('Home')
    expect(front.card().name).toBe('home')
  })
})

describe('an action', () => {
  test('is planned, asked, and then sent with the digest of what was shown', () => {
    const front = atUser()
    const asked = front.click('Remove license')
    expect(front.requests().map(({ method, path }) => `${method} ${path}`)).toEqual(['DELETE /v1/users/u-1/license?dry_run=true'])
    expect(asked.push && says(asked.push)).toContain('1 Pro license is freed.')
    expect(asked.push && cardProblems(asked.push)).toEqual([])
    front.batches.length = 0
    const done = front.click('Remove license')
    expect(front.batches[0]?.[0]).toMatchObject({ method: 'DELETE', path: '/v1/users/u-1/license', headers: { 'Plan-Digest': 'd-1' } })
    expect(done.notify).toContain('Ana Ruiz')
    expect(done).toMatchObject({ pop: 1, stateChanged: true })
    expect(front.stack).toHaveLength(2)
  })

  test('changes nothing when the question is answered with Cancel', () => {
    const front = atUser()
    front.click('Remove license')
    front.batches.length = 0
    expect(front.click('Cancel')).toEqual({ pop: 1 })
    expect(front.batches).toEqual([])
    expect(front.card().name).toBe('user')
  })

  test('reads again only what its change has made stale', () => {
    const front = atUser()
    front.click('Remove license')
    front.batches.length = 0
    front.click('Remove license')
    expect(front.batches).toHaveLength(2)
    expect(front.batches[1]?.some(({ path }) => path === '/v1/me')).toBe(false)
  })

  test('keeps its key on every retry, and mints another for the next click', () => {
    const front = atUser(except('POST', '/activation-link', 'gone'))
    const failed = front.click('Send activation link')
    expect(failed.push && cardProblems(failed.push)).toEqual([])
    expect(failed.push && says(failed.push)).toContain('Contact support')
    front.click('Try again')
    front.respondWith(server)
    const done = front.click('Try again')
    expect(done.notify).toContain('Ana Ruiz')
    front.click('Send activation link')
    const keys = front.requests().filter(({ path }) => path.endsWith('/activation-link')).map(({ headers }) => headers['Idempotency-Key'])
    expect(keys).toHaveLength(4)
    expect(new Set(keys.slice(0, 3)).size).toBe(1)
    expect(keys[3]).not.toBe(keys[0])
  })

  test('shows the new plan when the situation has changed meanwhile, and goes on from there', () => {
    const changed = { plan: { ...plan, consequences: [{ ...plan.consequences[0], params: { count: 2, plan: 'Pro' } }] }, digest: 'd-2' }
    const front = atUser()
    front.click('Remove license')
    front.respondWith((request) => (request.headers['Plan-Digest'] === 'd-1' ? problem(409, 'plan.changed', { extra: changed }) : server(request)))
    const again = front.click('Remove license')
    expect(again.update && says(again.update)).toContain('The situation has changed')
    expect(again.update && says(again.update)).toContain('2 Pro licenses are freed.')
    front.click('Remove license')
    expect(front.requests().filter(({ headers }) => headers['Plan-Digest'] === 'd-2')).toHaveLength(1)
  })

  test('offers only to close when all of it is refused', () => {
    const nothing = { plan: { ...plan, count: 0, targets: [], consequences: [], refused: [{ id: 'u-1', label: 'Ana Ruiz', code: 'license.absent' }], refusedCount: 1 }, digest: 'd-0' }
    const front = atUser(except('DELETE', 'dry_run', { body: nothing }))
    const asked = front.click('Remove license')
    expect(asked.push?.fixedFooter?.primaryButton.text).toBe('Close')
    expect(asked.push?.fixedFooter?.secondaryButton).toBeUndefined()
    expect(asked.push && says(asked.push)).toContain('Ana Ruiz')
  })

  test('is not sent twice when a confirmation is clicked again after it worked', () => {
    const front = atUser()
    front.click('Remove license')
    const parameters = front.parametersOf('Remove license')
    front.click('Remove license')
    front.batches.length = 0
    const late = front.send(parameters, {})
    expect(front.requests().filter(({ method }) => method === 'DELETE')).toEqual([])
    expect(late.notify).toContain('open for too long')
  })

  test('that is refused says why and shows how things are now', () => {
    const front = atUser(except('POST', '/activation-link', problem(409, 'user.not_pending')))
    const reply = front.click('Send activation link')
    expect(reply.notify).toContain('already accepted')
    expect(reply.update?.name).toBe('user')
  })

  test('opens a download by the ticket that the server gives for it', () => {
    const front = createFront({ respond: server, mail: mail() })
    front.openMail()
    front.send({ k: 'open', s: 'mail', to: 'imports', tp: '{}' }, {})
    const action = { k: 'do', s: 'imports', a: 'import.template', g: '{}', l: 'Template' }
    expect(front.send(action, {})).toEqual({ openLink: 'https://desk.example/v1/downloads/t-1' })
  })

  test('that no version of ours knows ends on a card with a next step', () => {
    const front = createFront({ respond: server })
    front.openHome()
    const reply = front.send({ k: 'do', s: 'home', a: 'user.explode', g: '{}', l: 'Explode' }, {})
    expect(reply.push && says(reply.push)).toContain('Back')
  })
})

describe('what was typed', () => {
  const CODE = { k: 'open', s: 'home', to: 'activation_code', tp: JSON.stringify({ token: 'abcdefghijklmnopqrstuvwxyz' }) }

  test('stays when it was wrong, with the problem beside it', () => {
    const front = createFront({ respond: server })
    front.openHome()
    front.send(CODE, {})
    const reply = front.click('Activate', { 'v.code': ['12'] })
    expect(reply.update && says(reply.update)).toContain('12')
    expect(reply.notify).not.toBe('')
    expect(front.requests().some(({ path }) => path.includes('redeem'))).toBe(false)
  })

  test('stays when the server finds it wrong, and is still there on coming back', () => {
    const front = createFront({ respond: except('POST', '/redeem', problem(400, 'request.invalid', { issues: [{ code: 'field.invalid', path: 'code', params: {} }] })) })
    front.openHome()
    front.send(CODE, {})
    front.click('Activate', { 'v.code': ['123456'] })
    expect(says(front.card())).toContain('123456')
    front.send(CODE, {})
    expect(says(front.card())).toContain('123456')
  })

  test('is forgotten once it worked', () => {
    const redeemed = { organization: 'Acme', plan: 'pro', email: 'ana@acme.example', user: user() }
    const front = createFront({ respond: except('POST', '/redeem', { body: redeemed }) })
    front.openHome()
    front.send(CODE, {})
    const reply = front.click('Activate', { 'v.code': ['123456'] })
    front.send(CODE, {})
    expect(reply.update?.name).toBe('home')
    expect(says(front.card())).not.toContain('123456')
  })

  test('an emptied input is empty, not what it was', () => {
    const front = createFront({ respond: server })
    front.openHome()
    front.send(CODE, {})
    front.click('Activate', { 'v.code': ['12'] })
    front.click('Activate', { 'v.code': [''] })
    expect(says(front.card())).not.toMatch(/^12$/m)
  })

  test('a pasted list is sent as the bytes of the file', () => {
    const preview = { digest: 'd', total: 0, counts: {}, licenses: [], groups: [], domains: [], rows: [] }
    const front = createFront({ respond: except('POST', '/user-imports/preview', { body: preview }) })
    front.openHome()
    front.send({ k: 'open', s: 'home', to: 'imports', tp: '{}' }, {})
    const list = `email\n${Array.from({ length: 5000 }, (_, i) => `person${i}@acme.example`).join('\n')}`
    const label = front.card().sections.flatMap((section) => section.widgets).flatMap((widget) => widget.buttonList?.buttons ?? []).find((button) => JSON.stringify(button.onClick).includes('import.preview'))?.text
    front.click(label ?? '', { 't.file': [list] })
    expect(front.requests().pop()).toMatchObject({ method: 'POST', body: list, headers: { 'Content-Type': 'text/csv' } })
  })

  test('an attachment is read when it is sent', () => {
    const preview = { digest: 'd', total: 0, counts: {}, licenses: [], groups: [], domains: [], rows: [] }
    const front = createFront({ respond: except('POST', '/user-imports/preview', { body: preview }), mail: mail(), attachments: { 'att-1': [101, 109] } })
    front.openMail()
    front.send({ k: 'open', s: 'imports', to: 'import', tp: JSON.stringify({ source: 'attachment', file: 'att-1', name: 'a.csv', bytes: '2' }) }, {})
    expect(front.requests().pop()).toMatchObject({ body: [101, 109] })
  })
})

describe('when things go wrong', () => {
  const FAILURES: [string, Answer, string][] = [
    ['the server is gone', 'gone', 'Try again'],
    ['the server is too busy', problem(503, 'server.busy'), 'Try again'],
    ['there were too many requests', problem(429, 'limit.reached'), 'Try again'],
    ['it may not be seen', problem(403, 'access.denied'), 'Home'],
    ['it does not exist', problem(404, 'not_found'), 'Home'],
    ['the identity is not accepted', problem(401, 'auth.expired'), 'Try again'],
    ['a proxy answers with its own page', { status: 502, body: '<html>' }, 'Try again'],
    ['the reply is not what was agreed', { body: { nonsense: true } }, 'Try again'],
  ]
  test.each(FAILURES)('%s: the card says so and offers a next step', (_what, answer, next) => {
    const front = createFront({ respond: except('GET', '/v1/users/u-1', answer) })
    front.openHome()
    front.send(USER, {})
    expect(cardProblems(front.card())).toEqual([])
    expect(says(front.card())).toContain(next)
    front.respondWith(server)
    front.click(next)
    expect(cardProblems(front.card())).toEqual([])
  })

  test('a failed reply is not remembered: trying again asks again', () => {
    const front = createFront({ respond: except('GET', '/v1/users/u-1', problem(503, 'server.busy')) })
    front.openHome()
    front.send(USER, {})
    front.respondWith(server)
    front.click('Try again')
    expect(says(front.card())).toContain('Ana Ruiz')
  })

  test('without an identity nothing is sent, and the card says what to allow', () => {
    const front = createFront({ respond: server, token: null, mail: mail() })
    const card = front.openMail()
    expect(front.batches).toEqual([])
    expect(says(card)).toContain('Gmail has not confirmed who you are')
    expect(cardProblems(card)).toEqual([])
  })

  test('an action without an identity leads to the same card, and nothing is lost', () => {
    const front = atUser()
    front.signOut()
    const reply = front.click('Send activation link')
    expect(reply.push && says(reply.push)).toContain('Gmail has not confirmed who you are')
  })

  test('somebody whom no organization knows is told what to do', () => {
    const front = createFront({ respond: except('POST', '/v1/context', { body: context({ viewer: stranger(), people: [] }) }), mail: mail() })
    expect(cardProblems(front.openMail())).toEqual([])
  })

  test.each([{}, { k: 'toString' }, { k: 'open' }, { k: 'do', s: 'nowhere', p: '{' }, { k: 'part', s: 'users', b: '99', o: '-1' }, { k: 'row', s: 'users', r: 'nobody' }, { k: 'confirm', i: 'gone' }])('a click of another version (%j) ends on a card, never on nothing', (parameters) => {
    const front = createFront({ respond: server })
    front.openHome()
    front.send(parameters as Record<string, string>, {})
    expect(cardProblems(front.card())).toEqual([])
  })
})

test('suggestions come from the list that the field names, and never break the card', () => {
  const front = createFront({ respond: server })
  const asked = { s: 'users', r: 'v.email', e: 'users.list' }
  expect(front.suggest(asked, { 'v.email': ['an'] })).toEqual(['ana@acme.example', 'luc@acme.example'])
  expect(front.suggest(asked, { 'v.email': ['a'] })).toEqual([])
  expect(front.suggest({ ...asked, e: 'users.remove' }, { 'v.email': ['ana'] })).toEqual([])
  front.respondWith(() => 'gone')
  expect(front.suggest(asked, { 'v.email': ['ana'] })).toEqual([])
})

test('cards speak the language of the person before that of Gmail', () => {
  const french = viewer()
  const front = createFront({ respond: except('GET', '/v1/me', { body: { ...french, user: french.user && { ...french.user, language: 'fr' } } }), locale: 'es' })
  expect(says(front.openHome())).toContain('Rôle')
})
