import { act, fireEvent, screen } from '@testing-library/react'
import type { BlockOf, FindField } from '../../shared/screens/vocabulary'
import { drawn, settled } from '../../tests/doubles/pane'
import { Blocks } from './draw'

const named = (value: string, label: string) => ({ value, label })
const field = (part: Partial<FindField> = {}): FindField => ({ as: 'find', from: 'workspaces.list', several: true, name: 'workspaceIds', label: 'Workspaces', chosen: [named('w-900', 'Far down')], first: [named('w-1', 'Sales'), named('w-900', 'Far down')], ...part })
const form = (one: FindField): BlockOf<'form'> => ({ is: 'form', id: 'f', issues: [], fields: [one], submit: { action: 'user.save', args: {}, label: 'Save', enabled: true } })
const FOUND = [{ id: 'w-2', value: 'Marketing', label: 'Marketing' }, { id: 'w-3', value: 'Market research', label: 'Market research' }]

const show = async (one: FindField, found = FOUND) => {
  const asked: string[] = []
  const view = await drawn(<Blocks blocks={[form(one)]} />, { suggest: (endpoint, typed) => { asked.push(`${endpoint} ${typed}`); return Promise.resolve(found) } })
  const input = screen.getByRole('combobox', { name: 'Workspaces' })
  const type = async (text: string) => {
    fireEvent.change(input, { target: { value: text } })
    await act(() => new Promise((done) => setTimeout(done, 220)))
    await settled()
  }
  return { ...view, looked: asked, input, type, press: (key: string) => fireEvent.keyDown(input, { key }), options: () => screen.queryAllByRole('option').map(({ textContent }) => textContent) }
}
const changes = (asked: { what: string; with: unknown }[]) => asked.filter(({ what }) => what === 'change').map((one) => (one.with as { values: object }).values)

test('what is chosen stands there with its name, and is taken away by its button or by Backspace', async () => {
  const { asked, press } = await show(field())
  fireEvent.click(screen.getByRole('button', { name: 'Take away Far down' }))
  press('Backspace')
  expect(changes(asked)).toEqual([{ workspaceIds: [] }, { workspaceIds: [] }])
})

test('the first ones open by key, without what is chosen already', async () => {
  const { press, options, asked } = await show(field())
  press('ArrowDown')
  expect(options()).toEqual(['Sales'])
  press('Enter')
  expect(changes(asked)).toEqual([])
  press('ArrowDown')
  press('Enter')
  expect(changes(asked)).toEqual([expect.objectContaining({ workspaceIds: ['w-900', 'w-1'] })])
})

test('letters are looked up once they rest; Enter takes the closest, with its name', async () => {
  const { looked, type, press, options, asked, input } = await show(field())
  fireEvent.change(input, { target: { value: 'ma' } })
  await type('mark')
  expect(looked).toEqual(['workspaces.list mark'])
  expect(options()).toEqual(['Marketing', 'Market research'])
  expect(input.getAttribute('aria-activedescendant')).toBe(screen.getAllByRole('option')[0]?.id)
  press('ArrowDown')
  press('ArrowUp')
  press('Enter')
  expect(changes(asked)).toEqual([{ workspaceIds: ['w-900', 'w-2'], '#name w-900': 'Far down', '#name w-2': 'Marketing' }])
})

test('of one record another one takes the place', async () => {
  const { type, asked } = await show(field({ several: false, name: 'workspaceId' }))
  await type('res')
  fireEvent.pointerDown(screen.getByRole('option', { name: 'Market research' }))
  expect(changes(asked)).toEqual([expect.objectContaining({ workspaceId: ['w-3'] })])
})

test('Enter never sends the form with a text that is no choice yet, and nothing found is said', async () => {
  const { type, press, asked } = await show(field(), [])
  await type('nowhere')
  expect(screen.getByRole('status').textContent).toBe('Nothing found')
  expect(press('Enter')).toBe(false)
  expect(asked).toEqual([])
})

test('Escape closes the list and nothing else', async () => {
  const { type, press, options } = await show(field())
  await type('mark')
  press('Escape')
  expect(options()).toEqual([])
})

test('no more can be chosen than there is room for', async () => {
  const { input } = await show(field({ max: 1 }))
  expect(input).toHaveProperty('disabled', true)
})
