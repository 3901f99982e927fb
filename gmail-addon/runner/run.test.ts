import { cardProblems } from '../../tests/doubles/gmail/card-check'
import { createFront, type Answer } from '../../tests/doubles/gmail-front'
import { atUser, except, problem, says, server, USER } from '../../tests/doubles/gmail-server'
import { context, mail, stranger, viewer } from '../../tests/doubles/samples/records'

describe('the card beside an opened mail', () => {
  test('shows its people after one request', () => {
    const front = createFront({ respond: server, mail: mail() })
    const card = front.openMail()
    expect(front.requests().map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /v1/context'])
    expect(says(card)).toContain('Ana Ruiz')
    expect(card).toMatchObject({ displayStyle: 'REPLACE' })
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
    expect(front.requests().map(({ path }) => path.split('?')[0]).sort()).toEqual(['/v1/licenses', '/v1/me', '/v1/plans', '/v1/roles', '/v1/users', '/v1/workspaces'])
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
  const front = createFront({ respond: except('GET', '/v1/me', { body: { ...french, user: french.user && { ...french.user, language: 'fr', languageChosen: true } } }), locale: 'es' })
  expect(says(front.openHome())).toContain('Rôle')
})
