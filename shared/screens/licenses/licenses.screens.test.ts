import { sampleEnv } from '../../../tests/doubles/samples/env'
import { pools, user, viewer } from '../../../tests/doubles/samples/records'
import { drawScreen, emptyDraft } from '../lifecycle'
import { SCREENS } from '../registry'
import type { Block, BlockOf, Env } from '../vocabulary'
import { licenseForm } from './license-form'

const open = pools.items.map((pool) => ({ ...pool, available: 5, assigned: pool.quantity - 5 }))
const formOf = (blocks: Block[]): BlockOf<'form'> => {
  const found = blocks.find((block) => block.is === 'form')
  if (found === undefined) throw new Error('no form')
  return found
}
const settingsOf = (sendActivationOnAssign: boolean): Partial<Env> => {
  const { organization, ...rest } = viewer()
  return { viewer: { ...rest, organization: organization === null ? null : { ...organization, settings: { ...organization.settings, sendActivationOnAssign } } } }
}
const abilities = { 'user.assign_license': true, 'user.change_license': true } as const
const form = (of: Parameters<typeof user>[0], env: Partial<Env> = settingsOf(true)) => formOf(licenseForm(user({ abilities, ...of }), open, emptyDraft(), sampleEnv(env)))

describe('the choice of a license', () => {
  it('says before the click that a link is mailed, where the organization wants that', () => {
    const hints = [form({ license: null }), form({ license: null }, settingsOf(false)), form({ license: null, status: 'suspended' }), form({})].map(({ fields: [field] }) => field?.hint)
    expect(hints).toEqual(['The activation link is mailed at once.', undefined, undefined, undefined])
  })

  it('assigns where there is none, and changes the one that is there', () => {
    expect([form({ license: null }).submit, form({ license: { plan: 'eco', state: 'active', assignedAt: '2026-01-01T09:00:00.000Z', activatedAt: '2026-01-02T09:00:00.000Z' } }).submit]).toMatchObject([
      { action: 'license.assign', args: { userId: 'u-1', plan: 'eco' } }, { action: 'license.change', args: { userId: 'u-1', plan: 'pro', from: 'eco' } },
    ])
  })
})

describe('handing a license on', () => {
  const luc = user({ id: 'u-2', email: 'luc@acme.example', license: null })
  const screen = drawScreen(SCREENS.license_transfer, { from: { ok: true, value: user() }, people: { ok: true, value: { items: [luc], next: null, abilities: {} } } }, { userId: 'u-1' }, emptyDraft(), sampleEnv())

  it('asks the server for people without a license alone', () => {
    expect(SCREENS.license_transfer.needs({ userId: 'u-1', q: 'lu' }, sampleEnv())).toMatchObject({ people: { query: { plan: 'none', q: 'lu' } } })
  })

  it('is all that a click on one of them does', () => {
    const [row] = screen.blocks.flatMap((block) => (block.is === 'people' ? block.rows : []))
    expect([row?.open, row?.menu]).toMatchObject([undefined, [{ action: 'license.transfer', args: { userId: 'u-1', toUserId: 'u-2' } }]])
  })
})
