import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { compact, defineAction } from '../define'
import { touched, typed } from '../forms'
import type { Params } from '../vocabulary'
import { contactLink } from './contact-link'
import { contactName } from './contacts.screen'

const contactId = (args: Params) => ({ contactId: args['contactId'] ?? '' })
const versionOf = (args: Params): number => Number(args['version'] ?? 1)

/** Saving, editing, assigning and removing contacts. */
export const contactsActions = {
  /** From the open mail: opens the form with the address and name that stand there. */
  'contact.start': defineAction({
    confirm: 'never',
    then: (_reply, args) => [{ do: 'open', to: { screen: 'contact_add', params: compact({ email: args['email'], name: args['name'] }) } }],
    changes: [],
  }),
  'contact.add': defineAction<ReplyOf<'contacts.add'>>({
    check: (args, draft) => (['email', 'workspaceId'] as const).flatMap((path) => (typed(draft, path, args[path] ?? '').trim() === '' ? [{ code: 'field.required' as const, path }] : [])),
    confirm: 'never',
    request: (args, draft) => call('contacts.add', { body: { email: typed(draft, 'email', args['email'] ?? ''), name: typed(draft, 'name', args['name'] ?? ''), workspaceId: typed(draft, 'workspaceId', args['workspaceId'] ?? '') } }),
    then: (contact, _args, _draft, env) => [
      { do: 'notify', tone: 'success', text: env.t('contacts.was_saved', { name: contactName(contact), workspace: contact.workspaceName }) },
      { do: 'replace', to: contactLink(contact) },
    ],
    changes: ['contacts', 'workspaces', 'mail'],
  }),
  'contact.edit': defineAction<ReplyOf<'contacts.edit'>>({
    confirm: 'never',
    request: (args, draft) => call('contacts.edit', { params: contactId(args), body: { name: touched(draft, 'name'), workspaceId: touched(draft, 'workspaceId') }, version: versionOf(args) }),
    then: (contact, _args, _draft, env) => [
      { do: 'notify', tone: 'success', text: env.t('contacts.was_edited', { name: contactName(contact) }) },
      // In another workspace other people can be assigned.
      { do: 'replace', to: contactLink(contact) },
    ],
    changes: ['contacts', 'workspaces', 'mail'],
  }),
  /** Without `to` the contact becomes nobody's. */
  'contact.assign': defineAction<ReplyOf<'contacts.edit'>>({
    confirm: 'never',
    request: (args) => call('contacts.edit', { params: contactId(args), body: { assignedTo: args['to'] ? args['to'] : null }, version: versionOf(args) }),
    then: (contact, args, _draft, env) => [{
      do: 'notify', tone: 'success',
      text: contact.assignedTo === null ? env.t('contacts.was_unassigned', { name: contactName(contact) }) : env.t('contacts.was_assigned', { name: contactName(contact), to: args['toName'] ?? contact.assignedTo.email }),
    }],
    changes: ['contacts', 'mail'],
  }),
  'contact.remove': defineAction<ReplyOf<'contacts.remove'>>({
    confirm: 'always',
    question: (args, _draft, env) => env.t('contacts.remove_question', { name: args['name'] ?? '' }),
    request: (args) => call('contacts.remove', { params: contactId(args) }),
    then: (_reply, args, _draft, env) => [
      { do: 'notify', tone: 'success', text: env.t('contacts.was_removed', { name: args['name'] ?? '' }) },
      { do: 'replace', to: { screen: 'contacts', params: {} } },
    ],
    changes: ['contacts', 'workspaces', 'mail'],
  }),
  'contacts.reassign': defineAction<ReplyOf<'contacts.reassign'>>({
    confirm: 'always',
    question: (args, _draft, env) => (args['to'] === undefined ? env.t('contacts.unassign_all_question', { name: args['fromName'] ?? '' }) : env.t('contacts.reassign_question', { name: args['fromName'] ?? '', to: args['toName'] ?? '' })),
    request: (args) => call('contacts.reassign', { body: { fromUserId: args['from'] ?? '', toUserId: args['to'] ?? null, workspaceId: args['workspaceId'] } }),
    then: (reply, _args, _draft, env) => [{ do: 'notify', tone: 'success', text: env.t('contacts.moved', { count: reply.moved }) }, { do: 'replace', to: { screen: 'contacts', params: {} } }],
    changes: ['contacts', 'mail'],
  }),
}
