import { sampleEnv } from '../../tests/doubles/samples/env'
import { user } from '../../tests/doubles/samples/records'
import type { Plan } from '../change-plan'
import { ERROR_STATUS, FRONT_ERRORS, type ErrorCode } from '../errors'
import { actionOutcome, actionStep } from './action-step'
import { ACTIONS } from './actions'
import { ACTION_IDS } from './ids'
import { emptyDraft } from './lifecycle'
import { settle } from './settle'
import type { ActionRef, Draft, Effect } from './vocabulary'

const ref = (part: Partial<ActionRef> & Pick<ActionRef, 'action'>): ActionRef => ({ args: {}, label: 'Do it', enabled: true, ...part })
const plan = (part: Partial<Plan> = {}): Plan => ({ kind: 'license.assign', count: 1, targets: [{ id: 'u-1', label: 'Ana' }], consequences: [], refused: [], refusedCount: 0, seats: [], ...part })
const assign = ref({ action: 'license.assign', args: { userId: 'u-1', plan: 'pro' } })
const remove = ref({ action: 'license.remove', args: { userId: 'u-1' } })

describe('an action goes step by step, the same in both hosts', () => {
  it('stops at its own check before anything is sent', () => {
    expect(actionStep(ref({ action: 'license.assign', args: { userId: 'u-1' } }), {}, emptyDraft(), sampleEnv())).toEqual({ next: 'issues', issues: [{ code: 'field.required', path: 'plan' }] })
  })

  it('asks for the plan first', () => {
    expect(actionStep(assign, {}, emptyDraft(), sampleEnv())).toMatchObject({ next: 'plan', call: { endpoint: 'licenses.assign', dryRun: true, params: { userId: 'u-1' }, body: { plan: 'pro' } } })
  })

  it('sends at once, with the digest, when the plan has no consequence to confirm', () => {
    expect(actionStep(assign, { plan: { digest: 'd', plan: plan() } }, emptyDraft(), sampleEnv())).toMatchObject({ next: 'send', call: { digest: 'd' } })
  })

  it.each<[string, Partial<Plan>]>([
    ['a warning', { consequences: [{ code: 'license.none', params: {}, tone: 'warning' }] }],
    ['several people', { count: 3 }],
    ['somebody left out', { refusedCount: 1, refused: [{ id: 'u', label: 'Luc', code: 'access.own_row' }] }],
  ])('shows the plan when there is %s', (_what, part) => {
    expect(actionStep(assign, { plan: { digest: 'd', plan: plan(part) } }, emptyDraft(), sampleEnv())).toMatchObject({ next: 'confirm', confirmation: { blocks: [{ is: 'plan', digest: 'd' }] } })
  })

  it('goes on only after the person has confirmed', () => {
    const progress = { plan: { digest: 'd', plan: plan() } }
    expect(actionStep(remove, progress, emptyDraft(), sampleEnv()).next).toBe('confirm')
    expect(actionStep(remove, { ...progress, confirmed: true }, emptyDraft(), sampleEnv())).toMatchObject({ next: 'send', call: { endpoint: 'licenses.remove', digest: 'd' } })
  })

  it('offers nothing to confirm when all of the plan is refused', () => {
    const refused = plan({ count: 0, targets: [], refusedCount: 1, refused: [{ id: 'u-1', label: 'Ana', code: 'license.none_left' }] })
    expect(actionStep(assign, { plan: { digest: 'd', plan: refused } }, emptyDraft(), sampleEnv())).toMatchObject({ next: 'confirm', confirmation: { refused: true } })
  })

  it('says beside the field why an address is refused, instead of asking what nobody can confirm', () => {
    const draft: Draft = { ...emptyDraft(), values: { email: 'ana@elsewhere.example' } }
    const check = ref({ action: 'user_add.check' })
    const refused = (code: string) => ({ plan: { digest: 'd', plan: plan({ count: 0, targets: [], refusedCount: 1, refused: [{ id: 'ana', label: 'ana@elsewhere.example', code }] }) } })
    expect(actionStep(check, refused('domain.not_approved'), draft, sampleEnv())).toEqual({ next: 'issues', issues: [{ code: 'domain.not_approved', path: 'email' }] })
    // Somebody who was removed is offered to be restored, which takes a link.
    expect(actionStep(check, refused('user.restorable'), draft, sampleEnv())).toMatchObject({ next: 'confirm', confirmation: { refused: true, title: 'This can’t be done' } })
  })

  it('takes what was chosen on the form when the action names no plan', () => {
    const draft: Draft = { ...emptyDraft(), values: { plan: ['eco'] } }
    expect(actionStep(ref({ action: 'license.assign', args: { userId: 'u-1' } }), {}, draft, sampleEnv())).toMatchObject({ next: 'plan', call: { body: { plan: 'eco' } } })
  })

  it('turns an action that this version does not know into a failure', () => {
    expect(actionStep({ ...assign, action: 'gone' as 'nav.users' }, {}, emptyDraft(), sampleEnv())).toMatchObject({ next: 'effects', effects: [{ do: 'failure' }] })
  })

  it('tells the success with an undo, and makes the caches stale', () => {
    const effects = actionOutcome(assign, emptyDraft(), sampleEnv(), { ok: true, value: user() })
    expect(effects[0]).toEqual({ do: 'refresh', tags: ACTIONS['license.assign'].changes })
    expect(effects[1]).toMatchObject({ do: 'notify', tone: 'success', undo: { action: 'license.remove', args: { userId: 'u-1' } } })
  })

  it('asks before a plan changes, and undoes that by giving the earlier one back', () => {
    const change = ref({ action: 'license.change', args: { userId: 'u-1', plan: 'pro', from: 'eco' } })
    expect(actionStep(change, { plan: { digest: 'd', plan: plan() } }, emptyDraft(), sampleEnv())).toMatchObject({ next: 'confirm' })
    const effects = actionOutcome(change, emptyDraft(), sampleEnv(), { ok: true, value: user({ plan: 'pro' }) })
    expect(effects[1]).toMatchObject({ do: 'notify', text: 'Ana Ruiz now has the Pro license.', undo: { action: 'license.change', args: { userId: 'u-1', plan: 'eco', from: 'pro' } } })
  })

  it('shows a plan that no longer holds anew, says so, and never goes on with it by itself', () => {
    const step = (of: Plan) => actionStep(assign, { plan: { digest: 'd-2', plan: of }, changed: true }, emptyDraft(), sampleEnv())
    expect(step(plan())).toMatchObject({ next: 'confirm', confirmation: { blocks: [{ is: 'notice', text: expect.stringContaining('The situation has changed') }, { is: 'plan', digest: 'd-2' }] } })
    expect(step(plan({ count: 0, targets: [] }))).toMatchObject({ next: 'confirm', confirmation: { refused: true, blocks: [{ is: 'plan' }] } })
    expect(actionStep(assign, { plan: { digest: 'd-2', plan: plan() }, changed: true, confirmed: true }, emptyDraft(), sampleEnv())).toMatchObject({ next: 'send' })
  })

  it.each(ACTION_IDS)('%s either sends something or leads somewhere', (id) => {
    const def = ACTIONS[id]
    // What only plans leads on once the plan raises no objection, what only asks once the answer is yes.
    expect(def.request !== undefined || def.confirm === 'never' || def.question !== undefined || (def.plan !== undefined && def.confirm === 'if_consequences')).toBe(true)
  })
})

