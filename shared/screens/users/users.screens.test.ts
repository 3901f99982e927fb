import { NAUGHTY, context, mail, pools, user, viewer } from '../../../tests/doubles/samples/records'
import { sampleEnv } from '../../../tests/doubles/samples/env'
import { SCREEN_SAMPLES } from '../../../tests/doubles/samples/screens'
import type { User } from '../../users/users.model'
import { actionOutcome, actionStep } from '../action-step'
import { drawScreen, emptyDraft } from '../lifecycle'
import { SCREENS } from '../registry'
import type { ScreenId } from '../ids'
import type { ActionRef, Block, Draft, Env, Params, Screen } from '../vocabulary'
import { BEGUN_ON } from '../forms'
import { bulkBody } from './bulk.actions'
import { addBody, editBody, personWord } from './users.actions'

const draft = (values: Draft['values'] = {}, more: Partial<Draft> = {}): Draft => ({ ...emptyDraft(), values, ...more })
const draw = (id: ScreenId, more: { params?: Params; draft?: Draft; replies?: Record<string, unknown>; env?: Partial<Env> } = {}): Screen => {
  const replies = Object.fromEntries(Object.entries({ ...SCREEN_SAMPLES[id].ready, ...more.replies }).map(([name, value]) => [name, { ok: true as const, value }]))
  return drawScreen(SCREENS[id], replies, more.params ?? SCREEN_SAMPLES[id].params, more.draft ?? emptyDraft(), sampleEnv({ mail: SCREEN_SAMPLES[id].mail ?? null, ...more.env }))
}
const blockOf = <K extends Block['is']>(screen: Screen, is: K): Extract<Block, { is: K }> => {
  const found = screen.blocks.find((block) => block.is === is)
  if (found === undefined) throw new Error(`no ${is}`)
  return found as Extract<Block, { is: K }>
}
const formOf = (screen: Screen) => blockOf(screen, 'form')
const step = (ref: ActionRef, of: Draft, env: Partial<Env> = {}) => actionStep(ref, {}, of, sampleEnv(env))

describe('adding a user in steps', () => {
  it('asks the server about the person before it goes on', () => {
    const { submit } = formOf(draw('user_add', { params: {} }))
    expect(step(submit, draft())).toEqual({ next: 'issues', issues: [{ code: 'field.required', path: 'email' }] })
    expect(step(submit, draft({ email: ' luc@acme.example ', role: ['user_admin'] }))).toMatchObject({ next: 'plan', call: { endpoint: 'users.add', dryRun: true, body: { email: 'luc@acme.example', role: 'user_admin' } } })
  })

  it('takes the draft along, forwards and back', () => {
    const { submit } = formOf(draw('user_add', { params: { at: 'now' } }))
    const plan = { kind: 'user.add', count: 1, targets: [], consequences: [], refused: [], refusedCount: 0, seats: [] }
    expect(actionStep(submit, { plan: { digest: 'd', plan } }, draft({ email: 'a@b.example' }), sampleEnv())).toEqual({ next: 'effects', effects: [{ do: 'replace', keepDraft: true, to: { screen: 'user_add', params: { at: 'now', step: '2' } } }] })
    const [back] = blockOf(draw('user_add', { params: { step: '3' } }), 'actions').items
    expect(back).toMatchObject({ action: 'user_add.step', args: { step: '2' } })
  })

  it('shows the seats of the license that is chosen, and offers only what is in stock', () => {
    const screen = draw('user_add', { params: { step: '2' }, draft: draft({ plan: ['pro'] }) })
    expect(blockOf(screen, 'meter')).toMatchObject({ used: 45, total: 50, choosing: 1 })
    const [field] = formOf(screen).fields
    expect(field?.as === 'one' && field.options.map(({ value, enabled }) => [value, enabled === true])).toEqual([['', true], ['eco', false], ['pro', true]])
  })

  it('can skip the workspaces, and never sends more than ten', () => {
    const screen = draw('user_add', { params: { step: '3' } })
    const { skip } = blockOf(screen, 'steps')
    expect(skip?.label).toBe('Skip and send invitation')
    expect(addBody(draft({ email: 'a@b.example', workspaceIds: ['w-1'] }), skip?.args ?? {})).not.toHaveProperty('workspaceIds')
    expect(formOf(screen).fields[0]).toMatchObject({ as: 'many', max: 10 })
  })

  it.each([
    ['2', ['a@b.example', 'Member']],
    ['3', ['a@b.example', 'Member', 'Pro']],
  ])('says on step %s what was decided so far', (n, values) => {
    const [first] = blockOf(draw('user_add', { params: { step: n }, draft: draft({ email: 'a@b.example', firstName: 'Ada', lastName: 'Arnaud', plan: ['pro'] }) }), 'facts').items
    expect(blockOf(draw('user_add', { params: { step: n }, draft: draft({ email: 'a@b.example', plan: ['pro'] }) }), 'facts').items.map(({ value }) => value)).toEqual(values)
    expect(first?.note).toBe('Ada Arnaud')
  })

  it('offers nothing to skip where there are no workspaces', () => {
    expect(blockOf(draw('user_add', { params: { step: '3' }, replies: { workspaces: { items: [], next: null } } }), 'steps').skip).toBeUndefined()
  })

  it('says what remains when a later step failed', () => {
    const ref: ActionRef = { action: 'users.add', args: {}, label: '', enabled: true }
    const effects = actionOutcome(ref, draft(), sampleEnv(), { ok: true, value: { ...user(), remaining: [{ step: 'license', code: 'license.none_left' }] } })
    expect(effects.find((effect) => effect.do === 'notify')).toMatchObject({ tone: 'warning', text: expect.stringContaining('Ana Ruiz') })
  })
})

