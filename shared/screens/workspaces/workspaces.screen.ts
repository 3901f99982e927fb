import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import type { Workspace } from '../../workspaces/workspaces.model'
import { compact, defineScreen } from '../define'
import { typed } from '../forms'
import type { Block, Draft, Env, Params, Row } from '../vocabulary'
import { enabledBy } from '../words'

type Replies = { workspaces: ReplyOf<'workspaces.list'> }

/** "3 members · 12 contacts". */
export const workspaceCounts = (workspace: Workspace, env: Env): string => [env.t('workspaces.members', { count: workspace.members }), env.t('workspaces.contacts', { count: workspace.contacts })].join(' · ')

/** One workspace as a row, wherever workspaces are listed. */
export const workspaceRow = (workspace: Workspace, env: Env): Row => ({ id: workspace.id, title: workspace.name, sub: workspaceCounts(workspace, env), open: { screen: 'workspace', params: { workspaceId: workspace.id } } })

const listBlock = (list: Replies['workspaces'], params: Params, env: Env): Block => {
  if (list.items.length > 0) return { is: 'people', icon: 'workspace', label: env.t('workspaces.title'), rows: list.items.map((workspace) => workspaceRow(workspace, env)), page: { next: list.next, total: list.total } }
  return params['q'] === undefined
    ? { is: 'empty', title: env.t('workspaces.none_title'), text: env.t('workspaces.none_text') }
    : { is: 'empty', title: env.t('workspaces.none_found_title'), text: env.t('workspaces.none_found_text') }
}

const addBlocks = (draft: Draft, folded: boolean, env: Env): Block[] => {
  if (env.viewer?.abilities['workspaces.add'] !== true) return []
  return [{
    is: 'section', title: env.t('workspaces.add'), folded,
    blocks: [{
      is: 'form', id: 'workspace_add', issues: draft.issues ?? [],
      fields: [{ as: 'text', name: 'name', label: env.t('common.name'), required: true, value: typed(draft, 'name', '') }],
      submit: { action: 'workspace.add', args: {}, label: env.t('workspaces.add'), tone: 'primary', enabled: enabledBy(env.viewer.abilities['workspaces.add'], env) },
    }],
  }]
}

/** The workspaces that the viewer may know of, by name: all of them, or those of one user (`member`). */
export const workspacesScreen = defineScreen<Replies>({
  id: 'workspaces',
  parse: (params) => ({ ok: true, params: compact({ q: params['q'], cursor: params['cursor'], member: params['member'] }) }),
  needs: (params, env) => ({ workspaces: call('workspaces.list', { query: { q: params['q'], cursor: params['cursor'], member: params['member'], limit: String(env.can.pageSize) } }) }),
  shape: ['search', 'people'],
  cache: { forS: 30, tags: ['workspaces', 'contacts', 'users'] },
  watch: { topics: ['workspaces', 'contacts'] },
  view: ({ workspaces }, params, draft, env) => {
    const ofOne = params['member'] !== undefined
    const title = env.t(ofOne ? 'user.all_workspaces' : 'workspaces.title')
    if (!workspaces.ok) return { title, blocks: [] }
    const { total, items } = workspaces.value
    return {
      title,
      blocks: [
        { is: 'search', q: params['q'] ?? '', placeholder: env.t('workspaces.search'), filters: [], active: 0, ...(total === undefined ? {} : { count: total, countText: env.t('workspaces.count', { count: total }) }) },
        ...(ofOne ? [] : addBlocks(draft, items.length > 0, env)),
        { is: 'links', items: [{ label: env.t('workspaces.all_contacts'), icon: 'contact', open: { screen: 'contacts', params: {} } }] },
        listBlock(workspaces.value, params, env),
      ],
    }
  },
})
