import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import { createLine } from '../../tests/doubles/line'
import { createMemoryStorage, ok, paneOn, press, replyTo, runningPane, settled, type, type RunningPane } from '../../tests/doubles/pane'
import { context, event, mail, message, user, viewer } from '../../tests/doubles/samples/records'
import { ACTIONS } from '../../shared/screens/actions'
import type { ActionRef, Block } from '../../shared/screens/vocabulary'
import * as later from './later'
import type { Timers } from './timers'


const lost = { ok: false as const, failure: { code: 'network.unreachable' as const, issues: [] } }
const run = async (pane: RunningPane, ref: Pick<ActionRef, 'action' | 'args' | 'label'>) => { act(() => pane.shell.run({ ...ref, enabled: true })); await settled() }
const planOf = (kind: string) => ok({ digest: 'd1', plan: { kind, count: 1, targets: [{ id: 'u0', label: 'Ana' }], consequences: [], refused: [], refusedCount: 0, seats: [] } })
const count = (pane: RunningPane, endpoint: string) => pane.sent.filter((one) => one.call.endpoint === endpoint).length

/** Timers that the test lets run out. */
const clock = () => {
  const waiting: { run(): void; ms: number }[] = []
  const timers: Timers = { set: (go, ms) => { const one = { run: go, ms }; waiting.push(one); return () => { waiting.splice(waiting.indexOf(one), 1) } } }
  const pass = async (ms: number) => {
    for (const one of waiting.filter((each) => each.ms <= ms)) { waiting.splice(waiting.indexOf(one), 1); act(() => one.run()) }
    await settled()
  }
  return { timers, pass }
}

afterEach(() => jest.restoreAllMocks())

describe('the stream of changes', () => {
  test('reads the list again without hiding it, once for notices that come together', async () => {
    const { timers, pass } = clock()
    const line = createLine()
    const pane = await paneOn('users', {}, { timers, openStream: line.openStream })
    expect(line.opened).toHaveLength(1)
    await line.opened[0]?.write('data: {"topics":["users"]}\n\ndata: {"topics":["licenses"]}\n\n: still here\n\n')
    await settled()
    await pass(1_000)
    expect(count(pane, 'users.list')).toBe(2)
    expect(screen.getByText(/Person 0/)).toBeTruthy()
  })

  test('comes back by itself after a loss, and reads what it may have missed', async () => {
    const { timers, pass } = clock()
    const line = createLine()
    const pane = await paneOn('users', {}, { timers, openStream: line.openStream })
    await line.opened[0]?.end()
    await settled()
    await pass(2_000)
    expect(line.opened).toHaveLength(2)
    await pass(1_000)
    expect(count(pane, 'users.list')).toBe(2)
  })

  test('whatever else it says is passed over', async () => {
    const { timers, pass } = clock()
    const line = createLine()
    const pane = await paneOn('users', {}, { timers, openStream: line.openStream })
    await line.opened[0]?.write('data: {"topics":["nonsense"]}\n\ndata: <html>\n\ndata: 7\n\n')
    await settled()
    await pass(1_000)
    expect(count(pane, 'users.list')).toBe(1)
  })
})

test('something that runs is asked for every few seconds while its screen is open', async () => {
  const { timers, pass } = clock()
  const pane = await paneOn('import_progress', { importId: 'i1' }, { timers })
  const before = count(pane, 'user_imports.get')
  await pass(60_000)
  expect(count(pane, 'user_imports.get')).toBe(before + 1)
  act(() => pane.shell.go({ screen: 'home', params: {} }))
  await settled()
  await pass(60_000)
  expect(count(pane, 'user_imports.get')).toBe(before + 1)
})

test('a drawing that breaks leaves two ways on instead of an empty pane', async () => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined)
  const pane = await paneOn('home')
  act(() => pane.shell.store.set({ screen: { title: 'Broken', blocks: [{ is: 'unheard' } as unknown as Block] } }))
  const alert = await screen.findByRole('alert')
  await press(within(alert).getByRole('button', { name: 'Reload' }))
  expect(pane.reloads()).toBe(1)
  await press(within(alert).getByRole('button', { name: 'Sign in again' }))
  expect(pane.signIns()).toBe(1)
})

test('a draft outlives a reload of the pane', async () => {
  const storage = createMemoryStorage()
  await paneOn('me', {}, { storage })
  await type(screen.getByLabelText('First name'), 'Typed')
  cleanup()
  await paneOn('me', {}, { storage })
  expect(screen.getByLabelText<HTMLInputElement>('First name').value).toBe('Typed')
})

test('what was done can be taken back from the sentence that tells it', async () => {
  const pane = await paneOn('user', { userId: 'u0' })
  await run(pane, { action: 'user.suspend', args: { userId: 'u0' }, label: 'Suspend' })
  await pane.answer('users.suspend', planOf('users.suspend'))
  await press(within(screen.getByRole('dialog')).getByRole('button', { name: 'Suspend' }))
  pane.sent.at(-1)?.answer(ok(user({ id: 'u0', status: 'suspended' })))
  await settled()
  await press(within(screen.getByRole('status')).getByRole('button', { name: 'Undo' }))
  expect(count(pane, 'users.restore')).toBe(1)
})

