import { managesSome } from '../../../shared/access/access.policy'
import { planUsersAdd, type AddManyDecision, type AddOutcome, type PersonToAdd } from '../../../shared/changes/add-many.plan'
import type { Issue } from '../../../shared/errors'
import { emailKey, parseEmail, type EmailAddress } from '../../../shared/kit/email'
import { planUserAdd, type UserAddDecision, type UserAddSnapshot } from '../../../shared/users/add.plan'
import type { NewRole, OrganizationSnapshot } from '../../../shared/users/snapshot.model'
import type { UserAdd } from '../../../shared/users/users.model'
import { refused, type Handler } from '../../http/handler'
import type { ReplyOf } from '../../../shared/api/contract'
import { toAscii } from '../../identity/address'
import { anyText, type Tx } from '../../store/bulk'
import type { Change } from '../../store/transactions'
import { admissionsOf } from '../mail-context/domains'
import type { ActionDeps } from '../deps'
import { runPlanned, type Refusal, type WriteContext } from '../planned'
import { addUsers, restorableSince, type UserToAdd } from './add.store'
import { knownWorkspaces, workspaceIssues } from './write.edit'
import { readChanged } from './write.events'
import { findRole, loadOrganization } from './write.snapshot'

/** A person to add with an address that was read. */
type Person = { address: EmailAddress; firstName: string; lastName: string }
type Existing = { existing: PersonToAdd['existing']; userId: string | null }
type AddOne = { snapshot: UserAddSnapshot; person: Person; role: NewRole; userId: string | null; workspaceIds: string[] }
type AddMany = { organization: OrganizationSnapshot; people: (Person & { snapshot: PersonToAdd })[]; role: NewRole }

/** `POST /v1/users`: the invitation, then license and workspaces, of which `remaining` tells what is still to be done. */
export const usersAdd = ({ store }: ActionDeps): Handler<'users.add'> => async ({ body }, ctx) => {
  if (!managesSome(ctx.viewer)) return refused('access.denied')
  return runPlanned<AddOne, UserAddDecision, ReplyOf<'users.add'>>(store, ctx, {
    load: (db) => loadAdd(db, ctx, body),
    decide: ({ snapshot }) => planUserAdd(snapshot, ctx.viewer),
    about: ({ userId }) => (userId === null ? {} : { userId }),
    apply: async (change, { snapshot, person, role, workspaceIds }, { after, remaining, workspaces }) => {
      const user = { ...toAdd(change, person, role, after?.license?.plan ?? null), workspaceIds: workspaces > 0 ? workspaceIds : [], language: body.language }
      await addUsers(change, ctx.viewer, snapshot.organization, [user], body.sendActivation !== false)
      return { ...(await readChanged(change.db, ctx.viewer, user.id)), remaining }
    },
  })
}

/** `POST /v1/users/add`: several people at once, each as if added alone, in the order given. */
export const usersAddMany = ({ store }: ActionDeps): Handler<'users.add_many'> => async ({ body }, ctx) => {
  if (!managesSome(ctx.viewer)) return refused('access.denied')
  return runPlanned<AddMany, AddManyDecision, ReplyOf<'users.add_many'>>(store, ctx, {
    load: (db) => loadAddMany(db, ctx, body),
    decide: ({ organization, people }) => planUsersAdd(organization, people.map(({ snapshot }) => snapshot), ctx.viewer),
    many: true,
    apply: async (change, { organization, people, role }, { outcomes }) => {
      const wanted = people.flatMap((person, index) => {
        const after = outcomes[index]?.after ?? null
        return after === null ? [] : [toAdd(change, person, role, after.license?.plan ?? null)]
      })
      await addUsers(change, ctx.viewer, organization, wanted, true)
      const idByEmail = new Map(wanted.map(({ email, id }) => [email, id]))
      return { done: wanted.length, refused: outcomes.length - wanted.length, outcomes: outcomes.map((outcome) => toOutcome(outcome, idByEmail)) }
    },
  })
}

const toAdd = ({ newId }: Change, { address, firstName, lastName }: Person, role: NewRole, plan: string | null): UserToAdd =>
  ({ id: newId(), email: address.address, key: emailKey(address.address), domain: address.domain, firstName, lastName, role, plan, workspaceIds: [] })

