import { act, fireEvent, screen, within } from '@testing-library/react'
import { paneOn, runningPane, settled } from '../../tests/doubles/pane'
import { sampleEnv } from '../../tests/doubles/samples/env'
import { context, mail, NAUGHTY, pools, user, viewer } from '../../tests/doubles/samples/records'
import type { Failure } from '../../shared/errors'

const ok = <T,>(value: T) => ({ ok: true as const, value })
const lost = (code: Failure['code'], part: Partial<Failure> = {}) => ({ ok: false as const, failure: { code, issues: [], ...part } })
const mailOf = (key: string) => mail({ key })
const contextOf = (firstName: string) => context({ people: context().people.map((person) => (person.user ? { ...person, user: { ...person.user, firstName } } : person)) })
const press = async (element: HTMLElement) => { await act(async () => { fireEvent.click(element) }); await settled() }
const type = async (element: HTMLElement, value: string) => { await act(async () => { fireEvent.change(element, { target: { value } }) }); await settled() }
const users = (part = {}) => ({ items: [user({ id: 'u1', firstName: 'Ada', lastName: 'One' })], next: null, total: 1, abilities: {}, ...part })
const myAccount = () => paneOn('me')
const saves = (pane: Awaited<ReturnType<typeof runningPane>>) => pane.sent.filter((one) => one.call.endpoint === 'users.edit')

test('the open mail is the first screen, and one request brings it', async () => {
  const pane = await runningPane({ mail: mailOf('a') })
  expect(pane.sent.map((one) => one.call.endpoint)).toEqual(['context.read'])
  await pane.answer('context.read', ok(contextOf('Grace')))
  expect(screen.getByText(/Grace/)).toBeTruthy()
})

test('a late reply for the mail that was left is never drawn', async () => {
  const pane = await runningPane({ mail: mailOf('a') })
  await pane.openMail(mailOf('b'))
  pane.sent[0]?.answer(ok(contextOf('Former')))
  await settled()
  expect(screen.queryByText(/Former/)).toBeNull()
  pane.sent[1]?.answer(ok(contextOf('Present')))
  await settled()
  expect(screen.getByText(/Present/)).toBeTruthy()
  expect(pane.sent[0]?.options.signal?.aborted).toBe(true)
})

test('the people of a mail leave the screen as soon as it is closed, before the next one is read', async () => {
  const pane = await runningPane({ mail: mailOf('a') })
  await pane.answer('context.read', ok(contextOf('Grace')))
  await pane.openMail(mailOf('b'), new Promise(() => undefined))
  expect(screen.queryByText(/Grace/)).toBeNull()
})

test('a mail that is opened beside home leads to its people', async () => {
  const pane = await runningPane({})
  for (const one of pane.sent) one.answer(ok(viewer()))
  await settled()
  expect(pane.shell.store.get().def?.id).toBe('home')
  await pane.openMail(mailOf('a'))
  await pane.answer('context.read', ok(contextOf('Grace')))
  expect(screen.getByText(/Grace/)).toBeTruthy()
})

test('a draft on another screen stays in sight when another mail is opened', async () => {
  const pane = await myAccount()
  await type(screen.getByLabelText('First name'), 'Typed')
  await pane.openMail(mailOf('b'))
  expect(screen.getByLabelText<HTMLInputElement>('First name').value).toBe('Typed')
})

test('a draft outlives a visit to another screen', async () => {
  const pane = await myAccount()
  await type(screen.getByLabelText('First name'), 'Typed')
  act(() => pane.shell.open({ screen: 'home', params: {} }))
  await settled()
  fireEvent.keyDown(screen.getByRole('heading', { level: 1 }), { key: 'ArrowLeft', altKey: true })
  await settled()
  expect(screen.getByLabelText<HTMLInputElement>('First name').value).toBe('Typed')
})

test('a lost answer keeps the draft, and trying again sends the same key', async () => {
  const pane = await myAccount()
  await type(screen.getByLabelText('First name'), 'Typed')
  await press(screen.getByRole('button', { name: 'Save' }))
  saves(pane)[0]?.answer(lost('network.timeout'))
  await settled()
  expect(screen.getByLabelText<HTMLInputElement>('First name').value).toBe('Typed')
  await press(within(screen.getByRole('main')).getByRole('button', { name: 'Try again' }))
  const [first, second] = saves(pane)
  expect(second?.options.idempotencyKey).toBe(first?.options.idempotencyKey)
  second?.answer(ok(user()))
  await settled()
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
})

test('a second click while a request is under way sends nothing', async () => {
  const pane = await myAccount()
  await press(screen.getByRole('button', { name: 'Save' }))
  await press(screen.getByRole('button', { name: 'Save' }))
  expect(saves(pane)).toHaveLength(1)
})

test('issues stand beside their field and the draft stays', async () => {
  const pane = await myAccount()
  await type(screen.getByLabelText('First name'), 'Typed')
  await press(screen.getByRole('button', { name: 'Save' }))
  saves(pane)[0]?.answer(lost('request.invalid', { issues: [{ code: 'field.too_long', path: 'firstName', params: { max: 100 } }] }))
  await settled()
  const field = screen.getByLabelText<HTMLInputElement>('First name')
  expect(field.getAttribute('aria-invalid')).toBe('true')
  expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent).not.toBe('')
  expect(field.value).toBe('Typed')
})

