import { sampleEnv } from '../../../tests/doubles/samples/env'
import { event, message, viewer } from '../../../tests/doubles/samples/records'
import { drawScreen, emptyDraft } from '../lifecycle'
import { SCREENS } from '../registry'
import type { Block, Params, Screen } from '../vocabulary'

const loaded = (value: unknown) => ({ ok: true as const, value })
const log = (params: Params, manages: true | 'access.denied'): Screen =>
  drawScreen(SCREENS.log, { events: loaded({ items: [event()], next: null }) }, params, emptyDraft(), sampleEnv({ viewer: { ...viewer(), abilities: { ...viewer().abilities, 'settings.manage': manages } } }))
const ways = ({ blocks }: Screen): string[] => blocks.flatMap((block: Block) => (block.is === 'actions' ? block.items.map(({ action }) => action) : []))

test.each<[string, Params, true | 'access.denied', boolean]>([
  ['of the organization to who manages its settings', {}, true, true],
  ['but not to who only reads it', {}, 'access.denied', false],
  ['nor from the log of one user', { user: 'u-7' }, true, false],
])('keeping the log is reached from the log %s', (_what, params, manages, isThere) => expect(ways(log(params, manages)).includes('nav.retention')).toBe(isThere))

test('revoking is a dangerous button in the footer of a message', () => {
  const screen = drawScreen(SCREENS.message, { found: loaded({ message: message(), events: [] }) }, { messageId: 'm-1' }, emptyDraft(), sampleEnv())
  expect(screen.primary).toMatchObject({ action: 'message.revoke', tone: 'danger', enabled: true })
})

test.each([['envelope', 'Enveloppe'], ['message', 'Message'], ['parcel', 'parcel']])('the type %s of a message is called %s in French, as far as it is known', (type, said) => {
  const screen = drawScreen(SCREENS.message, { found: loaded({ message: message({ type }), events: [] }) }, { messageId: 'm-1' }, emptyDraft(), sampleEnv({ locale: 'fr' }))
  expect(screen.blocks.flatMap((block) => (block.is === 'facts' ? block.items : [])).find(({ label }) => label === 'Type')?.value).toBe(said)
})