describe('what a failure leads to is decided in one place', () => {
  const what = (code: ErrorCode, extra?: unknown): Effect['do'][] => settle({ code, issues: [], extra }, sampleEnv()).map((effect) => effect.do)

  it.each<[ErrorCode, Effect['do'][]]>([
    ['auth.required', ['signIn']], ['auth.expired', ['signIn']], ['version.conflict', ['conflict']],
    ['network.unreachable', ['failure']], ['network.timeout', ['failure']], ['server.busy', ['failure']], ['limit.reached', ['failure']],
    ['access.denied', ['notify', 'refresh']], ['user.last_admin', ['notify', 'refresh']], ['license.none_left', ['notify', 'refresh']],
    ['file.unreadable', ['notify']],
  ])('%s → %j', (code, effects) => expect(what(code)).toEqual(effects))

  it('shows the new plan when the old one no longer holds', () => {
    expect(what('plan.changed', { digest: 'd2', plan: plan() })).toEqual(['plan'])
  })

  it('puts issues beside their fields', () => {
    expect(settle({ code: 'request.invalid', issues: [{ code: 'email.malformed', path: 'email' }] }, sampleEnv())).toEqual([{ do: 'issues', issues: [{ code: 'email.malformed', path: 'email' }] }])
  })

  it.each([...(Object.keys(ERROR_STATUS) as ErrorCode[]), ...FRONT_ERRORS])('%s never ends in silence', (code) => expect(what(code).length).toBeGreaterThan(0))
})
