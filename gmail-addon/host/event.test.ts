import { readEvent } from './event'

const EMPTY = { parameters: {}, formInputs: {}, locale: null, timeZone: null, platform: null, mail: null }

describe('what Gmail hands to an entry function', () => {
  it.each([undefined, null, 'x', 3, {}, { commonEventObject: null, gmail: [] }, { commonEventObject: { formInputs: 'x', parameters: 1, platform: 'TV' } }])(
    'may be anything: %p', (event) => {
      expect(readEvent(event)).toEqual(EMPTY)
    })

  it('is read as plain values', () => {
    const commonEventObject = { parameters: { screen: 'users', n: 3 }, userLocale: 'fr-CA', platform: 'IOS', timeZone: { id: 'Europe/Paris', offset: '3600000' } }
    expect(readEvent({ commonEventObject, gmail: { messageId: 'm', accessToken: 't' } })).toEqual({
      parameters: { screen: 'users' },
      formInputs: {},
      locale: 'fr-CA',
      timeZone: { id: 'Europe/Paris', offsetMs: 3_600_000 },
      platform: 'IOS',
      mail: { messageId: 'm', accessToken: 't' },
    })
  })

  it('names the time zone, also where the older event has it', () => {
    const userTimezone = { id: 'America/Lima', offSet: '-18000000' }
    expect(readEvent({ userTimezone }).timeZone).toEqual({ id: 'America/Lima', offsetMs: -18_000_000 })
    expect(readEvent({ userTimezone, commonEventObject: { timeZone: { id: 'Europe/Paris', offset: 3_600_000 } } }).timeZone).toEqual({ id: 'Europe/Paris', offsetMs: 3_600_000 })
  })

  it.each([
    [{ stringInputs: { value: ['a', 'b'] } }, ['a', 'b']],
    [{ stringInputs: { value: 'a' } }, []],
    [{ dateInput: { msSinceEpoch: 1_769_817_600_000 } }, ['2026-01-31']],
    [{ dateInput: { msSinceEpoch: '1769817600000' } }, ['2026-01-31']],
    [{ timeInput: { hours: 9, minutes: 5 } }, ['09:05']],
    [{ dateTimeInput: { hasDate: true, hasTime: true, msSinceEpoch: 1_769_851_800_000 } }, ['2026-01-31T09:30:00.000Z']],
  ])('holds the input %j under its name, or below the empty key', (input, values) => {
    const read = (f: unknown) => readEvent({ commonEventObject: { formInputs: { f } } }).formInputs
    expect(read(input)).toEqual({ f: values })
    expect(read({ '': input })).toEqual({ f: values })
  })
})
