import { fullName } from '../../kit/text'
import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import type { User } from '../../users/users.model'
import type { Workspace } from '../../workspaces/workspaces.model'
import { defineScreen, needParams } from '../define'
import { withShared } from '../forms'
import { userRow } from '../users/users.screen'
import type { Block, Env, Row } from '../vocabulary'
import { enabledBy } from '../words'

type Replies = { workspace: ReplyOf<'workspaces.get'>; users: ReplyOf<'users.list'> }

const row = (user: User, workspace: Workspace, env: Env): Row => {
  if (user.workspaceIds.includes(workspace.id)) return { ...userRow(user, env), badge: { text: env.t('workspaces.is_member'), tone: 'success' } }
  return {
    ...userRow(user, env),
    menu: [{ action: 'workspace.add_member', args: { workspaceId: workspace.id, userId: user.id, name: fullName(user), workspace: workspace.name }, label: env.t('workspaces.add_member'), tone: 'primary', enabled: enabledBy(user.abilities['user.assign_workspaces'], env) }],
  }
}

const listBlock = (users: Replies['users'], workspace: Workspace, env: Env): Block => (users.items.length === 0
  ? { is: 'empty', title: env.t('users.none_found_title'), text: env.t('users.none_found_text') }
  : { is: 'people', label: env.t('users.title'), rows: users.items.map((user) => row(withShared(user, users), workspace, env)), page: { next: users.next, total: users.total } })

/** Finding people of the organization to put into one workspace. */
export const workspacePeopleScreen = defineScreen<Replies>({
  id: 'workspace_people',
  parse: needParams('workspaceId'),
  needs: (params, env) => ({
    workspace: call('workspaces.get', { params: { workspaceId: params['workspaceId'] ?? '' } }),
    users: call('users.list', { query: { q: params['q'], cursor: params['cursor'], limit: String(env.can.pageSize) } }),
  }),
  shape: ['search', 'people'],
  cache: { forS: 30, tags: ['workspaces', 'users'] },
  view: ({ workspace, users }, params, _draft, env) => {
    if (!workspace.ok || !users.ok) return { title: env.t('workspaces.add_members'), blocks: [] }
    return {
      title: env.t('workspaces.add_members_to', { name: workspace.value.name }),
      blocks: [{ is: 'search', q: params['q'] ?? '', placeholder: env.t('users.search'), filters: [], active: 0 }, listBlock(users.value, workspace.value, env)],
    }
  },
})
