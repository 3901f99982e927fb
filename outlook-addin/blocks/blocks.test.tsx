import { fireEvent, screen, waitFor } from '@testing-library/react'
import { webDarkTheme, webLightTheme } from '@fluentui/react-components'
import axe from 'axe-core'
import { drawn } from '../../tests/doubles/pane'
import { NAUGHTY } from '../../tests/doubles/samples/records'
import { emptyDraft } from '../../shared/screens/lifecycle'
import type { ActionRef, Block, BlockKind } from '../../shared/screens/vocabulary'
import { Blocks } from './draw'
import { ActionButton } from './parts/action'
import { Button } from './parts/button'

const action = (label: string, part: Partial<ActionRef> = {}): ActionRef => ({ action: 'screen.retry', args: { label }, label, enabled: true, ...part })
const row = (id: string, name: string) => ({ id, title: name, sub: `${name}@acme.example`, avatar: 'AB', badge: { text: 'Active', tone: 'success' as const }, open: { screen: 'user' as const, params: { userId: id } }, selectable: true as const, menu: [action(`Edit ${id}`), action(`Remove ${id}`, { tone: 'danger', enabled: 'Not yourself' })] })
const page = { next: 'c2', total: 3 }

/** One block of every kind; `name` stands wherever people put text. */
const SAMPLES: { [K in BlockKind]: (name: string) => Extract<Block, { is: K }> } = {
  section: (name) => ({ is: 'section', title: name, folded: false, blocks: [{ is: 'notice', tone: 'info', text: name }] }),
  notice: (name) => ({ is: 'notice', tone: 'warning', text: name, actions: [action('Go')] }),
  facts: (name) => ({ is: 'facts', items: [{ label: 'Name', value: name, copy: true, action: action('Change') }, { label: 'Link', value: name, open: { screen: 'home', params: {} } }] }),
  people: (name) => ({ is: 'people', label: 'People', rows: [row('r1', name), row('r2', 'Ben')], page, bulk: [action('Suspend')], selectAll: 9 }),
  table: (name) => ({ is: 'table', label: 'Table', columns: [{ id: 'a', label: 'A', rank: 1 }, { id: 'b', label: 'B', rank: 3, end: true }], sort: { by: 'a', down: false }, rows: [{ ...row('r1', name), cells: [name, '1'] }], page }),
  timeline: (name) => ({ is: 'timeline', label: 'Log', entries: [{ id: 'e1', at: '2026-03-02T09:00:00.000Z', icon: 'mail', text: name, changes: { label: '1 change', lines: [{ label: name, text: `${name} → B` }] } }], page }),
  search: (name) => ({ is: 'search', q: name, placeholder: 'Search', filters: [{ as: 'one', name: 'status', label: 'Status', options: [{ value: 'a', label: name, enabled: true }, { value: 'b', label: 'B', enabled: true }, { value: 'c', label: 'C', enabled: true }], value: ['a'] }], active: 1, count: 3 }),
  form: (name) => ({ is: 'form', id: 'f', issues: [{ code: 'field.required', path: 'first' }], submit: action('Save'), fields: [{ as: 'text', name: 'first', label: 'First', value: name, required: true }, { as: 'switch', name: 'on', label: 'On', value: '' }, { as: 'many', name: 'many', label: 'Many', options: [{ value: 'a', label: name, note: name, enabled: true }], value: [] }, { as: 'find', from: 'workspaces.list', several: true, name: 'found', label: 'Found', chosen: [{ value: 'w-1', label: name }], first: [] }], conflict: [{ field: 'first', label: 'First', mine: name, theirs: 'Other' }] }),
  files: (name) => ({ is: 'files', name: 'csv', label: 'File', attachments: [{ source: 'attachment', id: 'a1', name: `${name}.csv`, bytes: 12 }], accept: ['.csv'], maxBytes: 1000, pick: true, paste: true, action: action('Preview') }),
  meter: (name) => ({ is: 'meter', label: name, used: 8, total: 10, choosing: 1, warnAt: 0.8, text: '9 of 10' }),
  plan: (name) => ({ is: 'plan', digest: 'd', title: 'Plan', groups: [{ label: name, tone: 'success', count: 2, rows: [{ id: 'r1', title: name }] }], costs: [name], apply: action('Apply') }),
  progress: (name) => ({ is: 'progress', label: name, done: 1, total: 2, text: 'Half', state: 'running', actions: [action('Stop')] }),
  steps: (name) => ({ is: 'steps', labels: [name, 'Second'], current: 0, skip: action('Skip') }),
  chart: (name) => ({ is: 'chart', title: name, draw: 'bars', unit: 'Messages', points: [{ label: 'Mon', value: 2, text: '2' }, { label: 'Tue', value: 0, text: '0' }] }),
  links: (name) => ({ is: 'links', items: [{ label: name, icon: 'user', open: { screen: 'users', params: {} } }] }),
  actions: (name) => ({ is: 'actions', items: [action(name), action('Refused', { enabled: 'Not now' })] }),
  empty: (name) => ({ is: 'empty', title: name, text: name, action: action('Add') }),
  failure: (name) => ({ is: 'failure', failure: { code: 'server.failed', issues: [], requestId: 'req-1' }, title: 'Failed', text: name, retry: action('Retry'), way: { label: 'Home', open: { screen: 'home', params: {} } }, support: 'https://support.example/' }),
}
const KINDS = Object.keys(SAMPLES) as BlockKind[]

