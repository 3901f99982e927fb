import { isAdministrator, type Viewer } from '../../../shared/access/access.policy'
import type { AuditKind } from '../../../shared/logs/kinds.model'
import type { User } from '../../../shared/users/users.model'
import { nameOf, type Viewer as SignedIn } from '../../identity/viewer'
import type { Tx } from '../../store/bulk'
import type { EventChanges, EventPerson, NewEvent } from '../../store/events.model'
import type { Change } from '../../store/transactions'
import { noticeReaders } from '../licenses/write.warn'
import { readUsers } from './record'
import type { StoredUser } from './write.snapshot'

type Audited = Pick<StoredUser, 'id' | 'email' | 'firstName' | 'lastName' | 'label' | 'permissions'>

/** A user as the log and mails name them. */
export const personOf = (user: Audited): EventPerson => ({ id: user.id, email: user.email, name: nameOf(user) })

/** One line of the log about one user, with what each field was and is. */
export const auditOf = (viewer: Viewer, user: Audited, kind: AuditKind, changes: EventChanges = {}): NewEvent => ({
  category: 'audit', kind, ofAdmin: isAdministrator(viewer) || isAdministrator(user), subjects: [personOf(user)],
  target: { type: 'user', id: user.id, label: user.label }, changes,
})

/** The record of one user after a change of theirs. */
export async function readChanged(db: Tx, viewer: Viewer, userId: string): Promise<User> {
  const [user] = await readUsers(db, viewer, [userId])
  if (user === undefined) throw new Error('a user vanished under the lock')
  return user
}

/** Tells those who manage roles that some people have become organization administrators. */
export async function tellOfNewAdmins(change: Change, viewer: SignedIn, users: readonly Pick<StoredUser, 'id' | 'email' | 'label'>[]): Promise<void> {
  if (users.length === 0) return
  const { db, organization } = change
  const readers = (await noticeReaders(db, organization.id, 'roles.assign')).filter(({ id }) => id !== viewer.userId)
  for (const user of users) {
    for (const reader of readers.filter(({ id }) => id !== user.id)) {
      change.mail({
        kind: 'new_admin', to: { email: reader.email, name: reader.name }, language: reader.language,
        params: { organization: organization.name, person: user.label, email: user.email, actor: viewer.name || viewer.email },
      })
    }
  }
}
