import { fullName } from '../../kit/text'
import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import type { User } from '../../users/users.model'
import type { Workspace } from '../../workspaces/workspaces.model'
import { contactRow } from '../contacts/contacts.screen'
import { defineScreen, needParams } from '../define'
import { conflictsOf, theirsSince, typed, withShared } from '../forms'
import { userRow } from '../users/users.screen'
import type { Block, Draft, Env, Row } from '../vocabulary'
import { enabledBy, isOffered } from '../words'

type Replies = { workspace: ReplyOf<'workspaces.get'>; members: ReplyOf<'users.list'>; contacts: ReplyOf<'contacts.list'> }

const FIRST_CONTACTS = '10'

const memberRow = (user: User, workspace: Workspace, env: Env): Row => ({
  ...userRow(user, env),
  ...(isOffered(user.abilities, 'user.assign_workspaces') && isOffered(workspace.abilities, 'workspace.edit')
    ? { menu: [{ action: 'workspace.remove_member' as const, args: { workspaceId: workspace.id, userId: user.id, name: fullName(user), workspace: workspace.name }, label: env.t('workspaces.remove_member'), tone: 'danger' as const, enabled: enabledBy(user.abilities['user.assign_workspaces'], env) }] }
    : {}),
})

const memberBlocks = (workspace: Workspace, members: Replies['members'], env: Env): Block[] => {
  const rows = members.items.map((user) => memberRow(withShared(user, members), workspace, env))
  const list: Block = rows.length === 0
    ? { is: 'notice', tone: 'neutral', text: env.t('workspaces.no_members') }
    : { is: 'people', label: env.t('workspaces.members_title'), rows, page: { next: members.next, total: members.total } }
  const add: Block[] = isOffered(workspace.abilities, 'workspace.edit')
    ? [{ is: 'links', items: [{ label: env.t('workspaces.add_members'), icon: 'user', open: { screen: 'workspace_people', params: { workspaceId: workspace.id } } }] }]
    : []
  return [{ is: 'section', title: env.t('workspaces.members_title'), blocks: [...add, list] }]
}

const contactBlocks = (workspace: Workspace, contacts: Replies['contacts'], env: Env): Block[] => {
  const list: Block = contacts.items.length === 0
    ? { is: 'notice', tone: 'neutral', text: env.t('contacts.none_here') }
    : { is: 'people', icon: 'contact', label: env.t('contacts.title'), rows: contacts.items.map((contact) => contactRow(contact, env)), page: { next: null, total: contacts.total } }
  const all = { label: env.t('contacts.all_of_workspace'), icon: 'contact' as const, open: { screen: 'contacts' as const, params: { workspace: workspace.id } } }
  const add = { label: env.t('contacts.add'), icon: 'contact' as const, open: { screen: 'contact_add' as const, params: { workspaceId: workspace.id } } }
  return [{ is: 'section', title: env.t('contacts.title'), blocks: [list, { is: 'links', items: [...(workspace.contacts > 0 ? [all] : []), ...(isOffered(workspace.abilities, 'workspace.edit') ? [add] : [])] }] }]
}

const renameBlocks = (workspace: Workspace, draft: Draft, env: Env): Block[] => {
  if (!isOffered(workspace.abilities, 'workspace.edit')) return []
  const theirs = theirsSince(draft, workspace)
  const conflict = conflictsOf(draft, [{ field: 'name', label: env.t('common.name'), theirs: theirs?.name }])
  return [{
    is: 'section', title: env.t('workspaces.rename'), folded: draft.issues === undefined && theirs === null,
    blocks: [{
      is: 'form', id: 'workspace', version: theirs?.version ?? workspace.version, issues: draft.issues ?? [], ...(conflict.length > 0 ? { conflict } : {}),
      fields: [{ as: 'text', name: 'name', label: env.t('common.name'), required: true, value: typed(draft, 'name', theirs?.name ?? workspace.name) }],
      submit: { action: 'workspace.rename', args: { workspaceId: workspace.id, version: String(theirs?.version ?? workspace.version) }, label: env.t('common.save'), tone: 'primary', enabled: enabledBy(workspace.abilities['workspace.edit'], env) },
    }],
  }]
}

const removeBlocks = (workspace: Workspace, env: Env): Block[] => (isOffered(workspace.abilities, 'workspace.remove')
  ? [{ is: 'actions', items: [{ action: 'workspace.remove', args: { workspaceId: workspace.id, name: workspace.name }, label: env.t('workspaces.remove'), tone: 'danger', enabled: enabledBy(workspace.abilities['workspace.remove'], env) }] }]
  : [])

/** One workspace: its members, its contacts, its name. */
export const workspaceScreen = defineScreen<Replies>({
  id: 'workspace',
  parse: needParams('workspaceId'),
  needs: (params, env) => ({
    workspace: call('workspaces.get', { params: { workspaceId: params['workspaceId'] ?? '' } }),
    members: call('users.list', { query: { workspace: params['workspaceId'], cursor: params['cursor'], limit: String(env.can.pageSize) } }),
    contacts: call('contacts.list', { query: { workspace: params['workspaceId'], limit: FIRST_CONTACTS } }),
  }),
  // Who may not see users sees a workspace of theirs without the list of its members.
  optional: ['members', 'contacts'],
  shape: ['people', 'people', 'form'],
  cache: { forS: 30, tags: ['workspaces', 'contacts', 'users'] },
  watch: { topics: ['workspaces', 'contacts'] },
  view: ({ workspace, members, contacts }, _params, draft, env) => {
    if (!workspace.ok) return { title: env.t('workspaces.one'), blocks: [] }
    const { value } = workspace
    return {
      title: value.name,
      blocks: [
        { is: 'facts', items: [
          { label: env.t('workspaces.members_title'), value: env.t.number(value.members) },
          { label: env.t('contacts.title'), value: env.t.number(value.contacts) },
          { label: env.t('workspaces.added_on'), value: env.t.date(value.createdAt) },
        ] },
        ...(contacts.ok ? contactBlocks(value, contacts.value, env) : []),
        ...renameBlocks(value, draft, env),
        ...removeBlocks(value, env),
        ...(members.ok ? memberBlocks(value, members.value, env) : []),
      ],
    }
  },
})
