import { sampleEnv } from '../../../tests/doubles/samples/env'
import { user, viewer } from '../../../tests/doubles/samples/records'
import { WORKSPACE_SAMPLES } from '../../../tests/doubles/samples/workspaces'
import { drawScreen, emptyDraft } from '../lifecycle'
import { SCREENS } from '../registry'
import type { Block, Env, Row } from '../vocabulary'

const loaded = (values: Record<string, unknown>) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { ok: true as const, value }]))
const flat = (blocks: Block[]): Block[] => blocks.flatMap((block) => [block, ...(block.is === 'section' ? flat(block.blocks) : [])])
const placesOf = (env: Env): string[] => flat(drawScreen(SCREENS.home, {}, {}, emptyDraft(), env).blocks).flatMap((block) => (block.is === 'links' ? block.items.map(({ open }) => open.screen) : []))
const rowsOf = (blocks: Block[]): Row[] => flat(blocks).flatMap((block) => (block.is === 'people' ? block.rows : []))
const member = (workspaceIds: string[]): Env => sampleEnv({ viewer: { ...viewer(false), user: user({ workspaceIds }) } })

it('a member finds the way to workspaces as soon as they are in one', () => {
  expect(placesOf(member([]))).not.toContain('workspaces')
  expect(placesOf(member(['w-1']))).toEqual(expect.arrayContaining(['workspaces', 'contacts']))
})

it('people are offered for a workspace that they are not in yet', () => {
  const { params, ready } = WORKSPACE_SAMPLES.workspace_people
  const rows = rowsOf(drawScreen(SCREENS.workspace_people, loaded(ready), params, emptyDraft(), sampleEnv()).blocks)
  expect(rows.map(({ id, badge, menu }) => [id, badge?.text, menu?.map(({ action }) => action)])).toEqual([['u-1', undefined, ['workspace.add_member']], ['u-2', 'Member', undefined]])
})

it('who may only look at a workspace is offered no change of it', () => {
  const { params, ready } = WORKSPACE_SAMPLES.workspace
  const draw = (abilities: object) => flat(drawScreen(SCREENS.workspace, loaded({ ...ready, workspace: { ...ready.workspace, abilities } }), params, emptyDraft(), sampleEnv()).blocks)
  const offers = (blocks: Block[]) => [...blocks.flatMap((block) => (block.is === 'form' ? [block.submit.action] : block.is === 'actions' ? block.items.map(({ action }) => action) : [])), ...rowsOf(blocks).flatMap(({ menu }) => menu?.map(({ action }) => action) ?? [])]
  expect(offers(draw({ 'workspace.edit': 'access.denied', 'workspace.remove': 'access.denied' }))).toEqual([])
  expect(new Set(offers(draw(ready.workspace.abilities)))).toEqual(new Set(['workspace.rename', 'workspace.remove', 'workspace.remove_member']))
})

it('a workspace is shown without the list of its members to who may not see users', () => {
  const { params, ready } = WORKSPACE_SAMPLES.workspace
  const replies = { ...loaded(ready), members: { ok: false as const, failure: { code: 'access.denied' as const, issues: [] } } }
  expect(drawScreen(SCREENS.workspace, replies, params, emptyDraft(), sampleEnv())).toMatchObject({ title: 'Sales' })
})
