import { array, assert, constantFrom, infiniteStream, nat, property, record } from 'fast-check'
import { ACTIVITY_KINDS, type ActivityKind } from './kinds.model'
import { applyMessageEvent, type MessageEvent, type MessageState } from './messages.derive'

const at = (minute: number): string => new Date(Date.UTC(2026, 2, 2, 9, minute)).toISOString()
const legal = { key: 'legal@partner.example', email: 'Legal@partner.example' }
const sales = { key: 'sales@partner.example', email: 'sales@partner.example' }
const event = (kind: ActivityKind, minute: number, more: Partial<MessageEvent> = {}): MessageEvent =>
  ({ kind, at: at(minute), message: { id: 'm', reference: 'R-1', subject: 'Offer', sender: 'maria@acme.example', files: 2, expiresAt: at(50) }, recipient: kind === 'sent' ? null : legal, recipients: [legal, sales], ...more })
const derive = (events: readonly MessageEvent[]): MessageState | null => events.reduce<MessageState | null>((state, one) => applyMessageEvent(state, one), null)

test('a message is what its events tell', () => {
  expect(derive([event('sent', 0), event('delivered', 1), event('opened', 2), event('opened', 3), event('signed', 4)])).toEqual({
    reference: 'R-1', subject: 'Offer', type: '', sender: 'maria@acme.example', files: 2, openings: 2, activities: 5, sentAt: at(0), lastActivityAt: at(4), expiresAt: at(50), status: 'live', revokedAt: null,
    recipients: { [legal.key]: { email: legal.email, state: 'signed', at: at(4) }, [sales.key]: { email: sales.email, state: 'sent', at: at(0) } },
  })
})

test('events in any order come to the same message', () => {
  const kinds = array(record({ kind: constantFrom(...ACTIVITY_KINDS), who: constantFrom(legal, sales) }), { minLength: 1, maxLength: 12 })
  assert(property(kinds, infiniteStream(nat()), (list, random) => {
    const events = list.map(({ kind, who }, minute) => event(kind, minute, kind === 'sent' ? {} : { recipient: who }))
    const shuffled = events.map((one) => ({ one, by: random.next().value })).sort((a, b) => a.by - b.by).map(({ one }) => one)
    const steady = (state: MessageState | null) => ({ ...state, status: state?.status === 'failed' ? 'live' : state?.status, revokedAt: null, recipients: Object.fromEntries(Object.entries(state?.recipients ?? {}).map(([key, { state: word }]) => [key, word])) })
    expect(steady(derive(shuffled))).toEqual(steady(derive(events)))
  }))
})

test.each<[string, MessageEvent[], MessageState['status']]>([
  ['expires', [event('sent', 0), event('expired', 50)], 'expired'],
  ['revoked and told late that it was opened', [event('sent', 0), event('revoked', 3), event('opened', 2)], 'revoked'],
  ['revoked after it expired', [event('expired', 3), event('revoked', 4)], 'revoked'],
  ['failed for everybody', [event('sent', 0), event('failed', 1), event('failed', 1, { recipient: sales })], 'failed'],
  ['failed for one of two', [event('sent', 0), event('failed', 1)], 'live'],
  ['failed as a whole', [event('sent', 0), event('failed', 1, { recipient: null })], 'failed'],
])('a message that %s', (_name, events, status) => {
  expect(derive(events)?.status).toBe(status)
})

test('a text told by an older event does not replace a newer one', () => {
  const named = (subject: string) => ({ message: { id: 'm', subject } })
  expect(derive([event('opened', 5, named('New')), event('delivered', 1, named('Old'))])?.subject).toBe('New')
  expect(derive([event('opened', 5, { message: { id: 'm' } }), event('delivered', 1, named('Old'))])?.subject).toBe('Old')
})
