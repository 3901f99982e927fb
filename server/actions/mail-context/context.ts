import { isAdministrator, viewerAbilities, type Viewer } from '../../../shared/access/access.policy'
import type { Abilities } from '../../../shared/access/abilities'
import type { ContextActivation, ContextPerson } from '../../../shared/mail/context.model'
import type { LogEvent } from '../../../shared/logs/logs.model'
import type { User } from '../../../shared/users/users.model'
import type { Contact } from '../../../shared/workspaces/workspaces.model'
import { done, type Handler } from '../../http/handler'
import { readAddress } from '../../identity/address'
import type { Tx } from '../../store/bulk'
import { describeLink } from '../activation/activations.describe'
import { contactsByKey } from './contacts'
import { domainStates } from './domains'
import type { ActionDeps } from '../deps'
import { toEvent } from '../events/record'
import { readPools } from '../licenses/read'
import { readMe } from '../me'
import { readMessage } from '../messages/record'
import { readUsers } from '../users/record'

type Address = NonNullable<ReturnType<typeof readAddress>>
type Inside = { people: ContextPerson[]; message: Awaited<ReturnType<typeof readMessage>>; pools: Awaited<ReturnType<typeof readPools>> }

const EVENTS_PER_PERSON = 3

/** `POST /v1/context`: all that a card for the open mail needs; our own sender is nobody to be offered. Changes nothing. */
export const contextRead = (deps: ActionDeps): Handler<'context.read'> => async ({ body }, { identity, viewer, now }) => {
  const read = body.emails.map((text) => ({ text, address: readAddress(text) }))
  const addresses = [...new Map(read.flatMap(({ address }) => (address === null ? [] : [[address.key, address] as const]))).values()]
  const [me, inside, activation] = await Promise.all([
    readMe(deps, identity, viewer, now),
    viewer === null ? null : deps.store.read(viewer.organizationId, (db) => readInside(deps, db, viewer, { addresses, messageId: body.messageId ?? null, now })),
    body.activationToken === undefined ? null : describe(deps, body.activationToken, now),
  ])
  return done({
    people: inside?.people ?? [],
    message: inside?.message ?? null,
    activation,
    unreadable: read.flatMap(({ text, address }) => (address === null ? [text] : [])),
    pools: inside?.pools ?? [],
    viewer: me,
  })
}

/** An unknown link is told like none at all. */
async function describe({ store }: ActionDeps, token: string, now: Date): Promise<ContextActivation | null> {
  const link = await describeLink(store, token, now)
  if (link === null) return null
  const { code, organization, inviter, plan, expiresAt, email } = link
  return { code, organization, inviter, plan, expiresAt, email }
}

type Asked = { addresses: readonly Address[]; messageId: string | null; now: Date }

async function readInside({ ownSender, payment }: ActionDeps, db: Tx, viewer: Viewer, { addresses, messageId, now }: Asked): Promise<Inside> {
  const can = viewerAbilities(viewer)
  const users = await usersByKey(db, viewer, addresses)
  const contacts = await contactsByKey(db, viewer, addresses.map(({ key }) => key))
  const domains = await domainStates(db, viewer.organizationId, addresses.map(({ domain }) => domain))
  const people = await Promise.all(addresses.map((address) => personOf(db, viewer, address, { user: users.get(address.key) ?? null, contact: contacts.get(address.key) ?? null, domain: domains(address.domain) })))
  return {
    people: people.filter(({ user, contact }, index) => user !== null || contact !== null || addresses[index]?.key !== ownSender),
    message: messageId === null ? null : await readMessage(db, viewer, messageId, now),
    pools: can['licenses.assign'] === true ? await readPools(db, viewer, { paysFirst: payment.provider !== 'manual', now }) : [],
  }
}

async function personOf(db: Tx, viewer: Viewer, { address }: Address, found: { user: User | null; contact: Contact | null; domain: ContextPerson['domain'] }): Promise<ContextPerson> {
  const { user, contact, domain } = found
  const mayReadLog = user?.abilities['user.view_log'] === true
  return {
    address,
    user,
    contact,
    domain,
    lastEvents: user !== null && mayReadLog ? await lastEvents(db, viewer, user.id) : [],
    abilities: user === null ? strangerAbilities(viewer) : {},
  }
}

/** What can be done about somebody whom the organization does not know. */
function strangerAbilities(viewer: Viewer): Abilities & Record<string, true | string> {
  const { 'users.add': add, 'contacts.add': save, 'domains.add': claim } = viewerAbilities(viewer)
  return { 'users.add': add, 'contacts.add': save, 'domains.add': claim }
}

/** Who may not see users sees nobody but themselves: others look like strangers. */
async function usersByKey(db: Tx, viewer: Viewer, addresses: readonly Address[]): Promise<Map<string, User>> {
  if (addresses.length === 0) return new Map()
  const rows = await db.selectFrom('users').select(['id', 'email_key'])
    .where('organization_id', '=', viewer.organizationId).where('status', '<>', 'removed').where('email_key', 'in', addresses.map(({ key }) => key)).execute()
  const users = await readUsers(db, viewer, rows.map(({ id }) => id))
  const keyById = new Map(rows.map((row) => [row.id, row.email_key]))
  return new Map(users.filter((user) => user.abilities['user.view'] === true).map((user) => [keyById.get(user.id) ?? '', user]))
}

async function lastEvents(db: Tx, viewer: Viewer, userId: string): Promise<LogEvent[]> {
  let select = db.selectFrom('event_people').innerJoin('events', (join) => join.onRef('events.organization_id', '=', 'event_people.organization_id').onRef('events.sequence', '=', 'event_people.sequence'))
    .selectAll('events').where('event_people.organization_id', '=', viewer.organizationId).where('event_people.user_id', '=', userId)
  // A member's line may name an administrator: that is a separate grant.
  if (userId !== viewer.userId && isAdministrator(viewer) && !viewer.permissions.includes('logs.view_admins')) select = select.where('events.of_admin', '=', false)
  const rows = await select.orderBy('event_people.sequence', 'desc').limit(EVENTS_PER_PERSON).execute()
  return rows.map((row) => toEvent({ ...row, erased: row.salt === null }))
}
