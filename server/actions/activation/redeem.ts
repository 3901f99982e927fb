import { isAdministrator } from '../../../shared/access/access.policy'
import type { ReplyOf } from '../../../shared/api/contract'
import type { ServerErrorCode } from '../../../shared/errors'
import { redeemAnswer, type RedeemAttempt, type Redeemer } from '../../../shared/licenses/redeem.policy'
import { done, refused, type Handler, type RequestContext } from '../../http/handler'
import { provesAddress, type Identity } from '../../identity/identity'
import { readMemberships } from '../../identity/memberships'
import { nameOf, permissionsOfUser, viewerOf } from '../../identity/viewer'
import type { Tx } from '../../store/bulk'
import type { EventPerson } from '../../store/events.model'
import { takeFromLimit } from '../../store/limits'
import type { Change, ChangeScope, Outcome } from '../../store/transactions'
import { countWrongCode, judgeCode } from './code'
import { findLink, linkedTenants, loadLink, stateOf, type LinkPlace, type LoadedLink } from './find'
import type { ActionDeps } from '../deps'
import { answerOf } from '../planned'
import { readUsers } from '../users/record'

type Context = RequestContext<'activations.redeem'> & Pick<ActionDeps, 'limitFactor'>
type Reply = ReplyOf<'activations.redeem'>
type Presented = { by: 'token'; token: string; code: string | undefined } | { by: 'id'; id: string }

/** A refusal that is stored, because it must be counted or told in the log. */
type Redeemed = { reply: Reply } | { refused: ServerErrorCode }

const HOUR_MS = 3_600_000
/** Attempts by others are told in the log this often for each link and hour. */
const REFUSALS_TOLD = 10

/** `POST /v1/activations/redeem`: accepts the invitation and activates the license, once. */
export const activationsRedeem = (deps: ActionDeps): Handler<'activations.redeem'> => async ({ body: { token, activationId, code } }, ctx) => {
  if (token !== undefined && activationId !== undefined) return refused('request.invalid', { issues: [{ code: 'field.invalid', path: 'activationId' }] })
  const presented: Presented | null = token !== undefined ? { by: 'token', token, code } : activationId !== undefined ? { by: 'id', id: activationId } : null
  if (presented === null) return refused('request.invalid', { issues: [{ code: 'field.required', path: 'token' }] })
  if (presented.by === 'id' && ctx.identity === null) return refused('auth.required')
  const place = await findLink(deps.store, presented.by === 'token' ? { token: presented.token } : { id: presented.id })
  if (place === null) return refused('not_found')
  const owner = await deps.store.read(place.organizationId, (db) => loadLink(db, place))
  if (owner === null) return refused('not_found')
  const outcome = await deps.store.change(scopeOf(place, owner, ctx), (change) => redeem(change, place, presented, { ...ctx, limitFactor: deps.limitFactor }))
  if (!outcome.ok) return answerOf(outcome)
  return 'refused' in outcome.value ? refused(outcome.value.refused) : done(outcome.value.reply)
}

/** The owner acts: they have shown who they are, or nothing is stored in their name. A repeat is one only from the same caller. */
const scopeOf = (place: LinkPlace, owner: LoadedLink, { requestId, ip, client, now, repeat }: Omit<Context, 'limitFactor'>): ChangeScope => ({
  organizationId: place.organizationId, actor: personOf(owner), requestId, ip, client, now,
  ...(repeat === null ? {} : { idempotency: { key: repeat.key, route: repeat.route, bodyHash: `${repeat.bodyHash} ${repeat.actor}` } }),
})

async function redeem(change: Change, place: LinkPlace, presented: Presented, ctx: Context): Promise<Outcome<Redeemed>> {
  const link = await loadLink(change.db, place)
  if (link === null) return { ok: false, code: 'not_found' }
  const attempt: RedeemAttempt = {
    by: presented.by,
    link: stateOf(link, ctx.now),
    redeemer: await redeemerOf(change.db, place.organizationId, link, ctx.identity),
    code: presented.by === 'token' ? await judgeCode(change, link, presented.token, presented.code, ctx.limitFactor) : 'absent',
    isSuspended: link.status === 'suspended',
  }
  const answer = redeemAnswer(attempt)
  if (answer === true) return { ok: true, value: { reply: await activate(change, link, ctx) } }
  if (answer === 'activation.code_wrong') await countWrongCode(change, link)
  else if (answer === 'activation.wrong_person') await tellRefusal(change, link, ctx)
  else return { ok: false, code: answer }
  return { ok: true, value: { refused: answer } }
}

