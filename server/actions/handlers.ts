import type { Handlers } from '../http/handler'
import { meAllowance } from './allowance'
import { activationsCode } from './activation/code'
import { activationsLookup } from './activation/lookup'
import { activationsRedeem } from './activation/redeem'
import { activationSend } from './activation/send'
import { activationsList } from './activation/activations.read'
import { billingEdit, billingGet } from './billing/billing'
import { invoicesList } from './billing/invoices'
import { contextRead } from './mail-context/context'
import type { ActionDeps } from './deps'
import { domainsGet, domainsList } from './domains/read'
import { domainsAdd, domainsCheck, domainsRemove } from './domains/write'
import { eventsExport } from './events/export'
import { eventsList, eventsStatistics } from './events/read'
import { eventsPurge, eventsRetention } from './events/retention'
import { downloadsAdd } from './downloads/downloads'
import { exportsList } from './downloads/mailed'
import { workspacesHandlers } from './handlers.workspaces'
import { identityLinksAdd, identityLinksList, identityLinksRemove } from './organization/identity-links'
import { licensesList, plansList } from './licenses/read'
import { licensesUnused } from './licenses/unused'
import { licensesAssign, licensesRemove, licensesTransfer } from './licenses/write'
import { ingestEvents } from './ingest/ingest'
import { meGet } from './me'
import { messagesGet, messagesList, messagesRevoke } from './messages/messages'
import { ordersAdd } from './orders/add'
import { ordersRenew } from './orders/renew'
import { ordersList } from './orders/read'
import { billingStripeWebhook } from './orders/webhook'
import { usersBulk } from './users/bulk'
import { usersLeave } from './users/leave'
import { userImportsGet, userImportsList, userImportsRejected, userImportsTemplate } from './user-imports/user-imports'
import { userImportsPreview, userImportsStart } from './user-imports/start'
import { usersGet, usersList } from './users/read'
import { usersAdd, usersAddMany } from './users/write.add'
import { usersEdit } from './users/write.edit'
import { usersRemove, usersRestore, usersSuspend } from './users/write.status'

/** Everything that the server does, by the key of its endpoint. */
export const createHandlers = (deps: ActionDeps): Handlers => ({
  ...workspacesHandlers(deps),
  'me.get': meGet(deps),
  'me.allowance': meAllowance(deps),
  'context.read': contextRead(deps),
  'users.list': usersList(deps),
  'users.get': usersGet(deps),
  'users.add': usersAdd(deps),
  'users.add_many': usersAddMany(deps),
  'users.edit': usersEdit(deps),
  'users.suspend': usersSuspend(deps),
  'users.restore': usersRestore(deps),
  'users.remove': usersRemove(deps),
  'users.leave': usersLeave(deps),
  'users.bulk': usersBulk(deps),
  'user_imports.template': userImportsTemplate(),
  'user_imports.preview': userImportsPreview(deps),
  'user_imports.start': userImportsStart(deps),
  'user_imports.list': userImportsList(deps),
  'user_imports.get': userImportsGet(deps),
  'user_imports.rejected': userImportsRejected(deps),
  'downloads.add': downloadsAdd(deps),
  'exports.list': exportsList(deps),
  'plans.list': plansList(deps),
  'licenses.list': licensesList(deps),
  'licenses.unused': licensesUnused(deps),
  'licenses.assign': licensesAssign(deps),
  'licenses.remove': licensesRemove(deps),
  'licenses.transfer': licensesTransfer(deps),
  'activation.send': activationSend(deps),
  'activations.list': activationsList(deps),
  'activations.lookup': activationsLookup(deps),
  'activations.code': activationsCode(deps),
  'activations.redeem': activationsRedeem(deps),
  'orders.list': ordersList(deps),
  'orders.add': ordersAdd(deps),
  'orders.renew': ordersRenew(deps),
  'billing.get': billingGet(deps),
  'billing.edit': billingEdit(deps),
  'billing.stripe_webhook': billingStripeWebhook(deps),
  'invoices.list': invoicesList(deps),
  'identity_links.list': identityLinksList(deps),
  'identity_links.add': identityLinksAdd(deps),
  'identity_links.remove': identityLinksRemove(deps),
  'domains.list': domainsList(deps),
  'domains.add': domainsAdd(deps),
  'domains.get': domainsGet(deps),
  'domains.check': domainsCheck(deps),
  'domains.remove': domainsRemove(deps),
  'events.list': eventsList(deps),
  'events.statistics': eventsStatistics(deps),
  'events.export': eventsExport(deps),
  'events.retention': eventsRetention(deps),
  'events.purge': eventsPurge(deps),
  'ingest.events': ingestEvents(deps),
  'messages.list': messagesList(deps),
  'messages.get': messagesGet(deps),
  'messages.revoke': messagesRevoke(deps),
})
