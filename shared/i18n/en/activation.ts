import type { Phrase } from '../phrase'

/** Activating one’s own license, and sending the link. */
export const activation = {
  'activation.title': 'Your activation',
  'activation.offer': '{organization} has given you a {plan} license.',
  'activation.offer_by': '{inviter} of {organization} has given you a {plan} license.',
  'activation.offer_without_license': '{organization} invites you to join.',
  'activation.offer_by_without_license': '{inviter} invites you to join {organization}.',
  'activation.expires': 'Valid until {date}.',
  'activation.activate': 'Activate',
  'activation.by_code': 'Activate with a mailed code',
  'activation.sent': 'The activation link is on its way to {name}. It works until {date}.',
  'activation.done': 'Your {plan} license of {organization} is active.',
  'activation.done_without_license': 'You have joined {organization}.',
  'activation.code_title': 'Enter the code',
  'activation.code': '6-digit code',
  'activation.code_hint': 'We mailed it to the address that was invited. It works for 10 minutes.',
  'activation.code_sent': 'If the link is still valid, a code is on its way.',
  'activation.code_again': 'Send a new code',
  'activation.pending_title': 'Waiting for you',
  'activation.pending_none_title': 'Nothing to activate',
  'activation.pending_none_text': 'When an organization gives you a license, it appears here.',
} satisfies Record<string, Phrase>
