import { cardProblems } from '../../tests/doubles/gmail/card-check'
import { createFront } from '../../tests/doubles/gmail-front'
import { atUser, except, licensePlan as plan, problem, says, server } from '../../tests/doubles/gmail-server'
import { mail } from '../../tests/doubles/samples/records'

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
    const readAfter = (...clicks: string[]) => {
      const front = atUser()
      for (const label of clicks) {
        front.batches.length = 0
        front.click(label)
      }
      expect(front.batches).toHaveLength(2)
      return front.batches[1]?.map(({ path }) => path.split('?')[0])
    }
    // A license that is freed may end a warning, which the viewer carries.
    expect(readAfter('Remove license', 'Remove license')).toEqual(['/v1/users/u-1', '/v1/licenses', '/v1/events', '/v1/workspaces', '/v1/contacts', '/v1/me'])
    expect(readAfter('Send activation link')).not.toContain('/v1/me')
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

  test.each([
    ['https://support.example/', { openLink: 'https://support.example/' }],
    ['/help', { openLink: 'https://desk.example/help' }],
  ])('opens the address %s', (url, reply) => {
    const front = createFront({ respond: server })
    front.openHome()
    expect(front.send({ k: 'do', s: 'home', a: 'session.support', g: JSON.stringify({ url }), l: 'Help' }, {})).toEqual(reply)
  })

  test('shows an address that no card can open, to be copied', () => {
    const front = createFront({ respond: server })
    front.openHome()
    const reply = front.send({ k: 'do', s: 'home', a: 'session.support', g: JSON.stringify({ url: 'mailto:help@acme.example' }), l: 'Help' }, {})
    expect(reply.push && says(reply.push)).toContain('help@acme.example')
  })

  test('on many leaves those chosen who were refused, on the list that one comes back to', () => {
    const bulk = { done: 1, refused: 1, outcomes: [{ userId: 'u-1', email: 'ana@acme.example', outcome: 'done', code: null }, { userId: 'u-2', email: 'luc@acme.example', outcome: 'refused', code: 'access.members_only' }] }
    const front = createFront({ respond: (request) => (request.path === '/v1/users/bulk' ? { body: bulk } : server(request)) })
    front.openHome()
    front.send({ k: 'open', s: 'home', to: 'users', tp: '{}' }, {})
    front.click('Select')
    front.click('Suspend', { sel: ['u-1', 'u-2'] })
    front.click('Suspend')
    front.click('Select')
    const chosen = front.card().sections?.flatMap(({ widgets }) => widgets ?? []).flatMap((widget) => widget.selectionInput?.items ?? []).filter((item) => item.selected).map((item) => item.value)
    expect(chosen).toEqual(['u-2'])
  })

  test('that no version of ours knows ends on a card with a next step', () => {
    const front = createFront({ respond: server })
    front.openHome()
    const reply = front.send({ k: 'do', s: 'home', a: 'user.explode', g: '{}', l: 'Explode' }, {})
    expect(reply.push && says(reply.push)).toContain('Back')
  })
})
