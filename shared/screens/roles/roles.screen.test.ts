import { sampleEnv } from '../../../tests/doubles/samples/env'
import { viewer } from '../../../tests/doubles/samples/records'
import { WORKSPACE_SAMPLES } from '../../../tests/doubles/samples/workspaces'
import { PERMISSIONS, type Permission } from '../../access/permissions'
import { actionStep } from '../action-step'
import { drawScreen, emptyDraft } from '../lifecycle'
import { SCREENS } from '../registry'
import type { ActionRef, ChoiceField, Draft, Screen } from '../vocabulary'
import { GROUPS, PERMISSION_GROUPS } from './permissions'

const stored = WORKSPACE_SAMPLES.role.ready.role
const env = (permissions: Permission[] = [...PERMISSIONS]) => sampleEnv({ viewer: { ...viewer(), permissions } })
const draw = (role: object, draft: Draft = emptyDraft(), permissions?: Permission[]): Screen => drawScreen(SCREENS.role, { role: { ok: true, value: { ...stored, ...role } } }, { roleId: 'r-1' }, draft, env(permissions))
const formOf = (screen: Screen) => screen.blocks.flatMap((block) => (block.is === 'form' ? [block] : []))[0]
const boxes = (screen: Screen) => (formOf(screen)?.fields ?? []).filter((field): field is ChoiceField => field.as === 'many')
const bodyOf = (ref: ActionRef | undefined, draft: Draft): unknown => {
  const step = ref === undefined ? null : actionStep(ref, {}, draft, env())
  return step?.next === 'send' ? step.call.body : step
}

it('shows every permission once, in a group', () => {
  expect(GROUPS.flatMap((group) => [...PERMISSION_GROUPS[group]]).sort()).toEqual([...PERMISSIONS].sort())
  expect(boxes(draw({})).flatMap(({ options }) => options).map(({ value }) => value).sort()).toEqual([...PERMISSIONS].sort())
})

it('lets nobody tick what they do not hold, and says why', () => {
  const options = boxes(draw({}, emptyDraft(), ['users.view', 'activation.send', 'roles.manage'])).flatMap((field) => field.options)
  expect(options.filter(({ enabled }) => enabled === true).map(({ value }) => value).sort()).toEqual(['activation.send', 'roles.manage', 'users.view'])
  expect(options.find(({ value }) => value === 'billing.manage')?.enabled).toMatch(/don’t hold/)
})

it('sends the whole set once one group was touched, and otherwise only the name', () => {
  const submit = formOf(draw({}))?.submit
  const draft = (values: Draft['values']): Draft => ({ ...emptyDraft(), values })
  expect(bodyOf(submit, draft({ permissions_users: [] }))).toEqual({ name: undefined, permissions: ['activation.send'] })
  expect(bodyOf(submit, draft({ permissions_domains: ['domains.view'] }))).toEqual({ name: undefined, permissions: ['users.view', 'activation.send', 'domains.view'] })
  expect(bodyOf(submit, draft({ name: 'Desk' }))).toEqual({ name: 'Desk' })
  expect(bodyOf(submit, draft({ name: ' ' }))).toMatchObject({ next: 'issues', issues: [{ code: 'field.required', path: 'name' }] })
})

it('changed by somebody else meanwhile is saved over what they made of it, and says so', () => {
  const theirs = { ...stored, version: 9, permissions: ['domains.view'] }
  const screen = draw({}, { ...emptyDraft(), values: { permissions_users: ['users.view'] }, theirs })
  expect(screen.blocks.some((block) => block.is === 'notice' && block.tone === 'warning')).toBe(true)
  expect(formOf(screen)?.submit.args['version']).toBe('9')
  expect(bodyOf(formOf(screen)?.submit, { ...emptyDraft(), values: { permissions_users: ['users.view'] } })).toEqual({ name: undefined, permissions: ['users.view', 'domains.view'] })
})

it('in use names the number of its users beside the button that does not work', () => {
  const actions = draw({}).blocks.flatMap((block) => (block.is === 'actions' ? block.items : []))
  expect(actions).toMatchObject([{ action: 'role.remove', enabled: expect.stringContaining('2 users') }])
})

it.each(['role.built_in', 'access.denied', 'access.grant_beyond_own'])('refused with %s is read and not edited', (code) => {
  const screen = draw({ abilities: { 'role.edit': code, 'role.remove': code } })
  expect(formOf(screen)).toBeUndefined()
  expect(screen.blocks.some((block) => block.is === 'actions')).toBe(false)
})
