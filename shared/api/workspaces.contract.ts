import { count, pageOf } from '../kit/schema'
import { contactAddSchema, contactEditSchema, contactSchema, contactsQuerySchema, contactsReassignSchema, workspaceAddSchema, workspaceEditSchema, workspaceSchema, workspacesQuerySchema } from '../workspaces/workspaces.model'
import * as v from 'valibot'
import { endpoint } from './endpoint'

/** Workspaces, their members and contacts. */
export const workspacesContract = {
  'workspaces.list': endpoint({ method: 'GET', path: '/v1/workspaces', who: 'user', summary: 'Workspaces', query: workspacesQuerySchema, reply: pageOf(workspaceSchema), errors: ['access.denied'] }),
  'workspaces.add': endpoint({ method: 'POST', path: '/v1/workspaces', who: 'user', summary: 'Add a workspace', body: workspaceAddSchema, reply: workspaceSchema, status: 201, errors: ['access.denied', 'workspace.exists'] }),
  'workspaces.get': endpoint({ method: 'GET', path: '/v1/workspaces/{workspaceId}', who: 'user', summary: 'Read one workspace', reply: workspaceSchema, errors: ['access.denied', 'not_found'] }),
  'workspaces.edit': endpoint({ method: 'PATCH', path: '/v1/workspaces/{workspaceId}', who: 'user', summary: 'Rename a workspace', body: workspaceEditSchema, reply: workspaceSchema, version: 'required', errors: ['access.denied', 'not_found', 'workspace.exists', 'version.conflict'] }),
  'workspaces.remove': endpoint({ method: 'DELETE', path: '/v1/workspaces/{workspaceId}', who: 'user', summary: 'Remove a workspace with its contacts', reply: 'none', status: 204, planned: true, version: 'optional', errors: ['access.denied', 'not_found', 'plan.changed'] }),
  'workspaces.add_member': endpoint({ method: 'PUT', path: '/v1/workspaces/{workspaceId}/members/{userId}', who: 'user', summary: 'Put a user into a workspace', reply: workspaceSchema, errors: ['access.denied', 'not_found'] }),
  'workspaces.remove_member': endpoint({ method: 'DELETE', path: '/v1/workspaces/{workspaceId}/members/{userId}', who: 'user', summary: 'Take a user out of a workspace', reply: workspaceSchema, errors: ['access.denied', 'not_found'] }),
  'contacts.list': endpoint({ method: 'GET', path: '/v1/contacts', who: 'user', summary: 'Contacts', query: contactsQuerySchema, reply: pageOf(contactSchema), errors: ['access.denied'] }),
  'contacts.add': endpoint({ method: 'POST', path: '/v1/contacts', who: 'user', summary: 'Save a contact', body: contactAddSchema, reply: contactSchema, status: 201, errors: ['access.denied', 'contact.exists'] }),
  'contacts.get': endpoint({ method: 'GET', path: '/v1/contacts/{contactId}', who: 'user', summary: 'Read one contact', reply: contactSchema, errors: ['access.denied', 'not_found'] }),
  'contacts.edit': endpoint({ method: 'PATCH', path: '/v1/contacts/{contactId}', who: 'user', summary: 'Edit or assign a contact', body: contactEditSchema, reply: contactSchema, version: 'required', errors: ['access.denied', 'not_found', 'contact.exists', 'version.conflict'] }),
  'contacts.remove': endpoint({ method: 'DELETE', path: '/v1/contacts/{contactId}', who: 'user', summary: 'Remove a contact', reply: 'none', status: 204, errors: ['access.denied', 'not_found'] }),
  'contacts.reassign': endpoint({ method: 'POST', path: '/v1/contacts/reassign', who: 'user', summary: "Move one user's contacts to another", body: contactsReassignSchema, reply: v.object({ moved: count }), errors: ['access.denied', 'not_found'] }),
} as const