describe('editing a user', () => {
  const theirs: User = { ...user(), version: 9, firstName: 'Anna', role: 'user_admin' }

  it('sends only what was touched, under the version that was seen', () => {
    expect(Object.fromEntries(Object.entries(editBody(draft({ mobile: '+34 600', 'security.secondFactor': 'on' }))).filter(([, value]) => value !== undefined))).toEqual({ mobile: '+34 600', security: { secondFactor: true, protectedReplies: undefined } })
    expect(formOf(draw('user_edit')).submit.args).toEqual({ userId: 'u-1', version: '3' })
  })

  it('shows a conflict as a choice for the fields that both changed, in words', () => {
    const form = formOf(draw('user_edit', { draft: draft({ firstName: 'Anita', role: ['member'], lastName: 'Ruiz' }, { theirs }) }))
    expect(form.conflict?.map(({ field, mineText, theirsText }) => [field, mineText, theirsText])).toEqual([['firstName', 'Anita', 'Anna'], ['role', 'Member', 'User administrator']])
    expect(form.submit.args['version']).toBe('9')
  })

  it('names every workspace that somebody is in, however far down the list, and lets others be found by typing', () => {
    const workspace = { version: 1, members: 1, contacts: 0, createdAt: '2026-01-01T00:00:00.000Z', abilities: {} }
    const form = formOf(draw('user_edit', { replies: {
      user: user({ abilities: { 'user.assign_workspaces': true }, workspaceIds: ['w-900', 'w-1'] }),
      workspaces: { items: [{ ...workspace, id: 'w-1', name: 'Alpha' }], next: 'more' }, held: { items: [{ ...workspace, id: 'w-1', name: 'Alpha' }, { ...workspace, id: 'w-900', name: 'Zeta' }], next: null },
    } }))
    expect(form.fields).toMatchObject([{ as: 'find', from: 'workspaces.list', several: true, chosen: [{ value: 'w-900', label: 'Zeta' }, { value: 'w-1', label: 'Alpha' }], first: [{ value: 'w-1', label: 'Alpha' }] }])
  })

  it('asks as well when the record was read again while somebody typed, so that no change is overwritten unseen', () => {
    const now = { replies: { user: { ...user(), firstName: 'Anna', workspaceIds: ['w-2'], version: 4 } } }
    const typing = draft({ firstName: 'Anita', workspaceIds: ['w-1', 'w-2'], [BEGUN_ON]: '3' })
    const form = formOf(draw('user_edit', { ...now, draft: typing }))
    expect(form.conflict?.map(({ field, mine, theirs: stored }) => [field, mine, stored])).toEqual([['firstName', 'Anita', 'Anna'], ['workspaceIds', 'w-1 w-2', 'w-2']])
    expect(form.submit.args['version']).toBe('4')
    expect(formOf(draw('user_edit', { ...now, draft: { ...typing, values: { ...typing.values, [BEGUN_ON]: '4' } } })).conflict).toBeUndefined()
    expect(editBody(draft({ workspaceIds: 'w-1 w-2' })).workspaceIds).toEqual(['w-1', 'w-2'])
  })

  it('shows only fields that the viewer may change', () => {
    const form = formOf(draw('user_edit', { replies: { user: user({ abilities: { 'user.assign_workspaces': true } }) } }))
    expect(form.fields.map(({ name }) => name)).toEqual(['workspaceIds'])
  })

  it('has no switch by which people could loosen their own security', () => {
    const own = user({ ...viewer().user, abilities: { 'user.edit_security': true }, security: { secondFactor: true, protectedReplies: false } })
    expect(formOf(draw('user_edit', { replies: { user: own } })).fields.map(({ name }) => name)).toEqual(['security.protectedReplies'])
  })
})

