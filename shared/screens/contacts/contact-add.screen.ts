import type { ReplyOf } from '../../api/contract'
import { compact, defineScreen } from '../define'
import { typed } from '../forms'
import type { Block, Draft, Env, Params } from '../vocabulary'
import { enabledBy } from '../words'
import { firstWorkspaces, placeOf, placesOf, workspaceField, type Places } from '../workspaces/workspace-field'

type Replies = { workspaces: ReplyOf<'workspaces.list'>; place?: ReplyOf<'workspaces.get'> }

const PARTS = ['email', 'name', 'workspaceId'] as const

const formBlock = (places: Places, workspaceId: string | undefined, params: Params, draft: Draft, env: Env): Block => ({
  is: 'form', id: 'contact_add', issues: draft.issues ?? [],
  fields: [
    { as: 'email', name: 'email', label: env.t('common.email'), required: true, value: typed(draft, 'email', params['email'] ?? '') },
    { as: 'text', name: 'name', label: env.t('common.name'), value: typed(draft, 'name', params['name'] ?? '') },
    workspaceField(places, typed(draft, 'workspaceId', workspaceId), { name: 'workspaceId', label: env.t('workspaces.one'), required: true }, env),
  ],
  submit: {
    action: 'contact.add', args: compact({ email: params['email'], name: params['name'], workspaceId }), label: env.t('contacts.save'), tone: 'primary',
    enabled: enabledBy(env.viewer?.abilities['contacts.add'], env),
  },
})

/** Saving an outside person as a contact: typed, or brought along from the open mail. */
export const contactAddScreen = defineScreen<Replies>({
  id: 'contact_add',
  parse: (params) => ({ ok: true, params: compact(Object.fromEntries(PARTS.map((name) => [name, params[name]]))) }),
  needs: (params) => ({ workspaces: firstWorkspaces(), ...placeOf(params['workspaceId']) }),
  optional: ['place'],
  shape: ['form'],
  cache: { forS: 60, tags: ['workspaces'] },
  view: ({ workspaces, place }, params, draft, env) => {
    const title = env.t('contacts.add')
    if (!workspaces.ok) return { title, blocks: [] }
    if (workspaces.value.items.length === 0) return { title, blocks: [{ is: 'empty', title: env.t('workspaces.none_title'), text: env.t('contacts.needs_workspace') }, { is: 'links', items: [{ label: env.t('workspaces.title'), icon: 'workspace', open: { screen: 'workspaces', params: {} } }] }] }
    const places = placesOf(workspaces.value, draft, place?.ok && place.value ? [place.value] : [])
    // The first of a short list will do; the first of thousands is nobody's choice.
    const workspaceId = params['workspaceId'] ?? (places.isCut ? undefined : places.listed[0]?.value)
    return { title, blocks: [formBlock(places, workspaceId, params, draft, env)] }
  },
})
