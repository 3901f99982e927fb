import * as v from 'valibot'
import { identityLinkAddSchema, identityLinkSchema, organizationEditSchema, organizationSchema, roleAddSchema, roleEditSchema, roleSchema } from '../access/organization.model'
import { endpoint } from './endpoint'

/** The organization, its roles and identity links. */
export const organizationContract = {
  'organization.get': endpoint({ method: 'GET', path: '/v1/organization', who: 'user', summary: 'The organization and its settings', reply: organizationSchema, errors: ['access.denied'] }),
  'organization.edit': endpoint({ method: 'PATCH', path: '/v1/organization', who: 'user', summary: 'Edit the organization', body: organizationEditSchema, reply: organizationSchema, version: 'required', errors: ['access.denied', 'version.conflict'] }),
  'organization.delete': endpoint({ method: 'DELETE', path: '/v1/organization', who: 'user', summary: 'Delete the organization', reply: 'none', status: 204, planned: true, version: 'optional', errors: ['access.denied', 'plan.changed'] }),
  'roles.list': endpoint({ method: 'GET', path: '/v1/roles', who: 'user', summary: 'Built-in and custom roles', reply: v.object({ items: v.array(roleSchema) }), errors: ['access.denied'] }),
  'roles.add': endpoint({ method: 'POST', path: '/v1/roles', who: 'user', summary: 'Add a custom role', body: roleAddSchema, reply: roleSchema, status: 201, errors: ['access.denied', 'access.grant_beyond_own', 'role.exists'] }),
  'roles.get': endpoint({ method: 'GET', path: '/v1/roles/{roleId}', who: 'user', summary: 'Read one role', reply: roleSchema, errors: ['access.denied', 'not_found'] }),
  'roles.edit': endpoint({ method: 'PATCH', path: '/v1/roles/{roleId}', who: 'user', summary: 'Edit a custom role', body: roleEditSchema, reply: roleSchema, version: 'required', errors: ['access.denied', 'access.grant_beyond_own', 'not_found', 'role.built_in', 'role.exists', 'version.conflict'] }),
  'roles.remove': endpoint({ method: 'DELETE', path: '/v1/roles/{roleId}', who: 'user', summary: 'Delete a custom role', reply: 'none', status: 204, version: 'optional', errors: ['access.denied', 'not_found', 'role.built_in', 'role.in_use'] }),
  'identity_links.list': endpoint({ method: 'GET', path: '/v1/identity-links', who: 'user', summary: 'Tenants whose proof of address is accepted', reply: v.object({ items: v.array(identityLinkSchema) }), errors: ['access.denied'] }),
  'identity_links.add': endpoint({ method: 'POST', path: '/v1/identity-links', who: 'user', summary: 'Accept the proof of a tenant', body: identityLinkAddSchema, reply: identityLinkSchema, status: 201, errors: ['access.denied', 'identity_link.exists'] }),
  'identity_links.remove': endpoint({ method: 'DELETE', path: '/v1/identity-links/{linkId}', who: 'user', summary: 'Stop accepting the proof of a tenant', reply: 'none', status: 204, errors: ['access.denied', 'not_found'] }),
  'stream.read': endpoint({ method: 'GET', path: '/v1/stream', who: 'user', summary: 'Server-sent notices of what changed, for what the viewer may see', reply: 'stream', errors: [] }),
} as const
