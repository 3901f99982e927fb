import { sampleEnv } from '../../../tests/doubles/samples/env'
import { viewer } from '../../../tests/doubles/samples/records'
import type { Allowance } from '../../access/me.model'
import { failure } from '../../errors'
import { drawScreen, emptyDraft } from '../lifecycle'
import { SCREENS } from '../registry'
import type { Env, Fact } from '../vocabulary'

const factsFor = (allowance: Allowance | null, env: Env = sampleEnv()): Fact[] =>
  drawScreen(SCREENS.me, { me: { ok: true, value: viewer() }, allowance: allowance === null ? { ok: false, failure: failure('access.denied') } : { ok: true, value: allowance } }, {}, emptyDraft(), env)
    .blocks.flatMap((block) => (block.is === 'facts' ? block.items : []))

it('says until when the own license is valid and how many messages of the month are left', () => {
  const facts = factsFor({ validUntil: '2027-03-01', messages: { sent: 7, limit: 50 } })
  expect(facts.find(({ label }) => label === 'License')?.note).toContain('Valid until Mar 1, 2027')
  expect(facts).toContainEqual({ label: 'Messages left this month', value: '43 / 50' })
})

it('says of a month in which more was sent than allowed that nothing is left', () => {
  expect(factsFor({ validUntil: null, messages: { sent: 60, limit: 50 } })).toContainEqual({ label: 'Messages left this month', value: '0 / 50' })
})

it.each([['without a limit', { validUntil: null, messages: null }], ['where it could not be read', null]])('says nothing of messages %s', (_name, allowance) => {
  expect(factsFor(allowance).map(({ label }) => label)).not.toContain('Messages left this month')
})

it.each([['fr', 'Valable jusqu’au 1 mars 2027'], ['es', 'Válida hasta el 1 mar 2027']] as const)('says it in %s', (locale, said) => {
  expect(factsFor({ validUntil: '2027-03-01', messages: null }, sampleEnv({ locale })).map(({ note }) => note ?? '').join()).toContain(said)
})