describe('after a change of many', () => {
  const outcomes = [{ userId: 'u0', email: 'a@acme.example', outcome: 'done', code: null }, { userId: 'u1', email: 'b@acme.example', outcome: 'refused', code: 'access.members_only' }]
  const chosen = (pane: RunningPane) => pane.shell.store.get().draft.selected
  const choose = async (...names: string[]) => { for (const name of names) await press(screen.getByRole('checkbox', { name: new RegExp(name) })) }
  const apply = async (pane: RunningPane, args: Record<string, string>) => {
    await run(pane, { action: 'users.bulk', args, label: 'Do it' })
    await pane.answer('users.bulk', planOf('users.bulk'))
    await press(within(screen.getByRole('dialog')).getByRole('button', { name: 'Do it' }))
    pane.sent.at(-1)?.answer(ok({ done: 1, refused: 1, outcomes }))
    await settled()
  }

  test('those who were refused stay chosen, and nobody else', async () => {
    const pane = await paneOn('users', {}, {}, 3)
    await choose('Person 0', 'Person 1')
    await apply(pane, { action: 'suspend' })
    expect(chosen(pane)).toEqual(['u1'])
  })

  test('the same holds on the list that one comes back to from a form', async () => {
    const pane = await paneOn('users', {}, {}, 3)
    await choose('Person 0', 'Person 1')
    await run(pane, { action: 'users.bulk_choose', args: { action: 'change_role', total: '3' }, label: 'Change role' })
    for (const one of pane.sent) one.answer(ok(replyTo(one.call.endpoint, 3)))
    await settled()
    await apply(pane, { action: 'change_role', from: 'form' })
    expect([pane.shell.store.get().def?.id, chosen(pane)]).toEqual(['users', ['u1']])
  })
})

test('what was said of an earlier attempt is gone with the next one, unless it offers to undo', async () => {
  const pane = await paneOn('user', { userId: 'u0' })
  const said = () => pane.shell.store.get().toasts.map(({ text }) => text)
  act(() => pane.shell.tell('Not yet.'))
  await run(pane, { action: 'user.suspend', args: { userId: 'u0' }, label: 'Suspend' })
  expect(said()).toEqual([])
  await pane.answer('users.suspend', planOf('users.suspend'))
  await press(within(screen.getByRole('dialog')).getByRole('button', { name: 'Suspend' }))
  pane.sent.at(-1)?.answer(ok(user({ id: 'u0', status: 'suspended' })))
  await settled()
  await run(pane, { action: 'activation.send', args: { userId: 'u0' }, label: 'Send' })
  expect(said()).toHaveLength(1)
})

test('an offer to undo is gone once somebody was restored another way: it would take back what came later', async () => {
  const pane = await paneOn('user', { userId: 'u0' })
  const offers = () => pane.shell.store.get().toasts.filter(({ undo }) => undo !== undefined)
  await run(pane, { action: 'user.suspend', args: { userId: 'u0' }, label: 'Suspend' })
  await pane.answer('users.suspend', planOf('users.suspend'))
  await press(within(screen.getByRole('dialog')).getByRole('button', { name: 'Suspend' }))
  pane.sent.at(-1)?.answer(ok(user({ id: 'u0', status: 'suspended' })))
  await settled()
  expect(offers()).toHaveLength(1)
  await run(pane, { action: 'user.restore', args: { userId: 'u0', name: 'Ada' }, label: 'Restore' })
  await pane.answer('users.restore', planOf('users.restore'))
  expect(offers()).toEqual([])
})

test('keys go on reaching the pane when the button that had the focus goes with a redraw', async () => {
  const pane = await paneOn('me')
  const shown = pane.shell.store.get().screen
  if (shown === null) throw new Error('nothing is shown')
  const actions = (label: string): Block => ({ is: 'actions', items: [{ action: 'nav.users', args: {}, label, enabled: true }] })
  const draw = async (label: string) => { act(() => pane.shell.store.set({ screen: { ...shown, blocks: [actions(label), ...shown.blocks] } })); await settled() }
  // It begins with the first action, before which nothing takes a button away.
  await run(pane, { action: 'session.change_organization', args: {}, label: 'Change' })
  await draw('Before')
  act(() => screen.getByRole('button', { name: 'Before' }).focus())
  act(() => pane.shell.store.set({ screen: { ...shown, blocks: shown.blocks } }))
  await settled()
  expect(screen.queryByRole('button', { name: 'Before' })).toBeNull()
  await waitFor(() => expect(document.activeElement).not.toBe(document.body))
  expect(screen.getByRole('main').contains(document.activeElement)).toBe(true)
})

test('what was shown before its answer is taken back with a failure', async () => {
  const plain = ACTIONS['account.save']
  jest.replaceProperty(ACTIONS, 'account.save', { ...plain, optimistic: (shown) => ({ ...shown, title: 'As if it were done' }) })
  const pane = await paneOn('me')
  const title = screen.getByRole('heading', { level: 1 }).textContent
  await press(screen.getByRole('button', { name: 'Save' }))
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('As if it were done')
  await pane.answer('users.edit', lost)
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(title)
})

