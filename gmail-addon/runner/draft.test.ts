import { createFront } from '../../tests/doubles/gmail-front'
import { except, problem, says, server } from '../../tests/doubles/gmail-server'
import { mail, user } from '../../tests/doubles/samples/records'

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
    const redeemed = { organization: 'Acme', plan: 'pro', email: 'ana@acme.example', user: user(), workspaceId: null }
    const front = createFront({ respond: except('POST', '/redeem', { body: redeemed }) })
    front.openHome()
    front.send(CODE, {})
    const reply = front.click('Activate', { 'v.code': ['123456'] })
    front.send(CODE, {})
    expect(reply.update?.name).toBe('home')
    expect(says(front.card())).not.toContain('123456')
  })

  test('stays when another card is opened meanwhile', () => {
    const front = createFront({ respond: server })
    front.openHome()
    front.send(CODE, {})
    front.click('Home', { 'v.code': ['987654'] })
    front.send(CODE, {})
    expect(says(front.card())).toContain('987654')
  })

  test('is all that is sent and asked about: what only somebody else changed is taken over in silence', () => {
    const stored = user({ abilities: { 'user.edit': true } })
    const theirs = { ...stored, version: 4, firstName: 'Anna', lastName: 'Ruiz Vega' }
    const front = createFront({ respond: (request) => (request.method === 'PATCH' && request.headers['If-Match'] === '"3"' ? problem(409, 'version.conflict', { extra: theirs }) : request.path === '/v1/users/u-1' ? { body: stored } : server(request)) })
    front.openHome()
    front.send({ k: 'open', s: 'users', to: 'user_edit', tp: '{"userId":"u-1"}' }, {})
    front.click('Save', { 'v.firstName': ['Mine'] })
    expect(says(front.card())).toContain('Anna')
    expect(says(front.card()).split('\n').filter((line) => line === 'Keep theirs')).toHaveLength(1)
    front.click('Save')
    const sent = front.requests().filter(({ method }) => method === 'PATCH').map(({ body }) => JSON.parse(String(body)))
    expect(sent).toEqual([{ firstName: 'Mine' }, { firstName: 'Mine' }])
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
