import { planLeave, type LeaveDecision, type LeaveSnapshot } from '../../../shared/changes/leave.plan'
import type { Issue } from '../../../shared/errors'
import type { User } from '../../../shared/users/users.model'
import type { BodyOf } from '../../../shared/api/contract'
import type { Handler } from '../../http/handler'
import { readAddress } from '../../identity/address'
import type { Tx } from '../../store/bulk'
import type { Change } from '../../store/transactions'
import { handContacts } from '../../store/users'
import { sendLinks } from '../activation/links'
import type { ActionDeps } from '../deps'
import { queueExport } from '../downloads/mailed'
import { eventsSource, logNameOf } from '../events/export'
import { linkOwnerOf } from '../licenses/write'
import { storeLicenses } from '../licenses/write.store'
import { runPlanned, type Refusal, type WriteContext } from '../planned'
import { auditOf, personOf, readChanged } from './write.events'
import type { StoredUser } from './write.snapshot'
import { loadUsers } from './write.snapshot'
import { applyRemove, loadOne } from './write.status'

type Leaving = LeaveSnapshot & { user: StoredUser; licenseTo: StoredUser | null; contactsTo: StoredUser | null }
type Wish = NonNullable<BodyOf<'users.leave'>>

/** `POST /v1/users/{userId}/leave`: hands on the license and the contacts, has the log made into a file and mailed, and removes; whole or not at all. */
export const usersLeave = ({ store }: ActionDeps): Handler<'users.leave'> => async ({ params, body }, ctx) => runPlanned<Leaving, LeaveDecision, User>(store, ctx, {
  load: (db) => loadLeaving(db, ctx, params.userId, body ?? {}),
  decide: (snapshot) => planLeave(snapshot, ctx.viewer),
  apply: async (change, leaving, { heir }) => {
    await applyLeave(change, ctx, leaving, heir !== null)
    return readChanged(change.db, ctx.viewer, leaving.user.id)
  },
})

async function loadLeaving(db: Tx, ctx: WriteContext, userId: string, wish: Wish): Promise<{ ok: true; value: Leaving } | Refusal> {
  const one = await loadOne(db, ctx, userId)
  if (!one.ok) return one
  const licenseTo = await findHeir(db, ctx, wish.licenseTo)
  const contactsTo = await findHeir(db, ctx, wish.contactsTo)
  const issues: Issue[] = [
    ...(wish.licenseTo !== undefined && licenseTo === null ? [{ code: 'field.not_an_option' as const, path: 'licenseTo' }] : []),
    ...(wish.contactsTo !== undefined && contactsTo === null ? [{ code: 'field.not_an_option' as const, path: 'contactsTo' }] : []),
  ]
  if (issues.length > 0) return { ok: false, code: 'request.invalid', issues }
  return { ok: true, value: { ...one.value, licenseTo, contactsTo, exportLog: wish.exportLog === true } }
}

/** A user by id or address; null where nobody here is meant. */
async function findHeir(db: Tx, { viewer, now }: WriteContext, word: string | undefined): Promise<StoredUser | null> {
  if (word === undefined) return null
  const address = word.includes('@') ? readAddress(word) : null
  const found = address === null ? undefined : await db.selectFrom('users').select('id').where('organization_id', '=', viewer.organizationId).where('email_key', '=', address.key).where('status', '<>', 'removed').executeTakeFirst()
  const [heir] = await loadUsers(db, viewer.organizationId, [found?.id ?? word], now)
  return heir ?? null
}

async function applyLeave(change: Change, { viewer, locale }: WriteContext, { organization, user, licenseTo, contactsTo, exportLog }: Leaving, hasHeir: boolean): Promise<void> {
  const license = licenseTo !== null && hasHeir ? user.license : null
  if (licenseTo !== null && license !== null) {
    await storeLicenses(change, organization, [{ userId: user.id, before: license, after: null }, { userId: licenseTo.id, before: null, after: { plan: license.plan, state: 'assigned' } }], viewer.userId)
    change.record({ ...auditOf(viewer, licenseTo, 'license.transferred', { license: { from: license.plan, to: license.plan }, holder: { from: user.email, to: licenseTo.email } }), subjects: [personOf(user), personOf(licenseTo)] })
    if (organization.sendActivationOnAssign && licenseTo.status !== 'suspended') await sendLinks(change, [linkOwnerOf(licenseTo, license.plan, viewer)], { id: viewer.userId, email: viewer.email, name: viewer.name })
  }
  if (contactsTo !== null && user.contacts > 0) {
    const moved = await handContacts(change.db, change.organization.id, user.id, contactsTo.id, change.now)
    change.record({ ...auditOf(viewer, contactsTo, 'contacts.reassigned', { assignedTo: { from: user.email, to: contactsTo.email }, contacts: { from: 0, to: moved } }), subjects: [personOf(user), personOf(contactsTo)] })
  }
  const left = { ...user, license: license === null ? user.license : null, contacts: contactsTo === null ? user.contacts : 0 }
  await applyRemove(change, viewer, [left], 'user.left')
  // Made once this change is stored, so the file ends with the departure itself.
  if (exportLog) await queueExport(change, { viewer }, { resource: 'events', name: `${logNameOf(change.now)}.csv`, event: eventsSource.event, format: 'csv', filter: { user: user.id }, locale })
}
