import { VIEWER_ABILITIES, type ViewerAbilities, type ViewerAbility } from '../../access/abilities'
import { sampleEnv } from '../../../tests/doubles/samples/env'
import { viewer } from '../../../tests/doubles/samples/records'
import { WORKSPACE_SAMPLES } from '../../../tests/doubles/samples/workspaces'
import { actionStep } from '../action-step'
import { drawScreen, emptyDraft } from '../lifecycle'
import { SCREENS } from '../registry'
import type { Draft, Screen } from '../vocabulary'

const stored = WORKSPACE_SAMPLES.organization.ready.organization
const env = (...allowed: ViewerAbility[]) => sampleEnv({ viewer: { ...viewer(), abilities: Object.fromEntries(VIEWER_ABILITIES.map((ability) => [ability, allowed.includes(ability) ? true : 'access.denied'])) as ViewerAbilities } })
const draw = (draft: Draft, ...allowed: ViewerAbility[]): Screen => drawScreen(SCREENS.organization, { organization: { ok: true, value: stored } }, {}, draft, env(...allowed))
const formOf = (screen: Screen) => screen.blocks.flatMap((block) => (block.is === 'form' ? [block] : []))[0]
const typed = (values: Draft['values'], more: Partial<Draft> = {}): Draft => ({ ...emptyDraft(), values, ...more })
const sent = (draft: Draft) => {
  const submit = formOf(draw(draft, 'organization.manage', 'settings.manage'))?.submit
  const step = submit === undefined ? null : actionStep(submit, {}, draft, env())
  return step?.next === 'send' ? step.call : step
}

it.each<[ViewerAbility[], string[]]>([
  [['organization.manage'], ['name', 'address', 'contactEmail']],
  [['settings.manage'], ['settings.allowPublicDomains', 'settings.sendActivationOnAssign', 'settings.requireSecondFactor', 'settings.protectedReplies', 'settings.defaultLanguage', 'settings.retentionMonths']],
  [[], []],
])('who may do %j edits just that', (allowed, fields) => expect((formOf(draw(emptyDraft(), ...allowed))?.fields ?? []).map(({ name }) => name)).toEqual(fields))

it('sends what was touched and nothing else', () => {
  expect(sent(typed({ address: '2 Side Street' }))).toMatchObject({ version: 5, body: { address: '2 Side Street', name: undefined, settings: undefined } })
  expect(sent(typed({ 'settings.allowPublicDomains': '', 'settings.retentionMonths': '', 'settings.defaultLanguage': ['es'] }))).toMatchObject({ body: { settings: { allowPublicDomains: false, retentionMonths: null, defaultLanguage: 'es' } } })
  expect(sent(typed({ 'settings.retentionMonths': 'soon', name: '' }))).toEqual({ next: 'issues', issues: [{ code: 'field.required', path: 'name' }, { code: 'field.invalid', path: 'settings.retentionMonths' }] })
})

it('offers theirs or mine after a conflict, in their version', () => {
  const form = formOf(draw(typed({ name: 'Mine' }, { theirs: { ...stored, name: 'Theirs', version: 8 } }), 'organization.manage'))
  expect(form?.conflict).toEqual([{ field: 'name', label: 'Name', mine: 'Mine', theirs: 'Theirs' }])
  expect(form?.submit.args['version']).toBe('8')
})

it('is deleted only with its plan seen and its name typed', () => {
  const ref = draw(emptyDraft(), 'organization.delete').blocks.flatMap((block) => (block.is === 'section' ? block.blocks : [])).flatMap((block) => (block.is === 'actions' ? block.items : []))[0]
  if (ref === undefined) throw new Error('nothing to delete with')
  const plan = { digest: 'd', plan: { kind: 'organization.delete', count: 1, targets: [{ id: 'o-1', label: 'Acme' }], consequences: [{ code: 'plan.access_lost', params: { count: 4 }, tone: 'danger' as const }], refused: [], refusedCount: 0, seats: [] } }
  expect(actionStep(ref, {}, emptyDraft(), env())).toMatchObject({ next: 'plan', call: { endpoint: 'organization.delete', dryRun: true } })
  expect(actionStep(ref, { plan }, emptyDraft(), env())).toMatchObject({ next: 'confirm', confirmation: { typed: 'Acme', tone: 'danger' } })
  expect(actionStep(ref, { plan, confirmed: true }, emptyDraft(), env())).toMatchObject({ next: 'send', call: { digest: 'd' } })
})
