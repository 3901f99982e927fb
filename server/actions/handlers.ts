import type { Handlers } from '../http/handler'
import { activationsList } from './activations.read'
import { contextRead } from './context'
import type { ActionDeps } from './deps'
import { eventsList } from './events.read'
import { eventsStatistics } from './events.statistics'
import { licensesList, plansList } from './licenses.read'
import { meGet } from './me'
import { usersGet, usersList } from './users.read'

/** Everything that the server does, by the key of its endpoint. */
export const createHandlers = (deps: ActionDeps): Handlers => ({
  'me.get': meGet(deps),
  'context.read': contextRead(deps),
  'users.list': usersList(deps),
  'users.get': usersGet(deps),
  'plans.list': plansList(deps),
  'licenses.list': licensesList(deps),
  'activations.list': activationsList(deps),
  'events.list': eventsList(deps),
  'events.statistics': eventsStatistics(deps),
})