// Colours need a real browser; every other rule is judged here.
const judge = (element: Element) => axe.run(element, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })

test.each(KINDS.flatMap((kind) => [[kind, 'light', webLightTheme], [kind, 'dark', webDarkTheme]] as const))('%s in the %s theme breaks no rule of accessibility', async (kind, _name, theme) => {
  const { container } = await drawn(<Blocks blocks={[SAMPLES[kind]('Ada')]} />, {}, theme)
  expect((await judge(container)).violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html ?? ''}`)).toEqual([])
})

test.each(KINDS)('%s shows any text as text', async (kind) => {
  for (const name of NAUGHTY.filter((text) => text.trim() !== '')) {
    const { container, unmount } = await drawn(<Blocks blocks={[SAMPLES[kind](name)]} />)
    expect(container.querySelector('script, img, b')).toBeNull()
    unmount()
  }
})

test('a row menu is worked by keys alone, and a refused action says why', async () => {
  const { asked } = await drawn(<Blocks blocks={[SAMPLES.people('Ada')]} />)
  const button = screen.getByRole('button', { name: 'More actions: Ada' })
  fireEvent.keyDown(button, { key: 'ArrowDown' })
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Edit r1'))
  fireEvent.keyDown(screen.getByRole('menu'), { key: 'End' })
  fireEvent.click(document.activeElement ?? button)
  expect(asked).toEqual([{ what: 'tell', with: 'Not yourself' }])
  fireEvent.keyDown(screen.getByRole('menu'), { key: 'Escape' })
  expect(document.activeElement).toBe(button)
})

test('a click on a row that leads nowhere does the only thing there is to do, unless that is grave', async () => {
  const menus = { only: [action('Transfer')], grave: [action('Remove', { tone: 'danger' })], refused: [action('Transfer', { enabled: 'Not now' })], many: [action('A'), action('B')] }
  const rows = Object.entries(menus).map(([id, menu]) => ({ id, title: id, menu }))
  const { asked, container } = await drawn(<Blocks blocks={[{ is: 'people', label: 'People', rows, page }]} />)
  expect([...container.querySelectorAll('[data-row-main]')].map((main) => main.textContent)).toEqual(['only'])
  fireEvent.click(screen.getByRole('button', { name: 'only' }))
  expect(asked).toMatchObject([{ what: 'run', with: { label: 'Transfer' } }])
})

test('what an entry changed stands below its sentence; more than a few changes open on request', async () => {
  const lines = ['a', 'b', 'c', 'd'].map((label) => ({ label, text: `${label}1 → ${label}2` }))
  const entry = (id: string, count: number) => ({ id, at: '2026-03-02T09:00:00.000Z', icon: 'user' as const, text: id, changes: { label: `${count} changes`, lines: lines.slice(0, count) } })
  const { container } = await drawn(<Blocks blocks={[{ is: 'timeline', label: 'Log', entries: [entry('few', 3), entry('many', 4)], page: { next: null } }]} />)
  const [few, many] = [...container.querySelectorAll('dl')]
  expect([few?.closest('details') ?? null, few?.querySelector('dd')?.textContent, few?.getAttribute('aria-label')]).toEqual([null, 'a1 → a2', '3 changes'])
  expect(many?.closest('details')?.open).toBe(false)
  expect(screen.getByText('4 changes').tagName).toBe('SUMMARY')
})

const kinds = [{ value: '', label: 'Any', enabled: true as const }, { value: 'opened', label: 'Opened', enabled: true as const }]
const narrowed: Block = { is: 'search', q: '', placeholder: 'Search', active: 2, filters: [{ as: 'one', name: 'kind', label: 'Kind', options: kinds, value: ['opened'] }, { as: 'date', name: 'from', label: 'From', value: '2026-03-01' }, { as: 'text', name: 'ip', label: 'IP', value: '' }] }

test('filters that are in use are a line with a way to clear them, and the focus stays where they open', async () => {
  const { asked } = await drawn(<Blocks blocks={[narrowed]} />, { params: { kind: 'opened', from: '2026-03-01', user: 'u-1' } })
  expect(screen.queryByRole('group', { name: 'Filters' })).toBeNull()
  expect(screen.getByText('Kind: Opened · From: Mar 1, 2026')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Clear filters' }))
  expect(asked).toEqual([{ what: 'search', with: { user: 'u-1' } }])
  expect(document.activeElement).toBe(screen.getByRole('button', { name: '2 filters in use' }))
})

test.each([['Escape', () => fireEvent.keyDown(screen.getByLabelText('IP'), { key: 'Escape' })], ['Escape on their button', () => fireEvent.keyDown(screen.getByRole('button', { name: '2 filters in use' }), { key: 'Escape' })], ['Done', () => fireEvent.click(screen.getByRole('button', { name: 'Done' }))]])('%s closes the filters and gives the focus back', async (_how, close) => {
  const toggle = await drawn(<Blocks blocks={[narrowed]} />).then(() => screen.getByRole('button', { name: '2 filters in use' }))
  fireEvent.click(toggle)
  await waitFor(() => expect(screen.getByLabelText('IP')).toBeTruthy())
  expect(screen.queryByText('Kind: Opened · From: Mar 1, 2026')).toBeNull()
  close()
  expect([screen.queryByRole('group', { name: 'Filters' }), document.activeElement, toggle.getAttribute('aria-expanded')]).toEqual([null, toggle, 'false'])
})

test('a chart says how much its highest value is, and a few bars how much each', async () => {
  const points = (count: number) => Array.from({ length: count }, (_, i) => ({ label: `D${i}`, value: i, text: `${i} pcs` }))
  const { container, unmount } = await drawn(<Blocks blocks={[{ is: 'chart', title: 'Sent', draw: 'line', unit: 'Sent', points: points(9) }]} />)
  expect(container.querySelector('figure > [aria-hidden]')?.textContent).toBe('8 pcs')
  unmount()
  const { container: few } = await drawn(<Blocks blocks={[{ is: 'chart', title: 'Sent', draw: 'bars', unit: 'Sent', points: points(3) }]} />)
  expect([...few.querySelectorAll('figure > div > span')].map((name) => name.textContent)).toEqual(['0 pcsD0', '1 pcsD1', '2 pcsD2'])
})

test.each([['primary', false], ['danger', true]] as const)('a button in the footer of tone %s is dangerous to look at: %s', async (tone, isDanger) => {
  await drawn(<><ActionButton item={action('Footer', { tone })} look="primary" wide /><Button appearance="danger">Danger</Button></>)
  expect(getComputedStyle(screen.getByRole('button', { name: 'Footer' })).backgroundColor === getComputedStyle(screen.getByRole('button', { name: 'Danger' })).backgroundColor).toBe(isDanger)
})

test('arrow keys move between rows', async () => {
  await drawn(<Blocks blocks={[SAMPLES.people('Ada')]} />)
  const first = screen.getByRole('checkbox', { name: 'Ada' })
  first.focus()
  fireEvent.keyDown(first, { key: 'ArrowDown' })
  expect(document.activeElement).toBe(screen.getByRole('checkbox', { name: 'Ben' }))
})

test('a form puts the focus on the first field that is wrong', async () => {
  await drawn(<Blocks blocks={[SAMPLES.form('Ada')]} />)
  expect(document.activeElement).toBe(screen.getByLabelText(/First/, { selector: 'input[name="first"]' }))
})

test('what somebody else changed stands between the fields and the button that would overwrite it', async () => {
  await drawn(<Blocks blocks={[SAMPLES.form('Ada')]} />)
  const theirs = screen.getByRole('radio', { name: /Other/ })
  const field = screen.getByLabelText(/First/, { selector: 'input[name="first"]' })
  const isBefore = (one: Element, other: Element) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
  expect([isBefore(field, theirs), isBefore(theirs, screen.getByRole('button', { name: 'Save' }))]).toEqual([true, true])
})

test('a file that is too large is refused before it is kept', async () => {
  const { container, asked } = await drawn(<Blocks blocks={[SAMPLES.files('people')]} />)
  const input = container.querySelector('input[type="file"]')
  if (input === null) throw new Error('no file input')
  fireEvent.change(input, { target: { files: [new File(['x'.repeat(2000)], 'big.csv')] } })
  expect(screen.getByRole('alert').textContent).toContain('big.csv')
  expect(asked).toEqual([])
})

test('a file that is too large takes the place of the one before, which is not sent for it', async () => {
  const chosen = { source: 'picked' as const, id: 'f1', name: 'good.csv', bytes: 144 }
  const { container, asked } = await drawn(<Blocks blocks={[SAMPLES.files('people')]} />, { draft: { ...emptyDraft(), files: { csv: chosen } } })
  expect(screen.getByText('144 bytes')).toBeTruthy()
  const input = container.querySelector('input[type="file"]')
  if (input === null) throw new Error('no file input')
  fireEvent.change(input, { target: { files: [new File(['x'.repeat(2000)], 'big.csv')] } })
  expect(asked).toEqual([{ what: 'change', with: { files: { csv: null } } }])
})
