import type { ReplyOf } from '../../api/contract'
import type { User } from '../../users/users.model'
import { contactRow } from '../contacts/contacts.screen'
import type { Block, Env, Link } from '../vocabulary'
import { workspaceRow } from '../workspaces/workspaces.screen'

/** What belongs to one user besides the license, on their own screen. */

/** As many are shown at once; a list of its own has the others. */
export const SHOWN_OF_USER = '5'

const all = (label: string, icon: 'workspace' | 'contact', open: Link): Block => ({ is: 'links', items: [{ label, icon, open }] })

/** The workspaces of a user that the viewer may know of. */
export const workspacesSection = (user: User, list: ReplyOf<'workspaces.list'>, env: Env): Block => ({
  is: 'section', title: env.t('workspaces.title'),
  blocks: list.items.length === 0
    ? [{ is: 'notice', tone: 'neutral', text: env.t('user.no_workspaces') }]
    : [
        { is: 'people', icon: 'workspace', label: env.t('workspaces.title'), rows: list.items.map((workspace) => workspaceRow(workspace, env)), page: { next: null, total: list.total } },
        ...(list.next === null ? [] : [all(env.t('user.all_workspaces'), 'workspace', { screen: 'workspaces', params: { member: user.id } })]),
      ],
})

/** The contacts of a user that the viewer may know of; all of them can be handed over from their list. */
export const contactsSection = (user: User, list: ReplyOf<'contacts.list'>, env: Env): Block => ({
  is: 'section', title: env.t('contacts.title'),
  blocks: list.items.length === 0
    ? [{ is: 'notice', tone: 'neutral', text: env.t('user.no_contacts') }]
    : [
        { is: 'people', icon: 'contact', label: env.t('contacts.title'), rows: list.items.map((contact) => ({ ...contactRow(contact, env), sub: [contact.name ? contact.email : '', contact.workspaceName].filter(Boolean).join(' · ') })), page: { next: null, total: list.total } },
        all(env.t('user.all_contacts'), 'contact', { screen: 'contacts', params: { assigned_to: user.id } }),
      ],
})

/** How a user's account is secured. */
export const securitySection = ({ security }: User, env: Env): Block => ({
  is: 'section', title: env.t('user.security'),
  blocks: [{ is: 'facts', items: (['secondFactor', 'protectedReplies'] as const).map((name) => ({ label: env.t(name === 'secondFactor' ? 'user.second_factor' : 'user.protected_replies'), value: env.t(security[name] ? 'common.on' : 'common.off') })) }],
})
