import { holds, isAdministrator } from '../../../shared/access/access.policy'
import type { Organization } from '../../../shared/access/organization.model'
import type { Plan } from '../../../shared/change-plan'
import { planOrganizationDelete, type OrganizationFacts } from '../../../shared/changes/organization.plan'
import { parseEmail } from '../../../shared/kit/email'
import type { BodyOf } from '../../../shared/api/contract'
import { done, refused, type Handler } from '../../http/handler'
import { toAscii } from '../../identity/address'
import { toJson, type Tx } from '../../store/bulk'
import type { EventChanges } from '../../store/events.model'
import type { ActionDeps } from '../deps'
import { answerOf, changeScopeOf, runPlanned, type Refusal, type WriteContext } from '../planned'
import { settingsOf } from '../settings'

type Edit = BodyOf<'organization.edit'>
type Fields = Pick<Organization, 'name' | 'address' | 'contactEmail' | 'settings'>

/** `GET /v1/organization`. */
export const organizationGet = ({ store }: ActionDeps): Handler<'organization.get'> => async (_input, { viewer }) => {
  if (!holds(viewer, 'organization.view')) return refused('access.denied')
  return done(await store.read(viewer.organizationId, (db) => readOrganization(db, viewer.organizationId)))
}

/** `PATCH /v1/organization`: who it is, and its settings; each is a permission of its own. */
export const organizationEdit = ({ store }: ActionDeps): Handler<'organization.edit'> => async ({ body }, ctx) => {
  if (!mayEdit(ctx, body)) return refused('access.denied')
  const email = body.contactEmail ? parseEmail(body.contactEmail, toAscii, 'contactEmail') : null
  if (email !== null && !email.ok) return refused('request.invalid', { issues: email.issues })
  const edit: Edit = email === null ? body : { ...body, contactEmail: email.value.address }
  return answerOf(await store.change<Organization>(changeScopeOf(ctx), async (change) => {
    const before = await loadCurrent(change.db, ctx)
    if (!before.ok) return before
    const { name, address, contactEmail, settings } = before.value
    const after: Fields = { name: edit.name ?? name, address: edit.address ?? address, contactEmail: edit.contactEmail ?? contactEmail, settings: { ...settings, ...edit.settings } }
    const changes = changesOf(before.value, after)
    if (Object.keys(changes).length === 0) return before
    await change.db.updateTable('organizations').set(({ eb }) => ({ name: after.name, address: after.address, contact_email: after.contactEmail, settings: toJson(after.settings), version: eb('version', '+', 1) }))
      .where('id', '=', change.organization.id).execute()
    change.record({ category: 'audit', kind: 'organization.edited', ofAdmin: isAdministrator(ctx.viewer), target: { type: 'organization', id: change.organization.id, label: after.name }, changes })
    return { ok: true, value: await readOrganization(change.db, change.organization.id) }
  }))
}

/** `DELETE /v1/organization`: nobody gets in from the next request on; the log stays. */
export const organizationDelete = ({ store }: ActionDeps): Handler<'organization.delete'> => async (_input, ctx) => {
  if (!holds(ctx.viewer, 'organization.delete')) return refused('access.denied')
  return runPlanned<OrganizationFacts, { plan: Plan }, undefined>(store, ctx, {
    load: async (db) => {
      const current = await loadCurrent(db, ctx)
      return current.ok ? { ok: true, value: await readFacts(db, current.value, ctx.now) } : current
    },
    decide: (facts) => planOrganizationDelete(facts, ctx.viewer),
    apply: async (change, { id, label }) => {
      await closeOrganization(change.db, id, change.now)
      change.record({ category: 'audit', kind: 'organization.deleted', ofAdmin: true, target: { type: 'organization', id, label }, changes: { name: { from: label, to: null } } })
      return undefined
    },
  })
}

/** Closes an organization: nobody enters it, and its domains are free for others. Its rows stay. */
export async function closeOrganization(db: Tx, organizationId: string, now: Date): Promise<void> {
  await db.deleteFrom('approved_domains').where('organization_id', '=', organizationId).execute()
  await db.updateTable('domains').set({ next_check_at: null }).where('organization_id', '=', organizationId).execute()
  await db.updateTable('organizations').set(({ eb }) => ({ deleted_at: now, version: eb('version', '+', 1) })).where('id', '=', organizationId).execute()
}

function mayEdit({ viewer }: WriteContext, { settings, ...about }: Edit): boolean {
  const isAbout = Object.values(about).some((value) => value !== undefined)
  if (isAbout && !holds(viewer, 'organization.manage')) return false
  if (settings !== undefined && !holds(viewer, 'settings.manage')) return false
  return holds(viewer, 'organization.manage') || holds(viewer, 'settings.manage')
}

async function loadCurrent(db: Tx, ctx: WriteContext): Promise<{ ok: true; value: Organization } | Refusal> {
  const organization = await readOrganization(db, ctx.viewer.organizationId)
  return ctx.version === null || ctx.version === organization.version ? { ok: true, value: organization } : { ok: false, code: 'version.conflict', extra: organization }
}

async function readOrganization(db: Tx, organizationId: string): Promise<Organization> {
  const row = await db.selectFrom('organizations').selectAll().where('id', '=', organizationId).executeTakeFirstOrThrow()
  return { id: row.id, name: row.name, version: row.version, createdAt: row.created_at.toISOString(), settings: settingsOf(row.settings), address: row.address, contactEmail: row.contact_email }
}

async function readFacts(db: Tx, { id, name }: Organization, now: Date): Promise<OrganizationFacts> {
  const { users, licenses, domains, workspaces, messages } = await db.selectNoFrom(({ selectFrom, fn }) => [
    selectFrom('users').select(fn.countAll<number>().as('n')).where('organization_id', '=', id).where('status', '<>', 'removed').as('users'),
    selectFrom('licenses').select(fn.countAll<number>().as('n')).where('organization_id', '=', id).as('licenses'),
    selectFrom('approved_domains').select(fn.countAll<number>().as('n')).where('organization_id', '=', id).as('domains'),
    selectFrom('workspaces').select(fn.countAll<number>().as('n')).where('organization_id', '=', id).as('workspaces'),
    selectFrom('messages').select(fn.countAll<number>().as('n')).where('organization_id', '=', id).where('status', '=', 'live')
      .where(({ eb, or }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', now)])).as('messages'),
  ]).executeTakeFirstOrThrow()
  return { id, label: name, users: Number(users), licenses: Number(licenses), domains: Number(domains), workspaces: Number(workspaces), liveMessages: Number(messages) }
}

/** What differs, for the log; each setting by its own name. */
function changesOf(before: Fields, after: Fields): EventChanges {
  const flat = ({ settings, name, address, contactEmail }: Fields): Record<string, unknown> =>
    ({ name, address, contactEmail, ...Object.fromEntries(Object.entries(settings).map(([key, value]) => [`settings.${key}`, value])) })
  const [was, is] = [flat(before), flat(after)]
  return Object.fromEntries(Object.keys(is).filter((key) => was[key] !== is[key]).map((key) => [key, { from: was[key], to: is[key] }]))
}
