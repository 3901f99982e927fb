import { createCursors } from './cursors'

const cursors = createCursors(Buffer.alloc(32, 7))
const scope = { organizationId: 'acme', list: 'users', filter: { q: 'zoe', status: 'active' } }

test('a cursor is read back under the scope it was made for, however the filter is spelt', () => {
  const cursor = cursors.encode(scope, ['zoë', 'id', null, 3])
  expect(cursors.decode({ ...scope, filter: { status: 'active', q: 'zoe' } }, cursor)).toEqual(['zoë', 'id', null, 3])
})

test.each([
  ['another organization', { ...scope, organizationId: 'globex' }],
  ['another list', { ...scope, list: 'contacts' }],
  ['another filter', { ...scope, filter: { q: 'zoe' } }],
])('a cursor is worth nothing in %s', (_name, other) => {
  expect(cursors.decode(other, cursors.encode(scope, ['x']))).toBeNull()
})

test.each(['', '.', 'x', 'WyJ5Il0.AAAA', `${cursors.encode(scope, ['x'])}.x`, `WyJ5Il0${cursors.encode(scope, ['x']).slice(7)}`])('a forged cursor is refused: %s', (cursor) => {
  expect(cursors.decode(scope, cursor)).toBeNull()
})
