import { fullName } from '../../kit/text'
import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import type { User } from '../../users/users.model'
import type { Contact } from '../../workspaces/workspaces.model'
import { defineScreen, needParams } from '../define'
import { conflictsOf, theirsSince, typed } from '../forms'
import { userRow } from '../users/users.screen'
import type { ActionRef, Block, Draft, Env, Params, Row } from '../vocabulary'
import { enabledBy, isOffered } from '../words'
import { firstWorkspaces, placesOf, placesText, workspaceField } from '../workspaces/workspace-field'
import { contactName } from './contacts.screen'

type Replies = { contact: ReplyOf<'contacts.get'>; people: ReplyOf<'users.list'>; workspaces: ReplyOf<'workspaces.list'> }

const argsOf = (contact: Contact): Params => ({ contactId: contact.id, version: String(contact.version), name: contactName(contact) })

const formBlocks = (contact: Contact, workspaces: Replies['workspaces'] | null, draft: Draft, env: Env): Block[] => {
  if (!isOffered(contact.abilities, 'contact.edit')) return []
  const theirs = theirsSince(draft, contact)
  const places = placesOf(workspaces, draft, [...(theirs?.workspaceId && theirs.workspaceName ? [{ id: theirs.workspaceId, name: theirs.workspaceName }] : []), { id: contact.workspaceId, name: contact.workspaceName }])
  const conflict = conflictsOf(draft, [
    { field: 'name', label: env.t('common.name'), theirs: theirs?.name },
    { field: 'workspaceId', label: env.t('workspaces.one'), theirs: theirs?.workspaceId, word: (id) => placesText(places, id === '' ? [] : [id], env) },
  ])
  return [{
    is: 'section', title: env.t('common.edit'), folded: draft.issues === undefined && theirs === null,
    blocks: [{
      is: 'form', id: 'contact', version: theirs?.version ?? contact.version, issues: draft.issues ?? [], ...(conflict.length > 0 ? { conflict } : {}),
      fields: [
        { as: 'text', name: 'name', label: env.t('common.name'), value: typed(draft, 'name', theirs?.name ?? contact.name) },
        workspaceField(places, typed(draft, 'workspaceId', theirs?.workspaceId ?? contact.workspaceId), { name: 'workspaceId', label: env.t('workspaces.one'), hint: env.t('contacts.move_hint'), required: true }, env),
      ],
      submit: { action: 'contact.edit', args: { ...argsOf(contact), version: String(theirs?.version ?? contact.version) }, label: env.t('common.save'), tone: 'primary', enabled: enabledBy(contact.abilities['contact.edit'], env) },
    }],
  }]
}

const assignRef = (contact: Contact, user: User | null, label: string, env: Env): ActionRef =>
  ({ action: 'contact.assign', args: { ...argsOf(contact), to: user?.id ?? '', toName: user === null ? '' : fullName(user) }, label, enabled: enabledBy(contact.abilities['contact.edit'], env) })

const personRow = (contact: Contact, user: User, env: Env): Row => (contact.assignedTo?.id === user.id
  ? { ...userRow(user, env), badge: { text: env.t('contacts.is_assigned'), tone: 'success' } }
  : { ...userRow(user, env), menu: [{ ...assignRef(contact, user, env.t('contacts.assign'), env), tone: 'primary' }] })

const assignBlocks = (contact: Contact, people: Replies['people'], params: Params, env: Env): Block[] => {
  if (!isOffered(contact.abilities, 'contact.edit')) return []
  const list: Block = people.items.length === 0
    ? { is: 'notice', tone: 'neutral', text: env.t(params['q'] === undefined ? 'contacts.nobody_to_assign' : 'users.none_found_text') }
    : { is: 'people', label: env.t('workspaces.members_title'), rows: people.items.map((user) => personRow(contact, user, env)), page: { next: people.next, total: people.total } }
  return [{ is: 'section', title: env.t('contacts.assign_to'), blocks: [{ is: 'search', q: params['q'] ?? '', placeholder: env.t('users.search'), filters: [], active: 0 }, list] }]
}

const actionBlocks = (contact: Contact, env: Env): Block[] => {
  const items: ActionRef[] = [
    ...(contact.assignedTo !== null && isOffered(contact.abilities, 'contact.edit') ? [assignRef(contact, null, env.t('contacts.unassign'), env)] : []),
    ...(isOffered(contact.abilities, 'contact.remove') ? [{ action: 'contact.remove' as const, args: argsOf(contact), label: env.t('contacts.remove'), tone: 'danger' as const, enabled: enabledBy(contact.abilities['contact.remove'], env) }] : []),
  ]
  return items.length === 0 ? [] : [{ is: 'actions', items }]
}

/** One outside person: where they belong and whose they are. */
export const contactScreen = defineScreen<Replies>({
  id: 'contact',
  parse: needParams('contactId', 'workspaceId'),
  needs: (params, env) => ({
    contact: call('contacts.get', { params: { contactId: params['contactId'] ?? '' } }),
    people: call('users.list', { query: { workspace: params['workspaceId'], q: params['q'], cursor: params['cursor'], limit: String(env.can.pageSize) } }),
    workspaces: firstWorkspaces(),
  }),
  optional: ['people', 'workspaces'],
  shape: ['facts', 'search', 'people'],
  cache: { forS: 30, tags: ['contacts', 'workspaces', 'users'] },
  watch: { topics: ['contacts', 'workspaces'] },
  view: ({ contact, people, workspaces }, params, draft, env) => {
    if (!contact.ok) return { title: env.t('contacts.one'), blocks: [] }
    const { value } = contact
    return {
      title: contactName(value),
      blocks: [
        { is: 'facts', items: [
          { label: env.t('common.email'), value: value.email, copy: true },
          { label: env.t('workspaces.one'), value: value.workspaceName, open: { screen: 'workspace', params: { workspaceId: value.workspaceId } } },
          { label: env.t('contacts.assignment'), value: value.assignedTo === null ? env.t('contacts.unassigned') : value.assignedTo.name || value.assignedTo.email, ...(value.assignedTo === null ? {} : { note: value.assignedTo.email, open: { screen: 'user' as const, params: { userId: value.assignedTo.id } } }) },
          { label: env.t('contacts.saved_on'), value: env.t.date(value.createdAt) },
        ] },
        ...actionBlocks(value, env),
        ...formBlocks(value, workspaces.ok ? workspaces.value : null, draft, env),
        ...(people.ok ? assignBlocks(value, people.value, params, env) : []),
      ],
    }
  },
})
