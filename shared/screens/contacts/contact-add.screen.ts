import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { compact, defineScreen } from '../define'
import { option, typed } from '../forms'
import type { Block, Draft, Env, Params } from '../vocabulary'
import { enabledBy } from '../words'

type Replies = { workspaces: ReplyOf<'workspaces.list'> }

const ALL_WORKSPACES = '200'
const PARTS = ['email', 'name', 'workspaceId'] as const

const formBlock = ({ items }: Replies['workspaces'], params: Params, draft: Draft, env: Env): Block => ({
  is: 'form', id: 'contact_add', issues: draft.issues ?? [],
  fields: [
    { as: 'email', name: 'email', label: env.t('common.email'), required: true, value: typed(draft, 'email', params['email'] ?? '') },
    { as: 'text', name: 'name', label: env.t('common.name'), value: typed(draft, 'name', params['name'] ?? '') },
    { as: 'one', name: 'workspaceId', label: env.t('workspaces.one'), required: true, options: items.map(({ id, name }) => option(id, name)), value: [typed(draft, 'workspaceId', params['workspaceId'] ?? items[0]?.id ?? '')] },
  ],
  submit: {
    action: 'contact.add', args: compact({ email: params['email'], name: params['name'], workspaceId: params['workspaceId'] ?? items[0]?.id }), label: env.t('contacts.save'), tone: 'primary',
    enabled: enabledBy(env.viewer?.abilities['contacts.add'], env),
  },
})

/** Saving an outside person as a contact: typed, or brought along from the open mail. */
export const contactAddScreen = defineScreen<Replies>({
  id: 'contact_add',
  parse: (params) => ({ ok: true, params: compact(Object.fromEntries(PARTS.map((name) => [name, params[name]]))) }),
  needs: () => ({ workspaces: call('workspaces.list', { query: { limit: ALL_WORKSPACES } }) }),
  shape: ['form'],
  cache: { forS: 60, tags: ['workspaces'] },
  view: ({ workspaces }, params, draft, env) => {
    const title = env.t('contacts.add')
    if (!workspaces.ok) return { title, blocks: [] }
    if (workspaces.value.items.length === 0) return { title, blocks: [{ is: 'empty', title: env.t('workspaces.none_title'), text: env.t('contacts.needs_workspace') }, { is: 'links', items: [{ label: env.t('workspaces.title'), icon: 'workspace', open: { screen: 'workspaces', params: {} } }] }] }
    return { title, blocks: [formBlock(workspaces.value, params, draft, env)] }
  },
})
