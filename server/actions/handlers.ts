import type { Handlers } from '../http/handler'
import { activationsCode } from './activation.code'
import { activationsLookup } from './activation.lookup'
import { activationsRedeem } from './activation.redeem'
import { activationSend } from './activation.send'
import { activationsList } from './activations.read'
import { contextRead } from './context'
import type { ActionDeps } from './deps'
import { eventsList, eventsStatistics } from './events.read'
import { identityLinksAdd, identityLinksList, identityLinksRemove } from './identity-links'
import { licensesList, plansList } from './licenses.read'
import { licensesAssign, licensesRemove, licensesTransfer } from './licenses.write'
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
  'licenses.assign': licensesAssign(deps),
  'licenses.remove': licensesRemove(deps),
  'licenses.transfer': licensesTransfer(deps),
  'activation.send': activationSend(deps),
  'activations.list': activationsList(deps),
  'activations.lookup': activationsLookup(deps),
  'activations.code': activationsCode(deps),
  'activations.redeem': activationsRedeem(deps),
  'identity_links.list': identityLinksList(deps),
  'identity_links.add': identityLinksAdd(deps),
  'identity_links.remove': identityLinksRemove(deps),
  'events.list': eventsList(deps),
  'events.statistics': eventsStatistics(deps),
})