test('a stale version becomes a choice between theirs and mine', async () => {
  const pane = await myAccount()
  await type(screen.getByLabelText('First name'), 'Mine')
  await press(screen.getByRole('button', { name: 'Save' }))
  saves(pane)[0]?.answer(lost('version.conflict', { extra: { ...viewer().user, firstName: 'Theirs', version: 9 } }))
  await settled()
  await press(screen.getByLabelText('Theirs: Theirs'))
  expect(screen.getByLabelText<HTMLInputElement>('First name').value).toBe('Theirs')
  await press(screen.getByRole('button', { name: 'Save' }))
  expect(saves(pane)[1]?.call.version).toBe(9)
})

test('a lost session asks for a click before a window opens, then goes on with the same key', async () => {
  const pane = await myAccount()
  await press(screen.getByRole('button', { name: 'Save' }))
  saves(pane)[0]?.answer(lost('auth.expired'))
  await settled()
  expect(pane.signIns()).toBe(0)
  await press(within(screen.getByRole('dialog')).getByRole('button', { name: 'Sign in' }))
  expect(pane.signIns()).toBe(1)
  expect(saves(pane)[1]?.options.idempotencyKey).toBe(saves(pane)[0]?.options.idempotencyKey)
})

test('nobody signed in: the pane offers it, and reads again afterwards', async () => {
  const pane = await runningPane({ deepLink: { screen: 'me', params: {} } })
  for (const one of pane.sent) one.answer(lost('auth.required'))
  await settled()
  await press(screen.getByRole('button', { name: 'Sign in' }))
  expect(pane.signIns()).toBe(1)
  expect(pane.sent.filter((one) => one.call.endpoint === 'me.get')).toHaveLength(2)
})

test('a server that is gone leaves a failure with a way to try again', async () => {
  const pane = await runningPane({ deepLink: { screen: 'users', params: {} } })
  for (const one of [...pane.sent]) one.answer(lost('network.unreachable'))
  await settled()
  await press(screen.getByRole('button', { name: 'Try again' }))
  for (const one of pane.sent) one.answer(ok(one.call.endpoint === 'users.list' ? users() : one.call.endpoint === 'me.get' ? viewer() : { items: [] }))
  await settled()
  expect(screen.getByText(/Ada One/)).toBeTruthy()
})

test('a plan is shown before it is applied, and its digest goes with the request', async () => {
  const pane = await runningPane({ deepLink: { screen: 'user', params: { userId: 'u1' } } })
  for (const one of pane.sent) one.answer(ok(one.call.endpoint === 'users.get' ? user({ id: 'u1' }) : one.call.endpoint === 'me.get' ? viewer() : one.call.endpoint === 'licenses.list' ? pools : { items: [], next: null }))
  await settled()
  act(() => pane.shell.run({ action: 'license.remove', args: { userId: 'u1' }, label: 'Remove license', tone: 'danger', enabled: true }))
  const dry = pane.sent.find((one) => one.call.dryRun)
  dry?.answer(ok({ digest: 'd1', plan: { kind: 'license.remove', count: 1, targets: [{ id: 'u1', label: 'Ada' }], consequences: [{ code: 'plan.license_freed', params: {}, tone: 'warning' }], refused: [], refusedCount: 0, seats: [] } }))
  await settled()
  await press(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove license' }))
  expect(pane.sent.at(-1)?.call.digest).toBe('d1')
  expect(pane.sent.at(-1)?.options.idempotencyKey).toBeTruthy()
})

test('an unknown deep link says so and leads home', async () => {
  const pane = await runningPane({ deepLink: { screen: 'nowhere', params: {} } })
  await press(screen.getByText('Home'))
  expect(pane.shell.store.get().def?.id).toBe('home')
})

test('the next page is appended, and both stay while one types', async () => {
  const pane = await runningPane({ deepLink: { screen: 'users', params: {} } })
  for (const one of pane.sent) one.answer(ok(one.call.endpoint === 'users.list' ? users({ next: 'c2' }) : one.call.endpoint === 'me.get' ? viewer() : { items: [] }))
  await settled()
  await press(screen.getByRole('button', { name: 'Load more' }))
  const page = pane.sent.at(-1)
  expect(page?.call.query['cursor']).toBe('c2')
  page?.answer(ok(users({ items: [user({ id: 'u2', firstName: 'Ben', lastName: 'Two' })] })))
  await settled()
  expect(screen.getByText(/Ada One/)).toBeTruthy()
  expect(screen.getByText(/Ben Two/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Load more' })).toBeNull()
})

test('words and times follow what the person chose, and the mail client where they chose nothing', async () => {
  const asked: string[] = []
  const me = viewer()
  const loadLanguage = async (locale: string, timeZone: string) => {
    asked.push(`${locale} ${timeZone}`)
    return sampleEnv().t
  }
  for (const own of [{ timeZone: '' }, { timeZone: 'America/Lima' }, { timeZone: 'America/Lima', language: 'fr' as const, languageChosen: true }]) {
    const pane = await runningPane({ deepLink: { screen: 'me', params: {} }, loadLanguage })
    await pane.answer('me.allowance', ok({ validUntil: null, messages: null }))
    await pane.answer('me.get', ok({ ...me, user: me.user && { ...me.user, ...own } }))
  }
  expect(asked).toEqual(['en America/Lima', 'fr America/Lima'])
})

test('whatever people are called stands there as text', async () => {
  const pane = await runningPane({ deepLink: { screen: 'users', params: {} } })
  const items = NAUGHTY.filter((name) => name.trim() !== '').map((lastName, i) => user({ id: `n${i}`, firstName: '', lastName }))
  for (const one of pane.sent) one.answer(ok(one.call.endpoint === 'users.list' ? users({ items }) : one.call.endpoint === 'me.get' ? viewer() : { items: [] }))
  await settled()
  expect(pane.container.querySelector('img, script')).toBeNull()
  expect(pane.container.textContent).toContain('<img src=x onerror=alert(1)>')
})
