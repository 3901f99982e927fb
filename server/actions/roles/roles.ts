import { canDefineRole, isAdministrator, viewerAbilities } from '../../../shared/access/access.policy'
import type { RoleRecord } from '../../../shared/access/organization.model'
import { PERMISSIONS, type Permission } from '../../../shared/access/permissions'
import { isBuiltInRole } from '../../../shared/access/roles'
import { ERROR_STATUS, type ErrorCode, type Issue, type ServerErrorCode } from '../../../shared/errors'
import { fold } from '../../../shared/kit/text'
import type { EventKind } from '../../../shared/logs/kinds.model'
import { done, refused, type Handler } from '../../http/handler'
import type { Tx } from '../../store/bulk'
import type { EventChanges } from '../../store/events.model'
import type { Change } from '../../store/transactions'
import type { ActionDeps } from '../deps'
import { answerOf, changeScopeOf, type Refusal, type WriteContext } from '../planned'
import { permissionsNamed, readRole, readRoles } from './record'

/** `GET /v1/roles`. */
export const rolesList = ({ store }: ActionDeps): Handler<'roles.list'> => async (_input, { viewer }) => {
  if (viewerAbilities(viewer)['roles.view'] !== true) return refused('access.denied')
  return done({ items: await store.read(viewer.organizationId, (db) => readRoles(db, viewer)) })
}

/** `GET /v1/roles/{roleId}`: built-in ones by their word. */
export const rolesGet = ({ store }: ActionDeps): Handler<'roles.get'> => async ({ params }, { viewer }) => {
  if (viewerAbilities(viewer)['roles.view'] !== true) return refused('access.denied')
  const role = await store.read(viewer.organizationId, (db) => readRole(db, viewer, params.roleId))
  return role === null ? refused('not_found') : done(role)
}

/** `POST /v1/roles`: never more than the viewer holds. */
export const rolesAdd = ({ store }: ActionDeps): Handler<'roles.add'> => async ({ body }, ctx) => {
  const objection = objectionTo(ctx, body.permissions)
  if (objection !== null) return answerOf(objection)
  return answerOf(await store.change<RoleRecord>(changeScopeOf(ctx), async (change) => {
    if (await isNameTaken(change.db, change.organization.id, body.name, null)) return { ok: false, code: 'role.exists' }
    const id = change.newId()
    const permissions = permissionsNamed(body.permissions)
    await change.db.insertInto('roles').values({ organization_id: change.organization.id, id, name: body.name, permissions, created_at: change.now }).execute()
    record(change, ctx, 'role.added', { id, name: body.name }, { name: { from: null, to: body.name }, permissions: { from: [], to: permissions } })
    return { ok: true, value: await mustRead(change.db, ctx, id), status: 201 }
  }))
}

/** `PATCH /v1/roles/{roleId}`: counts from the next request of everybody who has it. */
export const rolesEdit = ({ store }: ActionDeps): Handler<'roles.edit'> => async ({ params, body }, ctx) => {
  const objection = objectionTo(ctx, body.permissions ?? [])
  if (objection !== null) return answerOf(objection)
  return answerOf(await store.change<RoleRecord>(changeScopeOf(ctx), async (change) => {
    const loaded = await loadFor(change.db, ctx, params.roleId, 'role.edit')
    if (!loaded.ok) return loaded
    const before = loaded.value
    const name = body.name ?? before.name
    const permissions = body.permissions === undefined ? before.permissions : permissionsNamed(body.permissions)
    const changes: EventChanges = {
      ...(name === before.name ? {} : { name: { from: before.name, to: name } }),
      ...(permissions.join() === before.permissions.join() ? {} : { permissions: { from: before.permissions, to: permissions } }),
    }
    if (Object.keys(changes).length === 0) return loaded
    if (await isNameTaken(change.db, change.organization.id, name, before.id)) return { ok: false, code: 'role.exists' }
    await change.db.updateTable('roles').set(({ eb }) => ({ name, permissions, version: eb('version', '+', 1) })).where('organization_id', '=', change.organization.id).where('id', '=', before.id).execute()
    record(change, ctx, 'role.edited', { id: before.id, name }, changes)
    return { ok: true, value: await mustRead(change.db, ctx, before.id) }
  }))
}