/** Who this identity is to the owner of the link. One that is linked already says more than any address. */
async function redeemerOf(db: Tx, organizationId: string, link: LoadedLink, identity: Identity | null): Promise<Redeemer> {
  if (identity === null) return 'nobody'
  const linked = await db.selectFrom('identities').select('user_id').where('organization_id', '=', organizationId)
    .where('issuer', '=', identity.issuer).where('subject', '=', identity.subject).executeTakeFirst()
  if (linked !== undefined) return linked.user_id === link.user_id ? 'owner' : 'somebody_else'
  const tenants = await linkedTenants(db, organizationId)
  if (provesAddress(identity, link.email_key, tenants)) return 'owner'
  return identity.email !== null && provesAddress(identity, identity.email, tenants) ? 'somebody_else' : 'unproven'
}

const personOf = (link: LoadedLink): EventPerson => ({ id: link.user_id, email: link.email, name: nameOf({ firstName: link.first_name, lastName: link.last_name }) })
const isOfAdmin = (link: LoadedLink): boolean => isAdministrator({ permissions: permissionsOfUser({ role: link.role, customRoleId: link.custom_role_id, customPermissions: link.permissions }) })

async function tellRefusal(change: Change, link: LoadedLink, { identity, now }: Context): Promise<void> {
  if ((await takeFromLimit(change.db, { bucket: `activation refused ${link.id}`, limit: REFUSALS_TOLD, windowMs: HOUR_MS }, now)) !== null) return
  const owner = personOf(link)
  change.record({ category: 'audit', kind: 'access.refused', ofAdmin: isOfAdmin(link), actor: { id: null, email: identity?.email ?? '', name: '' }, subjects: [owner], target: { type: 'activation', id: link.id, label: owner.name || owner.email } })
}

async function activate(change: Change, link: LoadedLink, { identity, now }: Context): Promise<Reply> {
  const { db, organization } = change
  const owner = personOf(link)
  const ofAdmin = isOfAdmin(link)
  const about = { ofAdmin, subjects: [owner], target: { type: 'user', id: owner.id, label: owner.name || owner.email } }
  await db.updateTable('activation_links').set({ used_at: now, code_hash: null }).where('organization_id', '=', organization.id).where('id', '=', link.id).execute()
  const isAccepting = link.status === 'pending'
  const accepted = isAccepting ? { status: 'active' as const, activated_at: now, last_active_at: now } : {}
  await db.updateTable('users').set((eb) => ({ ...accepted, version: eb('version', '+', 1) }))
    .where('organization_id', '=', organization.id).where('id', '=', link.user_id).execute()
  change.record({ category: 'audit', kind: 'activation.redeemed', ...about, changes: isAccepting ? { status: { from: 'pending', to: 'active' } } : {} })
  if (identity !== null) await linkIdentity(change, link, identity, about)
  if (link.plan !== null && link.state === 'assigned') {
    await db.updateTable('licenses').set({ state: 'active', activated_at: now }).where('organization_id', '=', organization.id).where('user_id', '=', link.user_id).execute()
    change.record({ category: 'audit', kind: 'license.activated', ...about, changes: { state: { from: 'assigned', to: 'active' }, license: { from: link.plan, to: link.plan } } })
  }
  return {
    organization: organization.name, plan: link.plan, email: link.email, user: identity === null ? null : await readSelf(db, organization.id, identity),
    workspaceId: isAccepting ? await firstWorkspaceOf(db, organization.id, link.user_id) : null,
  }
}

type About = { ofAdmin: boolean; subjects: EventPerson[]; target: { type: string; id: string | null; label: string } }

async function linkIdentity({ db, organization, newId, now, record }: Change, link: LoadedLink, identity: Identity, about: About): Promise<void> {
  const inserted = await db.insertInto('identities')
    .values({ organization_id: organization.id, id: newId(), user_id: link.user_id, issuer: identity.issuer, subject: identity.subject, email: identity.email, linked_at: now, last_used_at: now })
    .onConflict((conflict) => conflict.columns(['organization_id', 'issuer', 'subject']).doNothing()).executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows === 1n) record({ category: 'audit', kind: 'identity.linked', ...about })
}

async function firstWorkspaceOf(db: Tx, organizationId: string, userId: string): Promise<string | null> {
  const first = await db.selectFrom('workspace_members as member')
    .innerJoin('workspaces as workspace', (join) => join.onRef('workspace.organization_id', '=', 'member.organization_id').onRef('workspace.id', '=', 'member.workspace_id'))
    .select('workspace.id').where('member.organization_id', '=', organizationId).where('member.user_id', '=', userId)
    .orderBy('workspace.name_key').orderBy('workspace.id').limit(1).executeTakeFirst()
  return first?.id ?? null
}

/** The owner's record as they themselves see it. */
async function readSelf(db: Tx, organizationId: string, identity: Identity): Promise<Reply['user']> {
  const membership = (await readMemberships(db, identity)).find((own) => own.organizationId === organizationId)
  const [user] = membership === undefined ? [] : await readUsers(db, viewerOf(membership), [membership.userId])
  return user ?? null
}
