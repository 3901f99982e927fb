import { sampleEnv } from '../../../tests/doubles/samples/env'
import { user } from '../../../tests/doubles/samples/records'
import { SCREEN_SAMPLES } from '../../../tests/doubles/samples/screens'
import { workspace } from '../../../tests/doubles/samples/workspaces'
import { namesOf } from '../find'
import type { ScreenId } from '../ids'
import { drawScreen, emptyDraft } from '../lifecycle'
import { SCREENS } from '../registry'
import type { Block, Draft, Field, Params } from '../vocabulary'
import { placesOf, placesText, workspacesField } from './workspace-field'

const listOf = (count: number) => ({ items: Array.from({ length: count }, (_item, n) => ({ ...workspace, id: `w-${n}`, name: `Team ${n}`, abilities: {} })), next: null })
const flat = (blocks: Block[]): Block[] => blocks.flatMap((block) => [block, ...(block.is === 'section' ? flat(block.blocks) : [])])
const fieldsIn = (blocks: Block[]): Field[] => flat(blocks).flatMap((block) => (block.is === 'form' ? block.fields : block.is === 'search' ? block.filters : []))
const far = { ...workspace, id: 'w-9000', name: 'Far down' }

type Place = { id: ScreenId; name: string; params?: Params; replies?: object; several: boolean }
/** Every place where a workspace is chosen. */
const PLACES: Place[] = [
  { id: 'user_add', name: 'workspaceIds', params: { step: '3' }, several: true },
  { id: 'user_edit', name: 'workspaceIds', replies: { user: user({ abilities: { 'user.assign_workspaces': true }, workspaceIds: [far.id] }), held: { items: [far], next: null } }, several: true },
  { id: 'users', name: 'workspace', params: { workspace: far.id }, replies: { place: far }, several: false },
  { id: 'contacts', name: 'workspace', params: { workspace: far.id }, replies: { place: far }, several: false },
  { id: 'contact', name: 'workspaceId', several: false },
  { id: 'contact_add', name: 'workspaceId', params: { workspaceId: far.id }, replies: { place: far }, several: false },
]

const fieldOf = ({ id, name, params, replies }: Place, count: number, draft: Draft = emptyDraft()): Field | undefined => {
  const values = { ...SCREEN_SAMPLES[id].ready, ...replies, workspaces: listOf(count) }
  const loaded = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { ok: true as const, value }]))
  return fieldsIn(drawScreen(SCREENS[id], loaded, params ?? SCREEN_SAMPLES[id].params, draft, sampleEnv()).blocks).find((field) => field.name === name)
}

describe.each(PLACES)('on $id', (place) => {
  test('a few workspaces are there to choose from', () => expect(fieldOf(place, 20)?.as).toBe(place.several ? 'many' : 'one'))

  test('any of thousands is found by typing', () => {
    const field = fieldOf(place, 21)
    expect(field).toMatchObject({ as: 'find', from: 'workspaces.list', several: place.several })
    expect(field?.as === 'find' && field.first).toHaveLength(20)
  })

  test('what was found stays in sight with its name', () => {
    const found = { value: 'w-5000', label: 'Found' }
    const isFilter = place.id === 'users' || place.id === 'contacts'
    const draft = { ...emptyDraft(), values: { [place.name]: place.several ? [found.value] : found.value, ...namesOf([found]) } }
    const field = fieldOf(place, 21, draft)
    expect(field?.as === 'find' && field.chosen).toEqual([isFilter ? { value: far.id, label: far.name } : found])
  })
})

test('what is asked for is one workspace whose name a link does not tell', () => {
  const env = sampleEnv()
  const asked = (id: ScreenId, params: Params) => Object.values(SCREENS[id].needs(params, env)).map((one) => [one.endpoint, one.params])
  expect(asked('users', { workspace: 'w-1' })).toContainEqual(['workspaces.get', { workspaceId: 'w-1' }])
  expect(asked('users', {}).map(([endpoint]) => endpoint)).not.toContain('workspaces.get')
  expect(asked('contact_add', { workspaceId: 'w-1' })).toContainEqual(['workspaces.get', { workspaceId: 'w-1' }])
})

test('a contact is put into no workspace that nobody chose, where there are many', () => {
  expect(fieldOf({ id: 'contact_add', name: 'workspaceId', params: {}, several: false }, 21)).toMatchObject({ chosen: [] })
  expect(fieldOf({ id: 'contact_add', name: 'workspaceId', params: {}, several: false }, 2)).toMatchObject({ value: ['w-0'] })
})

test('workspaces whose names nobody knows stay chosen, and are counted', () => {
  const places = placesOf(listOf(21), emptyDraft())
  expect(workspacesField(places, ['w-3', 'w-8', 'w-700', 'w-701'], sampleEnv())).toMatchObject({ chosen: [{ value: 'w-3' }, { value: 'w-8' }, { value: 'w-700 w-701', label: 'and 2 more' }] })
  expect([placesText(places, ['w-3', 'w-700'], sampleEnv()), placesText(places, ['w-3', 'w-4'], sampleEnv()), placesText(places, ['w-700'], sampleEnv()), placesText(places, [], sampleEnv())]).toEqual(['Team 3 and 1 more', 'Team 3 and Team 4', '1 workspace', 'None'])
})
