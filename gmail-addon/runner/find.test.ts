import { createFront } from '../../tests/doubles/gmail-front'
import { says, server } from '../../tests/doubles/gmail-server'
import { cardProblems } from '../../tests/doubles/gmail/card-check'
import type { Respond } from '../../tests/doubles/gmail-front'
import { user } from '../../tests/doubles/samples/records'
import { workspace } from '../../tests/doubles/samples/workspaces'

const named = (id: string, name: string) => ({ ...workspace, id, name })
const ALL = [named('w-1', 'Sales'), named('w-2', 'Sales EMEA'), named('w-900', 'Far down')]
const member = user({ abilities: { 'user.edit': true, 'user.assign_workspaces': true }, workspaceIds: ['w-900'] })

/** A server with more workspaces than one page holds. */
const respond: Respond = (request) => {
  const query = new URLSearchParams(request.path.split('?')[1])
  if (request.path.startsWith('/v1/workspaces?')) {
    if (query.has('member')) return { body: { items: [named('w-900', 'Far down')], next: null, total: 1 } }
    const q = query.get('q')
    return { body: { items: q === null ? ALL.slice(0, 1) : ALL.filter(({ name }) => name.toLowerCase().includes(q.toLowerCase())), next: q === null ? 'more' : null, total: 4_000 } }
  }
  if (request.path.startsWith('/v1/workspaces/')) return { body: ALL.find(({ id }) => request.path.endsWith(id)) }
  if (request.path === '/v1/users/u-1') return { body: member }
  return server(request)
}
const at = (screen: string, params: object = {}) => {
  const front = createFront({ respond })
  front.openHome()
  front.send({ k: 'open', s: 'home', to: screen, tp: JSON.stringify(params) }, {})
  return front
}
const sent = (front: ReturnType<typeof at>) => front.requests().filter(({ method }) => method === 'PATCH').map(({ body }) => JSON.parse(String(body)))
const redraw = (front: ReturnType<typeof at>) => {
  const widgets = front.card().sections.flatMap((section) => section.widgets)
  const action = widgets.flatMap((widget) => widget.textInput?.onChangeAction ?? [])[0]
  return Object.fromEntries((action?.parameters ?? []).map(({ key, value }) => [key, value]))
}
const FIND = 'x.workspaceIds'

describe('several records found by typing', () => {
  test('are boxes with their names, beside a text that suggests others', () => {
    const front = at('user_edit', { userId: 'u-1' })
    expect(cardProblems(front.card())).toEqual([])
    expect(says(front.card())).toContain('Far down')
    expect(front.suggest({ s: 'user_edit', r: FIND, e: 'workspaces.list' }, { [FIND]: ['sal'] })).toEqual(['Sales', 'Sales EMEA'])
  })

  test('become a box as soon as they are found, and stay one', () => {
    const front = at('user_edit', { userId: 'u-1' })
    front.send(redraw(front), { [FIND]: ['sales emea'] })
    expect(says(front.card())).toContain('Sales EMEA')
    front.send(redraw(front), { [FIND]: ['Sales'] })
    front.click('Save')
    expect(sent(front)).toEqual([{ workspaceIds: ['w-900', 'w-2', 'w-1'] }])
  })

  test('are taken away by their box', () => {
    const front = at('user_edit', { userId: 'u-1' })
    front.click('Save', { 'v.workspaceIds': [''] })
    expect(sent(front)).toEqual([{ workspaceIds: [] }])
  })

  test('count also when the form is sent right after typing', () => {
    const front = at('user_edit', { userId: 'u-1' })
    front.click('Save', { [FIND]: ['Sales'] })
    expect(sent(front)).toEqual([{ workspaceIds: ['w-900', 'w-1'] }])
  })

  test('the only match is taken where the card shows it first, and never sent unseen', () => {
    const front = at('user_edit', { userId: 'u-1' })
    front.click('Save', { [FIND]: ['emea'] })
    expect(sent(front)).toEqual([])
    front.send(redraw(front), { [FIND]: ['emea'] })
    front.click('Save')
    expect(sent(front)).toEqual([{ workspaceIds: ['w-900', 'w-2'] }])
  })

  test('a name that nothing has is said beside its field, and nothing is sent', () => {
    const front = at('user_edit', { userId: 'u-1' })
    const reply = front.click('Save', { [FIND]: ['Nowhere'] })
    expect(reply.notify).toContain('This workspace does not exist')
    expect(says(front.card())).toContain('This workspace does not exist')
    expect(sent(front)).toEqual([])
  })

  test('nothing is asked or sent of a text that nobody touched', () => {
    const front = at('user_edit', { userId: 'u-1' })
    front.batches.length = 0
    front.click('Save', { 'v.firstName': ['Anna'] })
    expect(front.requests().filter(({ path }) => path.includes('q='))).toEqual([])
    expect(sent(front)).toEqual([{ firstName: 'Anna' }])
  })
})

describe('a filter found by typing', () => {
  const search = (typed: string[], params: object = {}) => {
    const front = at('users', params)
    front.batches.length = 0
    const reply = front.click('Apply', { 'p.workspace': typed })
    return { front, reply, asked: front.requests().map(({ path }) => path).find((path) => path.startsWith('/v1/users?')) ?? '' }
  }
  test('is asked for by its id, and shown by its name', () => {
    const { asked, front } = search(['Sales'])
    expect(asked).toContain('workspace=w-1')
    expect(front.requests().map(({ path }) => path)).toContain('/v1/workspaces/w-1')
    expect(says(front.card())).toContain('Sales')
  })
  test('that is not touched stays', () => expect(search(['Far down'], { workspace: 'w-900', q: 'ana' }).asked).toContain('workspace=w-900'))
  test('that is emptied is gone', () => expect(search([''], { workspace: 'w-900', q: 'ana' }).asked).not.toContain('workspace='))
  test('that names nothing is told, and the one before stays', () => {
    const { reply, asked } = search(['Nowhere'], { workspace: 'w-900' })
    expect(reply.notify).toContain('This workspace does not exist')
    expect(asked).not.toContain('Nowhere')
  })
})

test('one record is found by the text that names it, and asked for before the form is sent', () => {
  const front = at('contact_add', {})
  expect(cardProblems(front.card())).toEqual([])
  front.click('Save contact', { 'v.email': ['zoe@partner.example'], 'v.workspaceId': ['Far down'] })
  expect(front.requests().filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(String(body)))).toEqual([{ email: 'zoe@partner.example', name: '', workspaceId: 'w-900' }])
})