/** `DELETE /v1/roles/{roleId}`: refused with the number of users while somebody has it. Who was removed with it would come back as a member. */
export const rolesRemove = ({ store }: ActionDeps): Handler<'roles.remove'> => async ({ params }, ctx) => {
  const objection = objectionTo(ctx, [])
  if (objection !== null) return answerOf(objection)
  return answerOf(await store.change<undefined>(changeScopeOf(ctx), async (change) => {
    const loaded = await loadFor(change.db, ctx, params.roleId, 'role.remove')
    if (!loaded.ok) return loaded
    const { id, name, permissions } = loaded.value
    await change.db.updateTable('users').set({ role: 'member', custom_role_id: null }).where('organization_id', '=', change.organization.id).where('custom_role_id', '=', id).where('status', '=', 'removed').execute()
    await change.db.deleteFrom('roles').where('organization_id', '=', change.organization.id).where('id', '=', id).execute()
    record(change, ctx, 'role.removed', { id, name }, { name: { from: name, to: null }, permissions: { from: permissions, to: [] } })
    return { ok: true, value: undefined, status: 204 }
  }))
}

const isPermission = (word: string): word is Permission => (PERMISSIONS as readonly string[]).includes(word)

/** Who may not define roles learns nothing else; then every unknown permission is told, then those beyond the viewer's own. */
function objectionTo({ viewer }: WriteContext, wanted: readonly string[]): Refusal | null {
  if (canDefineRole(viewer, []) !== true) return { ok: false, code: 'access.denied' }
  const issues = wanted.flatMap((word, i): Issue[] => (isPermission(word) ? [] : [{ code: 'permission.unknown', path: `permissions.${i}` }]))
  if (issues.length > 0) return { ok: false, code: 'request.invalid', issues }
  const allowed = canDefineRole(viewer, wanted.filter(isPermission))
  return allowed === true ? null : { ok: false, code: allowed }
}

async function loadFor(db: Tx, ctx: WriteContext, roleId: string, ability: 'role.edit' | 'role.remove'): Promise<{ ok: true; value: RoleRecord } | Refusal> {
  const role = await readRole(db, ctx.viewer, roleId)
  if (role === null) return { ok: false, code: 'not_found' }
  const allowed = role.abilities[ability] ?? 'access.denied'
  if (allowed !== true) return { ok: false, code: codeOf(allowed), ...(allowed === 'role.in_use' ? { extra: { users: role.users } } : {}) }
  return ctx.version === null || ctx.version === role.version ? { ok: true, value: role } : { ok: false, code: 'version.conflict', extra: role }
}

// The wire's schema of a role knows refusals as text only.
const codeOf = (word: string): ErrorCode => (word in ERROR_STATUS ? (word as ServerErrorCode) : 'access.denied')

async function mustRead(db: Tx, { viewer }: WriteContext, id: string): Promise<RoleRecord> {
  const role = await readRole(db, viewer, id)
  if (role === null) throw new Error('a role that was just written is not there')
  return role
}

/** Names are compared folded; the words of the built-in roles are taken, because imports name roles. */
async function isNameTaken(db: Tx, organizationId: string, name: string, exceptId: string | null): Promise<boolean> {
  if (isBuiltInRole(fold(name))) return true
  const rows = await db.selectFrom('roles').select('id').where('organization_id', '=', organizationId).where(({ eb, fn, val }) => eb('name_key', '=', fn<string>('fold', [val(name)]))).execute()
  return rows.some(({ id }) => id !== exceptId)
}

function record(change: Change, { viewer }: WriteContext, kind: EventKind, { id, name }: { id: string; name: string }, changes: EventChanges): void {
  change.record({ category: 'audit', kind, ofAdmin: isAdministrator(viewer), target: { type: 'role', id, label: name }, changes })
}
