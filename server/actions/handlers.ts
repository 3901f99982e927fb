import type { Handlers } from '../http/handler'
import { activationsCode } from './activation.code'
import { activationsLookup } from './activation.lookup'
import { activationsRedeem } from './activation.redeem'
import { activationSend } from './activation.send'
import { activationsList } from './activations.read'
import { contactsGet, contactsList } from './contacts.read'
import { contactsReassign } from './contacts.reassign'
import { contactsAdd, contactsEdit, contactsRemove } from './contacts.write'
import { contextRead } from './context'
import type { ActionDeps } from './deps'
import { eventsList, eventsStatistics } from './events.read'
import { identityLinksAdd, identityLinksList, identityLinksRemove } from './identity-links'
import { licensesList, plansList } from './licenses.read'
import { licensesAssign, licensesRemove, licensesTransfer } from './licenses.write'
import { meGet } from './me'
import { organizationDelete, organizationEdit, organizationGet } from './organization'
import { rolesAdd, rolesEdit, rolesGet, rolesList, rolesRemove } from './roles'
import { usersBulk } from './users.bulk'
import { usersLeave } from './users.leave'
import { usersGet, usersList } from './users.read'
import { usersAdd, usersAddMany } from './users.write.add'
import { usersEdit } from './users.write.edit'
import { usersRemove, usersRestore, usersSuspend } from './users.write.status'
import { workspacesAddMember, workspacesRemoveMember } from './workspaces.members'
import { workspacesGet, workspacesList } from './workspaces.read'
import { workspacesAdd, workspacesEdit, workspacesRemove } from './workspaces.write'

/** Everything that the server does, by the key of its endpoint. */
export const createHandlers = (deps: ActionDeps): Handlers => ({
  'me.get': meGet(deps),
  'organization.get': organizationGet(deps),
  'organization.edit': organizationEdit(deps),
  'organization.delete': organizationDelete(deps),
  'roles.list': rolesList(deps),
  'roles.add': rolesAdd(deps),
  'roles.get': rolesGet(deps),
  'roles.edit': rolesEdit(deps),
  'roles.remove': rolesRemove(deps),
  'workspaces.list': workspacesList(deps),
  'workspaces.add': workspacesAdd(deps),
  'workspaces.get': workspacesGet(deps),
  'workspaces.edit': workspacesEdit(deps),
  'workspaces.remove': workspacesRemove(deps),
  'workspaces.add_member': workspacesAddMember(deps),
  'workspaces.remove_member': workspacesRemoveMember(deps),
  'contacts.list': contactsList(deps),
  'contacts.get': contactsGet(deps),
  'contacts.add': contactsAdd(deps),
  'contacts.edit': contactsEdit(deps),
  'contacts.remove': contactsRemove(deps),
  'contacts.reassign': contactsReassign(deps),
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