test('what can\'t be taken back wants its name typed', async () => {
  const pane = await paneOn('home')
  await run(pane, { action: 'organization.delete', args: { name: 'Acme' }, label: 'Delete' })
  await pane.answer('organization.delete', planOf('organization.delete'))
  const dialog = within(screen.getByRole('dialog'))
  await press(dialog.getByRole('button', { name: 'Delete' }))
  expect(count(pane, 'organization.delete')).toBe(1)
  await type(dialog.getByRole('textbox'), 'Acme')
  await press(dialog.getByRole('button', { name: 'Delete' }))
  expect(pane.sent.at(-1)?.call).toMatchObject({ endpoint: 'organization.delete', digest: 'd1' })
})

test('somebody of two organizations changes to the other one, and everything is read anew', async () => {
  const both = [{ id: 'o-1', name: 'Acme' }, { id: 'o-2', name: 'Globex' }]
  const globex = (): ReturnType<typeof viewer> => ({ ...viewer(), organizations: both, organization: { ...acme(), id: 'o-2', name: 'Globex' } })
  const acme = () => { const { organization } = viewer(); if (organization === null) throw new Error('no organization'); return organization }
  const pane = await runningPane({})
  await pane.answer('me.get', ok({ ...viewer(), organizations: both }))
  await press(screen.getByRole('button', { name: 'Change to Globex', hidden: true }))
  const change = pane.sent.at(-1)
  expect(change?.call).toMatchObject({ endpoint: 'me.get', organization: 'o-2' })
  change?.answer(ok(globex()))
  await settled()
  pane.sent.at(-1)?.answer(ok(globex()))
  await settled()
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Globex')
  expect(screen.getByRole('status').textContent).toContain('You are now working in Globex.')
})

describe('a long list', () => {
  const observed: { tell(near: boolean): void }[] = []
  beforeEach(() => {
    observed.length = 0
    Object.assign(globalThis, { IntersectionObserver: class {
      constructor(told: (seen: { isIntersecting: boolean }[]) => void) { observed.push({ tell: (near) => told([{ isIntersecting: near }]) }) }
      observe = () => undefined
      disconnect = () => undefined
    } })
  })
  afterEach(() => { Reflect.deleteProperty(globalThis, 'IntersectionObserver') })

  test('draws the rows near the view, tells how many there are, and draws others as they come near', async () => {
    await paneOn('users', {}, {}, 100)
    const rows = screen.getAllByRole('listitem').filter((row) => row.hasAttribute('aria-setsize'))
    expect(rows).toHaveLength(40)
    expect(rows[0]?.getAttribute('aria-setsize')).toBe('100')
    act(() => { for (const one of observed) one.tell(true) })
    expect(screen.getByText(/Person 99/)).toBeTruthy()
    act(() => { for (const one of observed) one.tell(false) })
    expect(screen.queryByText(/Person 99/)).toBeNull()
  })
})

describe('the part behind the first screen', () => {
  const flaky = () => {
    let fails = true
    return { heal: () => { fails = false }, loadLater: () => (fails ? Promise.reject(new Error('no chunk')) : Promise.resolve(later)) }
  }

  test('that does not come leaves a failure, and trying again brings the screen', async () => {
    const part = flaky()
    const pane = await runningPane({ deepLink: { screen: 'users', params: {} }, loadLater: part.loadLater })
    expect(screen.getByRole('main').textContent).not.toBe('')
    expect(pane.sent).toEqual([])
    part.heal()
    await press(screen.getByRole('button', { name: 'Try again' }))
    for (const one of pane.sent) one.answer(ok(replyTo(one.call.endpoint, 1)))
    await settled()
    expect(screen.getByText(/Person 0/)).toBeTruthy()
  })

  test('tells what a secure message went through, where the first screen says only that it did', async () => {
    let arrive: () => void = () => undefined
    const loadLater = () => new Promise<typeof later>((resolve) => { arrive = () => resolve(later) })
    const revoked = event({ kind: 'message.revoke_requested', changes: { status: { from: 'live', to: 'revoked' } } })
    const pane = await runningPane({ mail: mail(), loadLater })
    await pane.answer('context.read', ok(context({ message: { message: message(), events: [revoked] } })))
    expect(screen.getByText(/asked to revoke/i)).toBeTruthy()
    expect(screen.queryByLabelText('1 change')).toBeNull()
    act(() => arrive())
    await settled()
    expect(screen.getByLabelText('1 change')).toBeTruthy()
    expect(count(pane, 'context.read')).toBe(1)
  })

  test('is not waited for by the first screen; a click that needs it says when it does not come', async () => {
    const pane = await paneOn('home', {}, { loadLater: flaky().loadLater })
    expect(screen.getByText(/Olga Weber/)).toBeTruthy()
    await run(pane, { action: 'nav.users', args: {}, label: 'Users' })
    expect(screen.getByRole('alert').textContent).not.toBe('')
  })
})
