import type { Phrase } from '../phrase'

/** What only the activation page says, which a browser opens without any of the add-ins. */
export const page = {
  'activation.page_title': 'Activate your account',
  'activation.page_looking': 'Looking up your invitation…',
  'activation.page_organization': 'Organization',
  'activation.page_inviter': 'Invited by',
  'activation.page_license': 'License',
  'activation.page_address': 'Address',
  'activation.page_until': 'Valid until',
  'activation.page_why_code': 'To make sure that it is you, we mail a 6-digit code to {email}.',
  'activation.page_send_code': 'Send me a code',
  'activation.page_have_code': 'I already have a code',
  'activation.page_code_on_its_way': 'A code is on its way to {email}. It works for 10 minutes. Look into the spam folder too.',
  'activation.page_done_title': 'You are in',
  'activation.page_next': 'What comes next',
  'activation.page_next_outlook': 'In Outlook, open any mail and choose Orgdesk among its apps.',
  'activation.page_next_gmail': 'In Gmail, open any mail and choose Orgdesk in the panel on the right.',
  'activation.page_next_sign_in': 'Sign in there with the address that was invited. Is Orgdesk missing? Ask your administrator to install it for you.',
  'activation.page_dead_title': 'This link can’t be used',
  'activation.page_unknown': 'No activation link was found here. Open the link in the newest invitation mail, and copy it whole if you paste it.',
  'activation.page_support': 'Get help',
  'activation.page_language': 'Language',
} satisfies Record<string, Phrase>
