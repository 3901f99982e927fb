import { viewer } from '../../tests/doubles/samples/records'
import type { Host, HostEvent } from '../host/host'
import { envOf, type Session } from './session'

const EVENT: HostEvent = { parameters: {}, formInputs: {}, locale: 'en', timeZone: { id: 'Asia/Tokyo', offsetMs: 32_400_000 }, platform: 'WEB', mail: null }
const NOON = '2026-03-02T12:00:00.000Z'
const host = { locale: () => 'en', now: () => NOON } as unknown as Host
const session = (event: Partial<HostEvent> = {}) => ({ host, config: { origins: { app: 'https://desk.example', message: null }, supportUrl: null }, event: { ...EVENT, ...event }, mail: null }) as unknown as Session

const hourFor = (chosen: string, event: Partial<HostEvent> = {}): string | undefined => {
  const me = viewer()
  return /(\d+:\d+ ?[AP]M)/.exec(envOf(session(event), { ...me, user: me.user && { ...me.user, timeZone: chosen } }).t.dateTime(NOON))?.[1]?.replace(/\s/g, ' ')
}

describe('times in a card', () => {
  test('are those of the time zone that the person chose', () => expect(hourFor('America/Lima')).toBe('7:00 AM'))
  test('are those of Gmail as long as nobody chose one', () => expect(hourFor('')).toBe('9:00 PM'))
  test('are in UTC where Gmail names none, or one that is none', () => {
    expect([hourFor('', { timeZone: null }), hourFor('', { timeZone: { id: 'Mars/Base', offsetMs: 0 } })]).toEqual(['12:00 PM', '12:00 PM'])
  })
})
