import { sampleEnv } from '../../../tests/doubles/samples/env'
import { context, mail, user, viewer } from '../../../tests/doubles/samples/records'
import { WORKSPACE_SAMPLES } from '../../../tests/doubles/samples/workspaces'
import { actionStep } from '../action-step'
import { drawScreen, emptyDraft } from '../lifecycle'
import { SCREENS } from '../registry'
import type { ActionRef, Block, Draft, Env, Row } from '../vocabulary'

const contact = WORKSPACE_SAMPLES.contact.ready.contact
const blocksOf = (blocks: Block[]): Block[] => blocks.flatMap((block) => [block, ...(block.is === 'section' ? blocksOf(block.blocks) : [])])
const rowsOf = (blocks: Block[]): Row[] => blocksOf(blocks).flatMap((block) => (block.is === 'people' ? block.rows : []))
const sent = (ref: ActionRef | undefined, draft: Draft, env: Env) => {
  const step = ref === undefined ? null : actionStep(ref, { confirmed: true }, draft, env)
  return step?.next === 'send' ? step.call : step
}
const openMail = (env: Env, known: boolean): Row | undefined => {
  const ready = context()
  const people = ready.people.map((person) => (person.user === null && known ? { ...person, contact: { ...contact, abilities: {} } } : person))
  return rowsOf(drawScreen(SCREENS.mail, { context: { ok: true, value: { ...ready, people } } }, {}, emptyDraft(), { ...env, mail: mail() }).blocks).find(({ id }) => id === 'zoe@elsewhere.example')
}

describe('a stranger of the open mail', () => {
  it('can be saved as a contact with the name that stands in the mail', () => {
    const [save] = (openMail(sampleEnv(), false)?.menu ?? []).filter(({ action }) => action === 'contact.start')
    expect(save === undefined ? null : actionStep(save, {}, emptyDraft(), sampleEnv())).toEqual({ next: 'effects', effects: [{ do: 'open', to: { screen: 'contact_add', params: { email: 'zoe@elsewhere.example', name: 'Zoe' } } }] })
  })

  it('who is a contact already is opened instead', () => {
    const row = openMail(sampleEnv(), true)
    expect([row?.open?.screen, row?.sub]).toEqual(['contact', expect.stringContaining('Contact in Sales')])
    expect(row?.menu?.some(({ action }) => action === 'contact.start') ?? false).toBe(false)
  })

  it('is not offered to who may not save contacts', () => expect(openMail(sampleEnv({ viewer: viewer(false) }), false)?.menu?.some(({ action }) => action === 'contact.start') ?? false).toBe(false))
})

it('whose contacts are listed is said by name', () => {
  const draw = (replies: object) => drawScreen(SCREENS.contacts, { contacts: { ok: true, value: WORKSPACE_SAMPLES.contacts.ready.contacts }, workspaces: { ok: true, value: WORKSPACE_SAMPLES.contacts.ready.workspaces }, ...replies }, { assigned_to: 'u-1' }, emptyDraft(), sampleEnv())
  const labels = (screen: { blocks: Block[] }) => screen.blocks.flatMap((block) => (block.is === 'search' ? block.filters : [])).flatMap((field) => (field.name === 'assigned_to' && field.as === 'one' ? field.options.map(({ label }) => label) : []))
  expect(labels(draw({ assignee: { ok: true, value: user() } }))).toContain('Ana Ruiz')
  expect(labels(draw({}))).toContain('The chosen user')
  expect(Object.keys(SCREENS.contacts.needs({ assigned_to: 'none' }, sampleEnv()))).not.toContain('assignee')
})

it('the form takes what was brought along until it is typed over', () => {
  const { params, ready } = WORKSPACE_SAMPLES.contact_add
  const screen = drawScreen(SCREENS.contact_add, { workspaces: { ok: true, value: ready.workspaces } }, params, emptyDraft(), sampleEnv())
  const submit = screen.blocks.flatMap((block) => (block.is === 'form' ? [block.submit] : []))[0]
  expect(sent(submit, emptyDraft(), sampleEnv())).toMatchObject({ endpoint: 'contacts.add', body: { email: 'zoe@elsewhere.example', name: 'Zoe', workspaceId: 'w-1' } })
  expect(sent(submit, { ...emptyDraft(), values: { name: 'Zoé', workspaceId: ['w-2'] } }, sampleEnv())).toMatchObject({ body: { name: 'Zoé', workspaceId: 'w-2' } })
  expect(sent(submit, { ...emptyDraft(), values: { email: '' } }, sampleEnv())).toMatchObject({ next: 'issues', issues: [{ code: 'field.required', path: 'email' }] })
})

it('a contact is assigned to a member who does not have it yet, or to nobody, in the version seen', () => {
  const { params, ready } = WORKSPACE_SAMPLES.contact
  const screen = drawScreen(SCREENS.contact, Object.fromEntries(Object.entries(ready).map(([name, value]) => [name, { ok: true, value }])), params, emptyDraft(), sampleEnv())
  const rows = rowsOf(screen.blocks)
  expect(rows.find(({ id }) => id === 'u-1')?.menu).toBeUndefined()
  expect(sent(rows.find(({ id }) => id === 'u-2')?.menu?.[0], emptyDraft(), sampleEnv())).toMatchObject({ endpoint: 'contacts.edit', body: { assignedTo: 'u-2' }, version: 4 })
  const unassign = blocksOf(screen.blocks).flatMap((block) => (block.is === 'actions' ? block.items : []))[0]
  expect(sent(unassign, emptyDraft(), sampleEnv())).toMatchObject({ body: { assignedTo: null }, version: 4 })
})