describe('what can be done with one user', () => {
  const refs = (part: Partial<User>): string[] => draw('user', { replies: { user: user({ abilities: { 'user.edit': true, 'user.suspend': true, 'user.restore': true, 'user.remove': true, 'user.leave': true }, ...part }) } })
    .blocks.flatMap((block) => (block.is === 'actions' ? block.items.map(({ action }) => action) : []))
  it.each<[User['status'], string[]]>([
    ['active', ['nav.user_edit', 'user.suspend', 'nav.user_leave', 'user.remove']], ['suspended', ['nav.user_edit', 'user.restore', 'nav.user_leave', 'user.remove']], ['removed', ['user.restore']],
  ])('%s: %j', (status, actions) => expect(refs({ status })).toEqual(actions))

  it.each(['user.suspend', 'user.remove'] as const)('%s can be taken back', (action) => {
    const effects = actionOutcome({ action, args: { userId: 'u-1' }, label: '', enabled: true }, draft(), sampleEnv(), { ok: true, value: user() })
    expect(effects.find((effect) => effect.do === 'notify')).toMatchObject({ undo: { action: 'user.restore', args: { userId: 'u-1' } } })
  })

  it.each(NAUGHTY)('shows the name %j as text', (name) => {
    expect(draw('user', { replies: { user: user({ firstName: name, lastName: '' }) } }).title).toBe(name.trim() === '' ? 'ana@acme.example' : name.trim())
  })
})

describe('what belongs to a user stands on their screen', () => {
  const sections = (replies: Record<string, unknown> = {}) => draw('user', { replies }).blocks.flatMap((block) => (block.is === 'section' ? [block] : []))
  const titled = (title: string, replies: Record<string, unknown> = {}) => sections(replies).find((section) => section.title === title)?.blocks
  const none = { items: [], next: null, total: 0 }

  it('workspaces by name, each a way to it, and a way to all of them where there are more', () => {
    expect(titled('Workspaces')).toMatchObject([
      { is: 'people', rows: [{ title: 'Sales', open: { screen: 'workspace', params: { workspaceId: 'w-1' } } }, { title: 'Support' }] },
      { is: 'links', items: [{ open: { screen: 'workspaces', params: { member: 'u-1' } } }] },
    ])
  })
  it('contacts by name, with the workspace that each belongs to, and a way to all of them', () => {
    expect(titled('Contacts')).toMatchObject([
      { is: 'people', rows: [{ title: 'Zoe', sub: 'zoe@elsewhere.example · Sales', open: { screen: 'contact' } }, { sub: 'Sales' }] },
      { is: 'links', items: [{ open: { screen: 'contacts', params: { assigned_to: 'u-1' } } }] },
    ])
  })
  it('how the account is secured', () => {
    expect(titled('Security', { user: user({ security: { secondFactor: true, protectedReplies: false } }) })).toMatchObject([{ is: 'facts', items: [{ value: 'On' }, { value: 'Off' }] }])
  })
  it('that there is nothing is said', () => {
    const empty = { places: none, contacts: none }
    expect([titled('Workspaces', empty), titled('Contacts', empty)]).toMatchObject([[{ is: 'notice' }], [{ is: 'notice' }]])
  })
  it('a removed user has none of it any more', () => expect(sections({ user: user({ status: 'removed' }) }).map(({ title }) => title)).not.toEqual(expect.arrayContaining(['Workspaces'])))
  it('the list of one user’s workspaces asks for theirs alone, and adds none', () => {
    const asked = SCREENS.workspaces.needs({ member: 'u-1' }, sampleEnv())
    expect(Object.values(asked).map(({ query }) => query)).toEqual([expect.objectContaining({ member: 'u-1' })])
    expect(draw('workspaces', { params: { member: 'u-1' } }).blocks.map(({ is }) => is)).not.toContain('section')
  })
})

