import { CATALOGS, sampleEnv } from '../../tests/doubles/samples/env'
import { stranger, viewer } from '../../tests/doubles/samples/records'
import { SCREEN_SAMPLES } from '../../tests/doubles/samples/screens'
import { LOCALES } from '../kit/locale'
import type { Failure } from '../errors'
import { appendPage, batchOf, drawScreen, emptyDraft, openScreen, screenKey, viewerOf } from './lifecycle'
import { SCREEN_IDS, type ScreenId } from './ids'
import { SCREENS } from './registry'
import type { Block, Env, Loaded, Screen } from './vocabulary'

const loaded = (values: Record<string, unknown>): Record<string, Loaded<unknown>> => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { ok: true, value }]))
const lost = (names: string[], failure: Failure): Record<string, Loaded<unknown>> => Object.fromEntries(names.map((name) => [name, { ok: false, failure }]))

const draw = (id: ScreenId, state: 'ready' | 'empty' | 'failed' | 'refused', env: Env): Screen => {
  const { params, ready, empty } = SCREEN_SAMPLES[id]
  const replies = { ready: loaded(ready), empty: loaded(empty), failed: lost(Object.keys(ready), { code: 'network.unreachable', issues: [] }), refused: lost(Object.keys(ready), { code: 'access.denied', issues: [] }) }
  return drawScreen(SCREENS[id], replies[state], params, emptyDraft(), env)
}

/** Every text of a screen that a person reads. */
const textsOf = (value: unknown, key = ''): string[] => {
  if (typeof value === 'string') return ['title', 'text', 'label', 'sub', 'note', 'hint', 'placeholder', 'countText', 'unit', 'enabled'].includes(key) ? [value] : []
  if (Array.isArray(value)) return value.flatMap((item) => textsOf(item, key === 'costs' || key === 'labels' ? 'text' : key))
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, item]) => textsOf(item, name)) : []
}

/** The same replies, each list of which goes on. */
const goingOn = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(goingOn)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, name === 'next' ? 'c2' : goingOn(item)]))
}

const goesOn = (block: Block): boolean => ('page' in block && block.page.next !== null) || (block.is === 'section' && block.blocks.some(goesOn))
const standBelow = (blocks: readonly Block[]): Block[] => {
  const at = blocks.findIndex(goesOn)
  const found = blocks[at]
  return found === undefined ? [] : [...(found.is === 'section' ? standBelow(found.blocks) : []), ...blocks.slice(at + 1)]
}

const AREAS = [...new Set(Object.keys(CATALOGS.en).map((key) => key.split('.')[0]))]
const RAW_KEY = new RegExp(`(^|[\\s(])(${AREAS.join('|')})\\.[a-z_.]+($|[\\s),])`)
const STATES = ['ready', 'empty', 'failed', 'refused'] as const

describe.each(SCREEN_IDS)('the screen %s', (id) => {
  const env = (locale: (typeof LOCALES)[number]) => sampleEnv({ locale, mail: SCREEN_SAMPLES[id].mail ?? null })

  it.each(LOCALES.flatMap((locale) => STATES.map((state) => [locale, state] as const)))('says something in %s when %s, without a raw key or a hole', (locale, state) => {
    const screen = draw(id, state, env(locale))
    const texts = textsOf(screen)
    expect(screen.title).not.toBe('')
    expect(screen.blocks.length).toBeGreaterThan(0)
    expect(texts.filter((text) => RAW_KEY.test(text))).toEqual([])
    expect(texts.filter((text) => text.includes('{') || text.includes('…') || text.includes('undefined'))).toEqual([])
  })

  it('offers a next step when nothing answers', () => {
    const required = Object.keys(SCREEN_SAMPLES[id].ready).filter((name) => !SCREENS[id].optional?.includes(name))
    const [first] = draw(id, 'failed', env('en')).blocks
    const retry = first?.is === 'failure' ? first.retry?.action : undefined
    expect(retry).toBe(required.length > 0 ? 'screen.retry' : undefined)
  })

  it('says nothing of the organization to somebody whom it does not know', () => {
    const screen = drawScreen(SCREENS[id], loaded(SCREEN_SAMPLES[id].ready), SCREEN_SAMPLES[id].params, emptyDraft(), { ...env('en'), viewer: stranger() })
    const allowed = SCREENS[id].withoutUser === true
    expect(screen.blocks[0]?.is === 'failure').toBe(!allowed)
  })

  it('has nothing below a list that goes on, where nobody would ever reach it', () => {
    const { params, ready } = SCREEN_SAMPLES[id]
    const replies = Object.fromEntries(Object.entries(ready).map(([name, value]) => [name, goingOn(value)]))
    expect(standBelow(drawScreen(SCREENS[id], loaded(replies), params, emptyDraft(), env('en')).blocks)).toEqual([])
  })

  it('draws the same from the same', () => expect(draw(id, 'ready', env('fr'))).toEqual(draw(id, 'ready', env('fr'))))

  it('asks for the viewer in the same batch while nobody knows them', () => {
    const fresh = { ...env('en'), viewer: null }
    const batch = batchOf(SCREENS[id], SCREEN_SAMPLES[id].params, fresh)
    const carried = SCREENS[id].viewerFrom !== undefined && SCREENS[id].viewerFrom in batch
    expect('$viewer' in batch).toBe(!carried)
    expect(Object.keys(batchOf(SCREENS[id], SCREEN_SAMPLES[id].params, env('en')))).not.toContain('$viewer')
  })
})

