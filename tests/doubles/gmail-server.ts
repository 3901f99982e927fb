import type { Card } from '../../gmail-addon/cards/card'
import { textsOf } from './gmail/find'
import { createFront, type Answer, type Respond } from './gmail-front'
import { context, event, pools, user, viewer } from './samples/records'

/** A plan that removes one license. */
export const licensePlan = { kind: 'license.remove', count: 1, targets: [{ id: 'u-1', label: 'Ana Ruiz' }], consequences: [{ code: 'plan.license_freed', params: { count: 1, plan: 'Pro' }, tone: 'warning' }], refused: [], refusedCount: 0, seats: [] }

/** A problem document. */
export const problem = (status: number, code: string, part: object = {}): Answer => ({ status, body: { type: 'about:blank', title: code, status, code, issues: [], requestId: 'req-7', ...part } })

/** A server with one user, on which everything works. */
export const server: Respond = ({ method, path }) => {
  if (path.startsWith('/v1/context')) return { body: context() }
  if (path === '/v1/me') return { body: viewer() }
  if (path.includes('dry_run=true')) return { body: { plan: licensePlan, digest: 'd-1' } }
  if (path.startsWith('/v1/users?')) return { body: { items: [user(), user({ id: 'u-2', email: 'luc@acme.example', firstName: 'Luc', lastName: 'Bo' })], next: 'c2', total: 40, abilities: {} } }
  if (path.startsWith('/v1/users/u-1/activation-link')) return { body: { expiresAt: '2026-03-09T10:00:00.000Z' } }
  if (path.startsWith('/v1/users/u-1/license')) return { body: user({ license: null, plan: null, version: 4 }) }
  if (path.startsWith('/v1/users/')) return { body: user() }
  if (path.startsWith('/v1/licenses')) return { body: pools }
  if (path.startsWith('/v1/plans')) return { body: { items: [] } }
  if (path.startsWith('/v1/workspaces?') || path.startsWith('/v1/contacts?')) return { body: { items: [], next: null, total: 0 } }
  if (path.startsWith('/v1/events')) return { body: { items: [event()], next: null } }
  if (path.startsWith('/v1/user-imports') && method === 'GET') return { body: { items: [], next: null } }
  if (path.startsWith('/v1/downloads')) return { body: { url: '/v1/downloads/t-1', expiresAt: '2026-03-02T10:05:00.000Z' } }
  return problem(404, 'not_found')
}

/** As `server`, but requests that match are answered otherwise. */
export const except = (method: string, part: string, answer: Answer): Respond => (request) => (request.method === method && request.path.includes(part) ? answer : server(request))

/** Everything that a card says, a line each. */
export const says = (card: Card): string => textsOf(card).join('\n')
/** The click that opens Ana Ruiz. */
export const USER = { k: 'open', s: 'users', to: 'user', tp: '{"userId":"u-1"}' }

/** The front on the card of Ana Ruiz, everything so far forgotten. */
export const atUser = (respond: Respond = server) => {
  const front = createFront({ respond })
  front.openHome()
  front.send(USER, {})
  front.batches.length = 0
  return front
}
