import type { Phrase } from '../phrase'

/** Phrases of the area mails. */
export const mails = {
  'mails.greeting': 'Hello {name},',
  'mails.greeting_unnamed': 'Hello,',
  'mails.activation_subject': 'Your invitation to {organization}',
  'mails.activation_intro_by': '{inviter} has invited you to {organization}.',
  'mails.activation_intro': 'You have been invited to {organization}.',
  'mails.activation_license': 'Your license: {plan_name}.',
  'mails.activation_action': 'Activate',
  'mails.activation_how': 'If Orgdesk is in your mail client, open it beside this mail and choose Activate. Otherwise use this link:',
  'mails.activation_until': 'The link is for you alone and works once, until {date}.',
  'mails.activation_unexpected': 'You did not expect this? Then leave this mail alone: nothing happens by itself.',
  'mails.support': 'Get help: {url}',
} satisfies Record<string, Phrase>
