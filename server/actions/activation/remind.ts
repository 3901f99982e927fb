import { isAdministrator } from '../../../shared/access/access.policy'
import { systemScope } from '../../domains/jobs'
import { nameOf, permissionsOfUser } from '../../identity/viewer'
import type { Tx } from '../../store/bulk'
import type { Store } from '../../store/store'
import { sendLinks } from './links'

/** What reminding needs. */
export type RemindDeps = { store: Store; clock: () => Date; newId: () => string }

export const REMIND_JOB = 'activations.remind'
/** People are reminded when their link has this long to live; once for each time that somebody sent it. */
const BEFORE_END_MS = 2 * 24 * 3_600_000
const AT_ONCE = 200

/** Reminds everybody whose link ends soon: with a new link, because nobody knows the old one any more, to the same end. */
export async function remindOfLinks({ store, clock, newId }: RemindDeps): Promise<void> {
  const now = clock()
  const organizations = await store.system((db) => endingLinks(db, now).select('link.organization_id').distinct().execute())
  for (const { organization_id: organizationId } of organizations) await remindIn(store, organizationId, now, newId)
}

async function remindIn(store: Store, organizationId: string, now: Date, newId: () => string): Promise<void> {
  for (let reminded = AT_ONCE; reminded === AT_ONCE;) {
    const outcome = await store.change<number>(systemScope(organizationId, newId(), now), async (change) => {
      const links = await endingLinks(change.db, now).where('link.organization_id', '=', organizationId)
        .leftJoin('roles', (join) => join.onRef('roles.organization_id', '=', 'users.organization_id').onRef('roles.id', '=', 'users.custom_role_id'))
        .leftJoin('users as inviter', (join) => join.onRef('inviter.organization_id', '=', 'link.organization_id').onRef('inviter.id', '=', 'link.sent_by'))
        .select(['inviter.id as inviter_id', 'inviter.email as inviter_email', 'inviter.first_name as inviter_first_name', 'inviter.last_name as inviter_last_name'])
        .select(['link.expires_at', 'users.id', 'users.email', 'users.first_name', 'users.last_name', 'users.language', 'users.role', 'users.custom_role_id', 'roles.permissions', 'licenses.plan'])
        .orderBy('link.id').limit(AT_ONCE).execute()
      for (const row of links) {
        const ofAdmin = isAdministrator({ permissions: permissionsOfUser({ role: row.role, customRoleId: row.custom_role_id, customPermissions: row.permissions }) })
        const name = nameOf({ firstName: row.first_name, lastName: row.last_name })
        // The invitation stays that of whoever sent the link; the event says that the system has sent it again.
        const inviter = { id: row.inviter_id, email: row.inviter_email ?? '', name: nameOf({ firstName: row.inviter_first_name ?? '', lastName: row.inviter_last_name ?? '' }) }
        await sendLinks(change, [{ id: row.id, email: row.email, name, language: row.language, plan: row.plan, ofAdmin }], inviter, { reminderUntil: row.expires_at })
      }
      return { ok: true, value: links.length }
    })
    reminded = outcome.ok ? outcome.value : 0
  }
}

/** Links of people who have not come yet, that end soon and were not sent as a reminder. */
const endingLinks = (db: Tx, now: Date) => db.selectFrom('activation_links as link')
  .innerJoin('users', (join) => join.onRef('users.organization_id', '=', 'link.organization_id').onRef('users.id', '=', 'link.user_id'))
  .innerJoin('organizations', 'organizations.id', 'link.organization_id')
  .leftJoin('licenses', (join) => join.onRef('licenses.organization_id', '=', 'users.organization_id').onRef('licenses.user_id', '=', 'users.id'))
  .where('link.used_at', 'is', null).where('link.replaced_at', 'is', null).where('link.reminded_at', 'is', null).where('organizations.deleted_at', 'is', null)
  .where('link.expires_at', '>', now).where('link.expires_at', '<=', new Date(now.getTime() + BEFORE_END_MS))
  .where((eb) => eb.or([eb('users.status', '=', 'pending'), eb.and([eb('users.status', '=', 'active'), eb('licenses.state', '=', 'assigned')])]))
