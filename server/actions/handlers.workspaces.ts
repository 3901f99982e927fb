import type { Handlers } from '../http/handler'
import { contactsGet, contactsList } from './contacts/read'
import { contactsReassign } from './contacts/reassign'
import { contactsAdd, contactsEdit, contactsRemove } from './contacts/write'
import type { ActionDeps } from './deps'
import { organizationDelete, organizationEdit, organizationGet } from './organization/organization'
import { rolesAdd, rolesEdit, rolesGet, rolesList, rolesRemove } from './roles/roles'
import { workspacesAddMember, workspacesRemoveMember } from './workspaces/members'
import { workspacesGet, workspacesList } from './workspaces/read'
import { workspacesAdd, workspacesEdit, workspacesRemove } from './workspaces/write'

/** The organization, its roles, workspaces and contacts. */
export const workspacesHandlers = (deps: ActionDeps) => ({
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
}) satisfies Partial<Handlers>
