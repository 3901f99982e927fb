import { sampleEnv } from '../../../tests/doubles/samples/env'
import { context, event, mail, pools, user } from '../../../tests/doubles/samples/records'
import type { LicensePool } from '../../licenses/licenses.model'
import type { User } from '../../users/users.model'
import { drawScreen, emptyDraft } from '../lifecycle'
import { eventText } from '../logs/events'
import { SCREENS } from '../registry'
import type { Block, Row } from '../vocabulary'

const rowsOf = (blocks: readonly Block[]): Row[] => blocks.flatMap((block) => (block.is === 'section' ? rowsOf(block.blocks) : block.is === 'people' ? block.rows : []))

const rowOf = (known: User, stock: readonly LicensePool[] = pools.items): Row | undefined => {
  const people = context().people.map((person) => (person.user === null ? person : { ...person, user: known }))
  const { blocks } = drawScreen(SCREENS.mail, { context: { ok: true, value: context({ people, pools: [...stock] }) } }, {}, emptyDraft(), sampleEnv({ mail: mail() }))
  return rowsOf(blocks).find(({ id }) => id === known.id)
}

const bare = (abilities: User['abilities']) => user({ license: null, plan: null, abilities })

test('a person of the open mail is shown with what they did last', () => {
  expect(rowOf(user())?.sub).toContain(` · ${eventText(event(), sampleEnv())} (`)
})

test('who lacks a license is given one from the open mail, of any plan with stock, which is told', () => {
  const stock = pools.items.filter(({ available }) => available > 0)
  expect(stock.length).toBeGreaterThan(0)
  const menu = rowOf(bare({ 'user.assign_license': true }))?.menu ?? []
  expect(menu.map(({ action, args, enabled }) => [action, args['plan'], enabled])).toEqual(stock.map(({ plan }) => ['license.assign', plan, true]))
  expect(menu[0]?.label).toContain(`${stock[0]?.available} left`)
})

test('with no license left, the open mail says so before anybody is refused', () => {
  const menu = rowOf(bare({ 'user.assign_license': true }), pools.items.map((pool) => ({ ...pool, available: 0 })))?.menu
  expect(menu).toMatchObject([{ action: 'license.assign', enabled: expect.stringContaining('left') }])
})

test('the activation link goes out from the open mail, to whom it may', () => {
  expect(rowOf(user({ abilities: { 'user.send_activation': true } }))?.menu).toMatchObject([{ action: 'activation.send', enabled: true }])
  expect(rowOf(user({ abilities: { 'user.send_activation': 'license.already_active' } }))?.menu).toBeUndefined()
  expect(rowOf(bare({}))?.menu).toBeUndefined()
})
