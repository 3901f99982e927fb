import type { Page, Route } from 'playwright-core'
import { toRequest } from '../../shared/api/client'
import { batchOf } from '../../shared/screens/lifecycle'
import type { ScreenId } from '../../shared/screens/ids'
import { SCREENS } from '../../shared/screens/registry'
import { sampleEnv } from '../doubles/samples/env'
import { viewer } from '../doubles/samples/records'
import { SCREEN_SAMPLES } from '../doubles/samples/screens'
import type { Language } from './pane'

/** The states in which a screen can be met, by what the server answers to its requests. */
export const STATES = ['ready', 'empty', 'failed', 'refused'] as const
export type ScreenState = (typeof STATES)[number]

type Answer = unknown | 'gone' | 'refused'

const pathOf = (url: string): string => new URL(url, 'http://localhost').pathname
const json = (route: Route, status: number, body: unknown) => route.fulfill({ status, contentType: status < 400 ? 'application/json' : 'application/problem+json', body: JSON.stringify(body) })

const answersOf = (id: ScreenId, state: ScreenState): Map<string, Answer> => {
  const { params, mail, ready, empty } = SCREEN_SAMPLES[id]
  const values: Record<string, Answer> = state === 'empty' ? empty : ready
  const calls = Object.entries(batchOf(SCREENS[id], params, sampleEnv({ mail: mail ?? null })))
  return new Map(calls.flatMap(([name, call]) => {
    if (!(name in values)) return []
    const { method, path } = toRequest(call)
    const answer = state === 'failed' ? 'gone' : state === 'refused' ? 'refused' : values[name]
    return [[`${method} ${path}`, answer], [`${method} ${pathOf(path)}`, answer]] as const
  }))
}

const REFUSED = { type: 'about:blank', title: 'Refused', status: 403, code: 'access.denied', issues: [] }

/** Lets the samples of a screen answer instead of the server, whichever host asks; whoever asks is an organization admin who reads this language. */
export const answerFromSamples = async (page: Page, id: ScreenId, state: ScreenState, language: Language): Promise<void> => {
  const answers = answersOf(id, state)
  const me = viewer()
  const speaking = { ...me, user: me.user && { ...me.user, language, languageChosen: true } }
  await page.unroute('**/v1/**')
  await page.route('**/v1/**', async (route) => {
    const request = route.request()
    const url = new URL(request.url())
    const answer = answers.get(`${request.method()} ${url.pathname}${url.search}`) ?? answers.get(`${request.method()} ${url.pathname}`)
    if (answer === 'gone') return route.abort()
    if (answer === 'refused') return json(route, 403, REFUSED)
    if (answer !== undefined) return json(route, 200, answer)
    return url.pathname === '/v1/me' ? json(route, 200, speaking) : json(route, 404, { ...REFUSED, status: 404, code: 'not_found' })
  })
}