describe('the life of a screen', () => {
  it.each([['nowhere', {}], ['user', {}], ['users', { status: 'asleep' }], ['toString', {}]])('a bad deep link (%s) becomes a failure with a way home', (screen, params) => {
    const opened = openScreen({ screen, params }, SCREENS, sampleEnv())
    expect(opened).toMatchObject({ ok: false, screen: { blocks: [{ is: 'failure' }] } })
  })

  it('a file that is no good leads to where another one is chosen, and says once that it did not work', () => {
    const [block] = draw('import', 'failed', sampleEnv()).blocks
    expect(block).toMatchObject({ is: 'failure', way: { open: { screen: 'home' } } })
    const bad = drawScreen(SCREENS.import, { preview: { ok: false, failure: { code: 'file.unreadable', issues: [] } } }, {}, emptyDraft(), sampleEnv())
    expect(bad.blocks).toMatchObject([{ is: 'failure', way: { label: 'Choose another file', open: { screen: 'imports' } } }])
    expect(bad.blocks[0]).not.toHaveProperty('title')
  })

  it('tells drafts of two mails apart, and equal links are equal', () => {
    const link = { screen: 'users' as const, params: { a: '1', b: '2' } }
    expect(screenKey(link, { mail: null })).toBe(screenKey({ screen: 'users', params: { b: '2', a: '1' } }, { mail: null }))
    expect(screenKey(link, { mail: null })).not.toBe(screenKey(link, { mail: SCREEN_SAMPLES.mail.mail ?? null }))
  })

  it('finds the viewer in the reply that carries them', () => {
    expect(viewerOf(SCREENS.mail, loaded(SCREEN_SAMPLES.mail.ready))).toEqual(viewer())
    expect(viewerOf(SCREENS.users, { $viewer: { ok: true, value: viewer() } })).toEqual(viewer())
    expect(viewerOf(SCREENS.users, loaded(SCREEN_SAMPLES.users.ready))).toBeNull()
  })

  it('shows what came and says that a part is missing, unless that part is not for this viewer', () => {
    const without = (code: Failure['code']) => drawScreen(SCREENS.imports, { imports: { ok: false, failure: { code, issues: [] } } }, {}, emptyDraft(), sampleEnv())
    expect(without('network.unreachable').blocks).toMatchObject([{ is: 'notice', actions: [{ action: 'screen.retry' }] }, { is: 'files' }, { is: 'actions' }])
    expect(without('access.denied').blocks).toMatchObject([{ is: 'files' }, { is: 'actions' }])
  })

  it('goes on with a list, in a section, too, whatever else of its screen failed meanwhile', () => {
    const { params, ready } = SCREEN_SAMPLES.workspace
    const page = (part: Record<string, Loaded<unknown>>) => drawScreen(SCREENS.workspace, { ...loaded(ready), ...part }, params, emptyDraft(), sampleEnv())
    const members = ({ blocks }: Screen) => blocks.flatMap((block) => (block.is === 'section' ? block.blocks : [])).flatMap((block) => (block.is === 'people' && block.icon === undefined ? block.rows : [])).length
    const first = page({})
    const next = page({ contacts: { ok: false, failure: { code: 'network.unreachable', issues: [] } } })
    expect(members(first)).toBeGreaterThan(0)
    expect(members(appendPage(first, next))).toBe(2 * members(first))
  })

  it('turns a view that throws into a failure instead of a blank pane', () => {
    expect(drawScreen(SCREENS.users, { users: { ok: true, value: { items: null } } }, {}, emptyDraft(), sampleEnv())).toMatchObject({ blocks: [{ is: 'failure', failure: { code: 'screen.broken' } }] })
  })
})

it('has one sentence for every key of every language', () => {
  for (const locale of LOCALES) expect(Object.keys(CATALOGS[locale]).sort()).toEqual(Object.keys(CATALOGS.en).sort())
})
