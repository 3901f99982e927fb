import * as v from 'valibot'
import { abilitiesSchema } from '../access/abilities'
import { importPreviewQuerySchema, importPreviewSchema, importStartQuerySchema, userImportSchema } from '../imports/imports.model'
import { pageOf, paging } from '../kit/schema'
import { addManyReplySchema, bulkReplySchema, userAddSchema, userEditSchema, userLeaveSchema, userSchema, usersAddManySchema, usersBulkSchema, usersQuerySchema } from '../users/users.model'
import { endpoint } from './endpoint'

const manage = ['access.denied', 'access.members_only', 'access.own_row', 'not_found'] as const

/** People of the organization, and their import. */
export const usersContract = {
  /** `abilities` are those that all rows share; a row carries only its differences. */
  'users.list': endpoint({ method: 'GET', path: '/v1/users', who: 'user', summary: 'List and search users', query: usersQuerySchema, reply: v.object({ ...pageOf(userSchema).entries, abilities: abilitiesSchema }), errors: ['access.denied'] }),
  'users.add': endpoint({ method: 'POST', path: '/v1/users', who: 'user', summary: 'Add one user and send the invitation', body: userAddSchema, reply: v.object({ ...userSchema.entries, remaining: v.array(v.object({ step: v.string(), code: v.string() })) }), status: 201, planned: true, errors: ['access.denied', 'access.grant_beyond_own', 'user.exists', 'user.restorable', 'domain.not_approved', 'license.none_left', 'plan.changed'] }),
  'users.add_many': endpoint({ method: 'POST', path: '/v1/users/add', who: 'user', summary: 'Add several users and send their invitations, with an outcome for each', body: usersAddManySchema, reply: addManyReplySchema, planned: true, errors: ['access.denied', 'plan.changed', 'plan.refused'] }),
  'users.get': endpoint({ method: 'GET', path: '/v1/users/{userId}', who: 'user', summary: 'Read one user', reply: userSchema, errors: ['not_found'] }),
  'users.edit': endpoint({ method: 'PATCH', path: '/v1/users/{userId}', who: 'user', summary: 'Edit a user', body: userEditSchema, reply: userSchema, version: 'required', errors: [...manage, 'access.grant_beyond_own', 'user.last_admin', 'version.conflict'] }),
  'users.remove': endpoint({ method: 'DELETE', path: '/v1/users/{userId}', who: 'user', summary: 'Remove a user; restorable for 30 days', reply: userSchema, planned: true, version: 'optional', errors: [...manage, 'user.last_admin', 'user.removed', 'plan.changed', 'version.conflict'] }),
  'users.suspend': endpoint({ method: 'POST', path: '/v1/users/{userId}/suspend', who: 'user', summary: 'Suspend a user, keeping data and license', reply: userSchema, planned: true, version: 'optional', errors: [...manage, 'user.last_admin', 'plan.changed'] }),
  'users.restore': endpoint({ method: 'POST', path: '/v1/users/{userId}/restore', who: 'user', summary: 'Restore a suspended or removed user', reply: v.object({ ...userSchema.entries, lost: v.array(v.object({ what: v.string(), code: v.string() })) }), planned: true, version: 'optional', errors: [...manage, 'user.not_suspended', 'user.exists', 'domain.not_approved', 'plan.changed'] }),
  'users.leave': endpoint({ method: 'POST', path: '/v1/users/{userId}/leave', who: 'user', summary: 'Leaver: transfer the license, reassign contacts, export the log, remove', body: userLeaveSchema, bodyOptional: true, reply: userSchema, planned: true, version: 'optional', errors: [...manage, 'user.last_admin', 'user.already_licensed', 'plan.changed'] }),
  'users.bulk': endpoint({ method: 'POST', path: '/v1/users/bulk', who: 'user', summary: 'One action on many users, with an outcome for each', body: usersBulkSchema, reply: bulkReplySchema, planned: true, errors: ['access.denied', 'plan.changed'] }),
  'user_imports.template': endpoint({ method: 'GET', path: '/v1/user-imports/template', who: 'user', summary: 'The template of an import', reply: 'csv', errors: ['access.denied'] }),
  'user_imports.preview': endpoint({ method: 'POST', path: '/v1/user-imports/preview', who: 'user', summary: 'What an import will do; changes nothing', query: importPreviewQuerySchema, body: 'bytes', reply: importPreviewSchema, errors: ['access.denied', 'file.unreadable', 'file.no_email_column', 'file.empty', 'file.too_many_rows', 'request.too_large'] }),
  'user_imports.start': endpoint({ method: 'POST', path: '/v1/user-imports', who: 'user', summary: 'Start an import', query: importStartQuerySchema, body: 'bytes', reply: userImportSchema, status: 202, errors: ['access.denied', 'file.unreadable', 'file.no_email_column', 'file.empty', 'file.too_many_rows', 'request.too_large', 'plan.changed'] }),
  'user_imports.list': endpoint({ method: 'GET', path: '/v1/user-imports', who: 'user', summary: 'Imports of the organization, newest first', query: v.strictObject(paging), reply: pageOf(userImportSchema), errors: ['access.denied'] }),
  'user_imports.get': endpoint({ method: 'GET', path: '/v1/user-imports/{importId}', who: 'user', summary: 'Progress of one import', reply: userImportSchema, errors: ['access.denied', 'not_found'] }),
  'user_imports.rejected': endpoint({ method: 'GET', path: '/v1/user-imports/{importId}/rejected', who: 'user', summary: 'Rejected rows: the original columns plus the reason', reply: 'csv', errors: ['access.denied', 'not_found'] }),
} as const
