import { isNameOf, namesIn, namesOf, suggestCall, suggestionsIn } from './find'
import { emptyDraft } from './lifecycle'

test('the closest names come first where a list can tell them', () => {
  expect(suggestCall('workspaces.list', 'sales', 8).query).toEqual({ q: 'sales', limit: '8', sort: 'closest' })
  expect(suggestCall('users.list', 'ana', 8).query).toEqual({ q: 'ana', limit: '8' })
})

test.each<[string, unknown, unknown]>([
  ['people by their address', { items: [{ id: 'u-1', email: 'ana@a.example', firstName: 'Ana', lastName: 'Ruiz' }, { id: 'u-2', email: 'luc@a.example', firstName: '', lastName: '' }] }, [{ id: 'u-1', value: 'ana@a.example', label: 'Ana Ruiz · ana@a.example' }, { id: 'u-2', value: 'luc@a.example', label: 'luc@a.example' }]],
  ['everything else by its name', { items: [{ id: 'w-1', name: 'Sales' }] }, [{ id: 'w-1', value: 'Sales', label: 'Sales' }]],
  ['nothing of what has neither', { items: [{ id: 'x' }, null, 7] }, []],
  ['nothing of no answer', null, []],
])('suggests %s', (_what, reply, suggestions) => expect(suggestionsIn(reply)).toEqual(suggestions))

test.each([['sales', 'Sales', true], [' équipe ', 'Equipe', true], ['sale', 'Sales', false]])('%j names %j: %s', (typed, name, is) => expect(isNameOf(typed, name)).toBe(is))

test('a draft knows the names of what was found', () => {
  const named = [{ value: 'w-1', label: 'Sales' }, { value: 'w-2', label: '#name x' }]
  expect(namesIn({ ...emptyDraft(), values: { name: 'Ana', workspaceIds: ['w-1'], ...namesOf(named) } })).toEqual(named)
})
