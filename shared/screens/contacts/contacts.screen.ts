import { fullName, initials } from '../../kit/text'
import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import type { Contact } from '../../workspaces/workspaces.model'
import { compact, defineScreen } from '../define'
import { option } from '../forms'
import type { Block, Env, Field, Params, Row } from '../vocabulary'
import { firstWorkspaces, placeOf, placesOf, workspaceField, type Places } from '../workspaces/workspace-field'
import { contactLink } from './contact-link'

type Replies = { contacts: ReplyOf<'contacts.list'>; workspaces: ReplyOf<'workspaces.list'>; place?: ReplyOf<'workspaces.get'>; assignee?: ReplyOf<'users.get'> }

const FILTERS = ['workspace', 'assigned_to'] as const
const KNOWN = ['q', 'cursor', ...FILTERS]

/** A contact's name, or its address. */
export const contactName = (contact: Pick<Contact, 'name' | 'email'>): string => contact.name || contact.email

/** Whose a contact is, in words. */
export const assigneeText = (contact: Contact, env: Env): string => (contact.assignedTo === null ? env.t('contacts.unassigned') : env.t('contacts.assigned_to', { name: contact.assignedTo.name || contact.assignedTo.email }))

/** One contact as a row, wherever contacts are listed. */
export const contactRow = (contact: Contact, env: Env): Row => ({
  id: contact.id,
  title: contactName(contact),
  sub: [contact.name ? contact.email : '', contact.workspaceName, assigneeText(contact, env)].filter(Boolean).join(' · '),
  avatar: initials({ firstName: contact.name, lastName: '', email: contact.email }),
  open: contactLink(contact),
})

/** Whether the list is narrowed to the contacts of one other user. */
const isOthers = (params: Params, env: Env): boolean => !['', 'none', env.viewer?.user?.id].includes(params['assigned_to'] ?? '')

const filters = (params: Params, places: Places, assignee: string | null, env: Env): Field[] => {
  const assigned = params['assigned_to'] ?? ''
  return [
    workspaceField(places, params['workspace'] ?? '', { name: 'workspace', label: env.t('filter.workspace'), none: env.t('filter.any') }, env),
    {
      as: 'one', name: 'assigned_to', label: env.t('contacts.assignment'), value: [assigned],
      options: [
        option('', env.t('filter.any')), option('none', env.t('contacts.unassigned')), ...(env.viewer?.user ? [option(env.viewer.user.id, env.t('contacts.mine'))] : []),
        ...(isOthers(params, env) ? [option(assigned, assignee ?? env.t('contacts.of_one_user'))] : []),
      ],
    },
  ]
}

const listBlock = (contacts: Replies['contacts'], active: boolean, env: Env): Block => {
  if (contacts.items.length > 0) return { is: 'people', icon: 'contact', label: env.t('contacts.title'), rows: contacts.items.map((contact) => contactRow(contact, env)), page: { next: contacts.next, total: contacts.total } }
  return active
    ? { is: 'empty', title: env.t('contacts.none_found_title'), text: env.t('contacts.none_found_text') }
    : { is: 'empty', title: env.t('contacts.none_title'), text: env.t('contacts.none_text') }
}

const linkBlocks = (params: Params, env: Env): Block[] => {
  if (env.viewer?.abilities['contacts.add'] !== true) return []
  const from = params['assigned_to']
  return [{ is: 'links', items: [
    { label: env.t('contacts.add'), icon: 'contact', open: { screen: 'contact_add', params: compact({ workspaceId: params['workspace'] }) } },
    ...(from === undefined || from === 'none' ? [] : [{ label: env.t('contacts.reassign_all'), icon: 'user' as const, open: { screen: 'contacts_reassign' as const, params: compact({ from, workspace: params['workspace'] }) } }]),
  ] }]
}

/** The outside people of the workspaces that the viewer may know of. */
export const contactsScreen = defineScreen<Replies>({
  id: 'contacts',
  parse: (params) => ({ ok: true, params: compact(Object.fromEntries(KNOWN.map((name) => [name, params[name]]))) }),
  needs: (params, env) => ({
    contacts: call('contacts.list', { query: { ...params, limit: String(env.can.pageSize) } }),
    workspaces: firstWorkspaces(),
    ...placeOf(params['workspace']),
    ...(isOthers(params, env) ? { assignee: call('users.get', { params: { userId: params['assigned_to'] ?? '' } }) } : {}),
  }),
  optional: ['workspaces', 'place', 'assignee'],
  shape: ['search', 'people'],
  cache: { forS: 30, tags: ['contacts', 'workspaces'] },
  watch: { topics: ['contacts', 'workspaces'] },
  view: ({ contacts, workspaces, place, assignee }, params, draft, env) => {
    const title = env.t('contacts.title')
    if (!contacts.ok) return { title, blocks: [] }
    const { total } = contacts.value
    const active = FILTERS.filter((name) => params[name] !== undefined).length
    return {
      title,
      blocks: [
        { is: 'search', q: params['q'] ?? '', placeholder: env.t('contacts.search'), filters: filters(params, placesOf(workspaces.ok ? workspaces.value : null, draft, place?.ok && place.value ? [place.value] : []), assignee?.ok && assignee.value ? fullName(assignee.value) : null, env), active, ...(total === undefined ? {} : { count: total, countText: env.t('contacts.count', { count: total }) }) },
        ...linkBlocks(params, env),
        listBlock(contacts.value, active > 0 || params['q'] !== undefined, env),
      ],
    }
  },
})