describe('an activation link that has expired', () => {
  const ended = { linkExpiresAt: '2026-02-01T09:00:00.000Z' }
  const assigned = { plan: 'eco', state: 'assigned' as const, assignedAt: '2026-01-01T09:00:00.000Z', activatedAt: null }
  it.each([
    ['of who was invited', { status: 'pending', ...ended }, 'Link expired'],
    ['of who has yet to activate a license', { license: assigned, ...ended }, 'Link expired'],
    ['that still works', { status: 'pending', linkExpiresAt: '2099-02-01T09:00:00.000Z' }, 'Pending'],
    ['of who was suspended', { status: 'suspended', license: assigned, ...ended }, 'Suspended'],
    ['of who is in', { license: { ...assigned, state: 'active' }, ...ended }, undefined],
  ] as const)('%s is told on their row', (_what, of, badge) => {
    const users = { items: [user(of)], next: null, total: 1, abilities: {} }
    expect(blockOf(draw('users', { replies: { users } }), 'people').rows[0]?.badge?.text).toBe(badge)
  })

  it('is told on their screen, with its day', () => {
    expect(blockOf(draw('user', { replies: { user: user({ license: assigned, ...ended }) } }), 'notice').text).toBe('The activation link ended on Feb 1, 2026 without having been used. Send a new one.')
  })
})

describe('many users', () => {
  const people = (more: Partial<Env> = {}, chosen: Draft['selected'] = []) => draw('users', { params: {}, draft: draft({}, { selected: chosen }), replies: { users: { items: [user(), user({ id: 'u-owner' })], next: null, total: 5000, abilities: { 'user.suspend': true } } }, env: more })

  it('can be chosen, but for the own row, which says why', () => {
    expect(blockOf(people(), 'people').rows.map(({ selectable }) => selectable === true)).toEqual([true, false])
    expect(blockOf(people(), 'people').selectAll).toBe(5000)
  })

  it('count the seats down as rows are chosen', () => {
    const choosing = (screen: Screen) => screen.blocks.flatMap((block) => (block.is === 'section' ? block.blocks.flatMap((inner) => (inner.is === 'meter' ? [inner.choosing] : [])) : []))
    expect([choosing(people()), choosing(people({}, ['u-1', 'u-2'])), choosing(people({}, { allMatching: {} }))]).toEqual([[undefined, undefined], [2, 2], [5000, 5000]])
  })

  it('say how many are left without moving a row from under the pointer', () => {
    const seats = (screen: Screen) => screen.blocks.flatMap((block) => (block.is === 'section' ? [block] : []))
    const [none, two] = [seats(people()), seats(people({}, ['u-1', 'u-2']))]
    expect([none, two].map(([section]) => section?.folded)).toEqual([true, true])
    expect(two[0]?.title).not.toBe(none[0]?.title)
    expect(two[0]?.title).toContain('3')
  })

  it('offers what the viewer may do, and nothing to whoever may do nothing', () => {
    expect(blockOf(people(), 'people').bulk?.map(({ args }) => args['action'])).toEqual(['assign_license', 'remove_license', 'send_activation', 'change_role', 'suspend', 'remove'])
    expect(blockOf(people({ viewer: viewer(false) }), 'people').bulk).toBeUndefined()
  })

  it('sends the ids, or the filter of the list for all that match', () => {
    expect(bulkBody({ action: 'suspend' }, draft({}, { selected: ['u-1'] }))).toEqual({ action: 'suspend', userIds: ['u-1'] })
    expect(bulkBody({ action: 'assign_license' }, draft({ plan: ['pro'] }, { selected: { allMatching: { q: 'ana', never_activated: 'true', sort: 'name' } } }))).toEqual({ action: 'assign_license', plan: 'pro', filter: { q: 'ana', never_activated: true } })
  })

  it('take the choice to the screen where it is said what they get', () => {
    const ref: ActionRef = { action: 'users.bulk_choose', args: { action: 'assign_license', total: '5000' }, label: '', enabled: true }
    expect(step(ref, draft({}, { selected: { allMatching: {} } }))).toMatchObject({ next: 'effects', effects: [{ do: 'open', keepDraft: true, to: { screen: 'users_bulk', params: { action: 'assign_license', count: '5000' } } }] })
    expect(step(ref, draft())).toMatchObject({ next: 'issues' })
  })
})

