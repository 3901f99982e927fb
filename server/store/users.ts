import { sql } from 'kysely'
import { arrayOf } from './arrays'
import { anyId, anyText, insertMany, type Tx } from './bulk'
import { kept } from './kept'

/**
 * What becomes of users, for any number of them in a few statements. None of it decides anything: the
 * caller holds the organization's lock and has decided under it. All of them raise the version.
 */

/** What is kept of a removed user for restoring: what they held, and where they were a member. */
export type RemovedState = {
  license: { plan: string; state: 'assigned' | 'active'; assignedAt: string; activatedAt: string | null } | null
  workspaceIds: string[]
  /** How many contacts the removal unassigned; absent where it was done before this was counted. */
  contacts?: number
  /** What a user was before being suspended, for one who was removed while suspended. */
  previousStatus: 'pending' | 'active' | null
}

/** What belongs to users, counted, by their id. */
export type Belongings = Record<'workspaces' | 'contacts' | 'liveMessages' | 'openLinks', ReadonlyMap<string, number>>

/** Counts the memberships, contacts, live messages and working activation links of these users. */
export async function countBelongings(db: Tx, organizationId: string, ids: readonly string[], now: Date): Promise<Belongings> {
  const { rows } = await sql<{ what: keyof Belongings; id: string; count: number }>`
    select 'workspaces' as what, user_id as id, count(*)::int as count from workspace_members
      where organization_id = ${organizationId} and user_id = ${anyId(ids)} group by user_id
    union all select 'contacts', assigned_to, count(*)::int from contacts
      where organization_id = ${organizationId} and assigned_to = ${anyId(ids)} group by assigned_to
    union all select 'liveMessages', sender_id, count(*)::int from messages
      where organization_id = ${organizationId} and sender_id = ${anyId(ids)} and status = 'live' and (expires_at is null or expires_at > ${now}) group by sender_id
    union all select 'openLinks', user_id, count(*)::int from activation_links
      where organization_id = ${organizationId} and user_id = ${anyId(ids)} and used_at is null and replaced_at is null and expires_at > ${now} group by user_id`.execute(kept(db))
  const of = (what: keyof Belongings) => new Map(rows.filter((row) => row.what === what).map(({ id, count }) => [id, count]))
  return { workspaces: of('workspaces'), contacts: of('contacts'), liveMessages: of('liveMessages'), openLinks: of('openLinks') }
}

/** Suspends users, remembering what they were. */
export async function suspendUsers(db: Tx, organizationId: string, ids: readonly string[]): Promise<void> {
  await sql`update users set previous_status = status, status = 'suspended', version = version + 1
    where organization_id = ${organizationId} and id = ${anyId(ids)}`.execute(db)
}

/** Lets suspended users be again what they were. */
export async function unsuspendUsers(db: Tx, organizationId: string, ids: readonly string[]): Promise<void> {
  await sql`update users set status = coalesce(previous_status, 'active'), previous_status = null, version = version + 1
    where organization_id = ${organizationId} and id = ${anyId(ids)}`.execute(db)
}

/** Removes users: their license is free, they leave every workspace and with it its contacts; what a restore needs is kept. */
export async function removeUsers(db: Tx, organizationId: string, ids: readonly string[], now: Date): Promise<void> {
  await sql`update users set
      removed_state = jsonb_build_object(
        'license', (select jsonb_build_object('plan', l.plan, 'state', l.state, 'assignedAt', l.assigned_at, 'activatedAt', l.activated_at)
          from licenses l where l.organization_id = users.organization_id and l.user_id = users.id),
        'workspaceIds', (select coalesce(jsonb_agg(m.workspace_id), '[]') from workspace_members m where m.organization_id = users.organization_id and m.user_id = users.id),
        'contacts', (select count(*) from contacts c where c.organization_id = users.organization_id and c.assigned_to = users.id),
        'previousStatus', case when status = 'suspended' then previous_status end),
      previous_status = status, status = 'removed', removed_at = ${now}, version = version + 1
    where organization_id = ${organizationId} and id = ${anyId(ids)}`.execute(db)
  await freeLicenses(db, organizationId, ids)
  await sql`delete from workspace_members where organization_id = ${organizationId} and user_id = ${anyId(ids)}`.execute(db)
}

/** A removed user who comes back: with which license, into which workspaces. */
export type ComingBack = { id: string; license: RemovedState['license']; workspaceIds: readonly string[] }

