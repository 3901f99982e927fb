import { act, screen, within } from '@testing-library/react'
import { createLine } from '../../tests/doubles/line'
import { answerAll, createMemoryStorage, paneOn, press, settled, type, type RunningPane } from '../../tests/doubles/pane'

const signedOut = { ok: false as const, failure: { code: 'auth.required' as const, issues: [] } }
const enter = async () => {
  const storage = createMemoryStorage()
  const line = createLine()
  const pane = await paneOn('users', {}, { storage, openStream: line.openStream })
  const from = pane.sent.length
  act(() => pane.shell.open({ screen: 'me', params: {} }))
  await answerAll(pane, { from })
  await type(screen.getByLabelText('First name'), 'Typed')
  return { pane, storage, line }
}
const isAsked = async (pane: RunningPane) => {
  for (const one of pane.sent) one.answer(signedOut)
  await settled()
  return [screen.queryByRole('button', { name: 'Sign in' }) !== null, document.body.textContent?.includes('Person 0') ?? false]
}

test('who signs out is asked first, and stays where the answer is no', async () => {
  const { pane } = await enter()
  await press(screen.getByRole('button', { name: 'Sign out' }))
  const dialog = within(screen.getByRole('dialog'))
  expect(dialog.getByText(/forgets you on this device/)).toBeTruthy()
  await press(dialog.getByRole('button', { name: 'Cancel' }))
  expect([pane.isSignedOut(), screen.getByLabelText<HTMLInputElement>('First name').value]).toEqual([false, 'Typed'])
})

test('who signs out leaves nothing: no record, no draft, no stream; and is asked to sign in', async () => {
  const { pane, storage, line } = await enter()
  expect([...storage.kept.values()].join()).toContain('Typed')
  await press(screen.getByRole('button', { name: 'Sign out' }))
  await press(within(screen.getByRole('dialog')).getByRole('button', { name: 'Sign out' }))
  expect([pane.isSignedOut(), line.opened[0]?.signal.aborted]).toEqual([true, true])
  expect(await isAsked(pane)).toEqual([true, false])
  expect([...storage.kept]).toEqual([])
  expect(pane.shell.store.get()).toMatchObject({ viewer: null, draft: { values: {} } })
})

test('who signs out is out in every other pane of the browser too', async () => {
  const { pane, line } = await enter()
  await pane.leaveElsewhere()
  expect(line.opened[0]?.signal.aborted).toBe(true)
  expect(await isAsked(pane)).toEqual([true, false])
})

test('who signed out comes back as somebody else, of whom everything is read anew, with a stream of their own', async () => {
  const { pane, line } = await enter()
  await pane.leaveElsewhere()
  await isAsked(pane)
  const before = pane.sent.length
  await press(screen.getByRole('button', { name: 'Sign in' }))
  await answerAll(pane, { from: before })
  act(() => pane.shell.open({ screen: 'users', params: {} }))
  await answerAll(pane, { from: before })
  expect(line.opened.map(({ signal }) => signal.aborted)).toEqual([true, false])
})
