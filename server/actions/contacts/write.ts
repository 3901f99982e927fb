import { holds, isAdministrator } from '../../../shared/access/access.policy'
import type { Issue } from '../../../shared/errors'
import { emailKey, parseEmail } from '../../../shared/kit/email'
import type { EventKind } from '../../../shared/logs/kinds.model'
import type { Contact } from '../../../shared/workspaces/workspaces.model'
import { refused, type Handler } from '../../http/handler'
import { toAscii } from '../../identity/address'
import type { Tx } from '../../store/bulk'
import type { EventChanges } from '../../store/events.model'
import { isUuid } from '../../store/ids'
import type { Change } from '../../store/transactions'
import type { ActionDeps } from '../deps'
import { answerOf, changeScopeOf, type Refusal, type WriteContext } from '../planned'
import { readContact } from '../workspaces/record'

const mayManage = ({ viewer }: WriteContext): boolean => holds(viewer, 'workspaces.manage')
const invalid = (issues: Issue[]): Refusal => ({ ok: false, code: 'request.invalid', issues })

/** `POST /v1/contacts`: an outside person, once in a workspace. */
export const contactsAdd = ({ store }: ActionDeps): Handler<'contacts.add'> => async ({ body }, ctx) => {
  if (!mayManage(ctx)) return refused('access.denied')
  const email = parseEmail(body.email, toAscii)
  return answerOf(await store.change<Contact>(changeScopeOf(ctx), async (change) => {
    const assignedTo = body.assignedTo ?? null
    const issues = [...(email.ok ? [] : email.issues), ...(await placeIssues(change, body.workspaceId, assignedTo))]
    if (!email.ok || issues.length > 0) return invalid(issues)
    const { address } = email.value
    if (await isThere(change, body.workspaceId, emailKey(address))) return { ok: false, code: 'contact.exists' }
    const id = change.newId()
    await change.db.insertInto('contacts').values({
      organization_id: change.organization.id, id, workspace_id: body.workspaceId, email: address, email_key: emailKey(address), name: body.name ?? '', assigned_to: assignedTo, created_at: change.now,
    }).execute()
    const contact = await mustRead(change.db, ctx, id)
    record(change, ctx, 'contact.added', contact, changesOf(null, contact))
    return { ok: true, value: contact, status: 201 }
  }))
}

/** `PATCH /v1/contacts/{contactId}`: name, workspace and whose it is. Who is not in the new workspace loses the contact. */
export const contactsEdit = ({ store }: ActionDeps): Handler<'contacts.edit'> => async ({ params, body }, ctx) => {
  if (!mayManage(ctx)) return refused('access.denied')
  return answerOf(await store.change<Contact>(changeScopeOf(ctx), async (change) => {
    const before = await readContact(change.db, ctx.viewer, params.contactId)
    if (before === null) return { ok: false, code: 'not_found' }
    if (ctx.version !== before.version) return { ok: false, code: 'version.conflict', extra: before }
    const workspaceId = body.workspaceId ?? before.workspaceId
    const issues = await placeIssues(change, workspaceId, body.assignedTo ?? null)
    if (issues.length > 0) return invalid(issues)
    if (workspaceId !== before.workspaceId && await isThere(change, workspaceId, emailKey(before.email))) return { ok: false, code: 'contact.exists' }
    const kept = before.assignedTo !== null && await isMember(change, workspaceId, before.assignedTo.id) ? before.assignedTo.id : null
    const assignedTo = body.assignedTo === undefined ? kept : body.assignedTo
    const name = body.name ?? before.name
    if (name === before.name && workspaceId === before.workspaceId && assignedTo === (before.assignedTo?.id ?? null)) return { ok: true, value: before }
    await change.db.updateTable('contacts').set(({ eb }) => ({ name, workspace_id: workspaceId, assigned_to: assignedTo, version: eb('version', '+', 1) }))
      .where('organization_id', '=', change.organization.id).where('id', '=', before.id).execute()
    const after = await mustRead(change.db, ctx, before.id)
    record(change, ctx, 'contact.edited', after, changesOf(before, after))
    return { ok: true, value: after }
  }))
}

/** `DELETE /v1/contacts/{contactId}`. */
export const contactsRemove = ({ store }: ActionDeps): Handler<'contacts.remove'> => async ({ params }, ctx) => {
  if (!mayManage(ctx)) return refused('access.denied')
  return answerOf(await store.change<undefined>(changeScopeOf(ctx), async (change) => {
    const contact = await readContact(change.db, ctx.viewer, params.contactId)
    if (contact === null) return { ok: false, code: 'not_found' }
    await change.db.deleteFrom('contacts').where('organization_id', '=', change.organization.id).where('id', '=', contact.id).execute()
    record(change, ctx, 'contact.removed', contact, changesOf(contact, null))
    return { ok: true, value: undefined, status: 204 }
  }))
}

/** What is wrong with a workspace to put a contact into, and with whom it would be assigned to there. */
async function placeIssues(change: Change, workspaceId: string, assignedTo: string | null): Promise<Issue[]> {
  const workspace = !isUuid(workspaceId) ? undefined : await change.db.selectFrom('workspaces').select('id').where('organization_id', '=', change.organization.id).where('id', '=', workspaceId).executeTakeFirst()
  if (workspace === undefined) return [{ code: 'workspace.unknown', path: 'workspaceId' }]
  return assignedTo === null || await isMember(change, workspaceId, assignedTo) ? [] : [{ code: 'field.not_an_option', path: 'assignedTo' }]
}

async function isMember(change: Change, workspaceId: string, userId: string): Promise<boolean> {
  if (!isUuid(userId)) return false
  const row = await change.db.selectFrom('workspace_members').select('user_id')
    .where('organization_id', '=', change.organization.id).where('workspace_id', '=', workspaceId).where('user_id', '=', userId).executeTakeFirst()
  return row !== undefined
}

async function isThere(change: Change, workspaceId: string, key: string): Promise<boolean> {
  const row = await change.db.selectFrom('contacts').select('id')
    .where('organization_id', '=', change.organization.id).where('workspace_id', '=', workspaceId).where('email_key', '=', key).executeTakeFirst()
  return row !== undefined
}

async function mustRead(db: Tx, { viewer }: WriteContext, id: string): Promise<Contact> {
  const contact = await readContact(db, viewer, id)
  if (contact === null) throw new Error('a contact that was just written is not there')
  return contact
}

const factsOf = (contact: Contact | null) => ({
  email: contact?.email ?? null, name: contact?.name ?? null, workspace: contact?.workspaceName ?? null, assignedTo: contact?.assignedTo?.email ?? null,
})

/** What differs, for the log. */
function changesOf(before: Contact | null, after: Contact | null): EventChanges {
  const [was, is] = [factsOf(before), factsOf(after)]
  const names = (Object.keys(was) as (keyof typeof was)[]).filter((name) => was[name] !== is[name])
  return Object.fromEntries(names.map((name) => [name, { from: was[name], to: is[name] }]))
}

function record(change: Change, { viewer }: WriteContext, kind: EventKind, contact: Contact, changes: EventChanges): void {
  change.record({ category: 'audit', kind, ofAdmin: isAdministrator(viewer), target: { type: 'contact', id: contact.id, label: contact.name || contact.email }, changes })
}