/** Brings removed users back as they were, with what of theirs was decided to come back. */
export async function unremoveUsers(db: Tx, organizationId: string, back: readonly ComingBack[], now: Date): Promise<void> {
  const ids = back.map(({ id }) => id)
  await sql`update users set status = coalesce(previous_status, 'active'), previous_status = removed_state ->> 'previousStatus',
      removed_at = null, removed_state = null, version = version + 1
    where organization_id = ${organizationId} and id = ${anyId(ids)}`.execute(db)
  await giveLicenses(db, organizationId, back.flatMap(({ id, license }) => (license === null ? [] : [{
    user_id: id, plan: license.plan, state: license.state, assigned_at: license.assignedAt, assigned_by: null, activated_at: license.state === 'active' ? license.activatedAt ?? now : null,
  }])))
  await joinWorkspaces(db, organizationId, back.flatMap(({ id, workspaceIds }) => workspaceIds.map((workspaceId) => ({ userId: id, workspaceId }))), now)
}

/** A license as it is stored. */
export type LicenseRow = { user_id: string; plan: string; state: 'assigned' | 'active'; assigned_at: Date | string; assigned_by: string | null; activated_at: Date | string | null }

/** Gives licenses to users who have none, and counts their seats as taken. */
export async function giveLicenses(db: Tx, organizationId: string, rows: readonly LicenseRow[]): Promise<void> {
  if (rows.length === 0) return
  await insertMany(db, 'licenses', rows.map((row) => ({ ...row, organization_id: organizationId })))
  await sql`update license_pools set assigned = assigned + taken.seats
    from (select plan, count(*)::int as seats from unnest(${arrayOf('text', rows.map(({ plan }) => plan))}) as plan group by plan) taken
    where license_pools.organization_id = ${organizationId} and license_pools.plan = taken.plan`.execute(db)
}

/** Takes the licenses of users, and counts their seats as free. */
export async function freeLicenses(db: Tx, organizationId: string, ids: readonly string[]): Promise<void> {
  await sql`with freed as (
      delete from licenses where organization_id = ${organizationId} and user_id = ${anyId(ids)} returning plan
    ), seats as (select plan, count(*)::int as seats from freed group by plan)
    update license_pools set assigned = assigned - seats.seats from seats
    where license_pools.organization_id = ${organizationId} and license_pools.plan = seats.plan`.execute(db)
}

/** Raises the version of users of whom something was changed that stands in another table. */
export async function touchUsers(db: Tx, organizationId: string, ids: readonly string[]): Promise<void> {
  await sql`update users set version = version + 1 where organization_id = ${organizationId} and id = ${anyId(ids)}`.execute(db)
}

/** Names of workspaces by id; those that are gone are left out. */
export async function workspaceNames(db: Tx, organizationId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('workspaces').select(['id', 'name']).where('organization_id', '=', organizationId).where('id', 'in', [...new Set(ids)]).orderBy('name_key').execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Puts users into workspaces that exist; who is there already stays. */
export async function joinWorkspaces(db: Tx, organizationId: string, members: readonly { userId: string; workspaceId: string }[], now: Date): Promise<void> {
  if (members.length === 0) return
  await sql`insert into workspace_members (organization_id, workspace_id, user_id, added_at)
    select ${organizationId}::uuid, w.id, given.user_id, ${now}::timestamptz
    from unnest(${arrayOf('uuid', members.map(({ workspaceId }) => workspaceId))}, ${arrayOf('uuid', members.map(({ userId }) => userId))}) as given(workspace_id, user_id)
    join workspaces w on w.organization_id = ${organizationId} and w.id = given.workspace_id
    on conflict do nothing`.execute(kept(db))
}

/** Takes one user out of workspaces; contacts there that were theirs are nobody's. */
export async function leaveWorkspaces(db: Tx, organizationId: string, userId: string, workspaceIds: readonly string[]): Promise<void> {
  await sql`delete from workspace_members where organization_id = ${organizationId} and user_id = ${userId} and workspace_id = ${anyId(workspaceIds)}`.execute(db)
}

/**
 * Hands the contacts of one user to another in all workspaces, who joins those that they come from: a
 * contact is assigned within its workspace. Answers how many moved.
 */
export async function handContacts(db: Tx, organizationId: string, fromId: string, toId: string, now: Date): Promise<number> {
  await sql`insert into workspace_members (organization_id, workspace_id, user_id, added_at)
    select distinct organization_id, workspace_id, ${toId}::uuid, ${now}::timestamptz from contacts
    where organization_id = ${organizationId} and assigned_to = ${fromId} on conflict do nothing`.execute(db)
  const { numAffectedRows } = await sql`update contacts set assigned_to = ${toId}, version = version + 1
    where organization_id = ${organizationId} and assigned_to = ${fromId}`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** Forgets whom removed users of these addresses signed in as: the addresses are given to new users. */
export async function unlinkRemoved(db: Tx, organizationId: string, emailKeys: readonly string[]): Promise<void> {
  // Those people first, few or none; a plan that is kept could begin with all identities of the organization.
  await sql`with gone as materialized (
      select id from users where organization_id = ${organizationId} and email_key = ${anyText(emailKeys)} and status = 'removed'
    )
    delete from identities using gone where identities.organization_id = ${organizationId} and identities.user_id = gone.id`.execute(kept(db))
}