describe('adding the people of the open mail', () => {
  const luc = { ...context().people[1], address: 'luc@acme.example', user: null, contact: null, domain: { name: 'acme.example', state: 'approved' as const, looksLike: null }, lastEvents: [], abilities: { 'users.add': true as const } }
  const withLuc = context({ people: [...context().people, luc], pools: pools.items })
  const opened = mail({ people: [...mail().people, { email: 'luc@acme.example', name: 'Luc Roy', part: 'to' }] })

  it('chooses those whose domain is approved, and says why not the others', () => {
    const [people] = formOf(draw('people_add', { replies: { context: withLuc }, env: { mail: opened } })).fields
    expect(people?.as === 'many' && people.options.map(({ label, enabled }) => [label, enabled === true])).toEqual([['Zoe', false], ['Luc Roy', true]])
    expect(people?.as === 'many' && people.value).toEqual([personWord({ name: 'Luc Roy', email: 'luc@acme.example' })])
  })

  const OUTCOME = { userId: null, code: null, remaining: [] }
  it.each<[string, object, string, string]>([
    ['everybody', { done: 1, refused: 0, outcomes: [{ ...OUTCOME, email: 'a@b.example', outcome: 'done' }] }, 'success', '1 user has been added and invited.'],
    ['some', {
      done: 1, refused: 3,
      outcomes: [{ ...OUTCOME, email: 'a@b.example', outcome: 'done' }, { ...OUTCOME, email: 'c@d.example', outcome: 'refused', code: 'user.exists' }, { ...OUTCOME, email: 'e@f.example', outcome: 'refused', code: 'domain.not_approved' }, { ...OUTCOME, email: 'g@f.example', outcome: 'refused', code: 'domain.not_approved' }],
    }, 'warning', '1 user has been added and invited. 3 were left out: c@d.example: ${user.exists} e@f.example and g@f.example: ${domain.not_approved}'],
    ['somebody without a license', { done: 1, refused: 0, outcomes: [{ ...OUTCOME, email: 'a@b.example', outcome: 'done', remaining: [{ step: 'license', code: 'license.none_left' }] }] }, 'warning', '1 user has been added and invited. Of 1 something remains: a@b.example: ${license.none_left}'],
  ])('says of %s what became of them, and why', (_who, reply, tone, text) => {
    const env = sampleEnv()
    const ref: ActionRef = { action: 'users.add_many', args: {}, label: '', enabled: true }
    const said = actionOutcome(ref, draft(), env, { ok: true, value: reply }).find((effect) => effect.do === 'notify')
    expect(said).toMatchObject({ tone, text: text.replace(/\$\{([^}]*)\}/g, (_match, code: string) => env.t.code(code)) })
  })

  it('plans them with their names before anything happens', () => {
    const { submit } = formOf(draw('people_add', { replies: { context: withLuc }, env: { mail: opened } }))
    expect(step(submit, draft())).toMatchObject({ next: 'plan', call: { endpoint: 'users.add_many', dryRun: true, body: { people: [{ email: 'luc@acme.example', firstName: 'Luc', lastName: 'Roy' }], role: 'member' } } })
  })
})