const toOutcome = ({ email, code, remaining }: AddOutcome, idByEmail: ReadonlyMap<string, string | null>) =>
  ({ email, userId: idByEmail.get(email) ?? null, outcome: code === null ? 'done' as const : 'refused' as const, code, remaining })

const invalid = (issues: Issue[]): Refusal => ({ ok: false, code: 'request.invalid', issues })

async function loadAdd(db: Tx, { viewer, now }: WriteContext, body: UserAdd): Promise<{ ok: true; value: AddOne } | Refusal> {
  const email = parseEmail(body.email, toAscii)
  const asked = [...new Set(body.workspaceIds ?? [])]
  const known = await knownWorkspaces(db, viewer.organizationId, asked)
  const role = await findRole(db, viewer.organizationId, body.role ?? 'member')
  const issues = [...(email.ok ? [] : email.issues), ...(await choiceIssues(db, role, body.plan)), ...workspaceIssues(asked, known)]
  if (!email.ok || role === null || issues.length > 0) return invalid(issues)
  const [found] = await findExisting(db, viewer.organizationId, [email.value], now)
  const admits = await admissionsOf(db, viewer.organizationId)
  return {
    ok: true,
    value: {
      role, userId: found?.userId ?? null, workspaceIds: known,
      person: { address: email.value, firstName: body.firstName ?? '', lastName: body.lastName ?? '' },
      snapshot: {
        organization: await loadOrganization(db, viewer.organizationId), email: email.value.address, role, plan: body.plan ?? null, workspaces: known.length,
        existing: found?.existing ?? null, domainAdmitted: admits(email.value.domain),
      },
    },
  }
}

async function choiceIssues(db: Tx, role: NewRole | null, plan: string | undefined): Promise<Issue[]> {
  const known = plan === undefined ? true : (await db.selectFrom('plans').select('id').where('id', '=', plan).executeTakeFirst()) !== undefined
  return [...(role === null ? [{ code: 'role.unknown' as const, path: 'role' }] : []), ...(known ? [] : [{ code: 'plan.unknown' as const, path: 'plan' }])]
}

async function loadAddMany(db: Tx, { viewer, now }: WriteContext, body: { people: { email: string; firstName?: string; lastName?: string }[]; role?: string; plan?: string }): Promise<{ ok: true; value: AddMany } | Refusal> {
  const { organizationId } = viewer
  const read = body.people.map((person, index) => ({ person, email: parseEmail(person.email, toAscii, `people.${index}.email`) }))
  const role = await findRole(db, organizationId, body.role ?? 'member')
  const issues = [...read.flatMap(({ email }) => (email.ok ? [] : email.issues)), ...(await choiceIssues(db, role, body.plan))]
  if (role === null || issues.length > 0) return invalid(issues)
  const people = read.flatMap(({ person, email }) => (email.ok ? [{ address: email.value, firstName: person.firstName ?? '', lastName: person.lastName ?? '' }] : []))
  // One address is added once, as it stands first.
  const once = [...new Map(people.toReversed().map((person) => [emailKey(person.address.address), person])).values()].toReversed()
  const found = await findExisting(db, organizationId, once.map(({ address }) => address), now)
  const admits = await admissionsOf(db, organizationId)
  return {
    ok: true,
    value: {
      organization: await loadOrganization(db, organizationId), role,
      people: once.map((person, index) => ({
        ...person,
        snapshot: { email: person.address.address, role, plan: body.plan ?? null, workspaces: 0, existing: found[index]?.existing ?? null, domainAdmitted: admits(person.address.domain) },
      })),
    },
  }
}

/** Who has each of the addresses: somebody who is here, or somebody removed who can be restored, the last one removed. */
async function findExisting(db: Tx, organizationId: string, addresses: readonly EmailAddress[], now: Date): Promise<Existing[]> {
  const keys = addresses.map(({ address }) => emailKey(address))
  const rows = await db.selectFrom('users').select(['id', 'email_key', 'status']).where('organization_id', '=', organizationId).where('email_key', '=', anyText(keys))
    .where(({ eb, or }) => or([eb('status', '<>', 'removed'), eb('removed_at', '>=', restorableSince(now))])).orderBy('removed_at', 'desc').execute()
  return keys.map((key) => {
    const here = rows.find((row) => row.email_key === key && row.status !== 'removed')
    const gone = here ?? rows.find((row) => row.email_key === key)
    return { existing: here ? 'user' : gone ? 'removed' : null, userId: gone?.id ?? null }
  })
}
