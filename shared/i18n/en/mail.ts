import type { Phrase } from '../phrase'

/** The people of the open mail. */
export const mail = {
  'mail.title': 'People in this mail',
  'mail.known': { one: '{count} person of your organization', other: '{count} people of your organization' },
  'mail.strangers': { one: '{count} other person', other: '{count} other people' },
  'mail.unreadable': { one: '{count} address could not be read: {addresses}', other: '{count} addresses could not be read, among them {addresses}' },
  'mail.none_title': 'No mail is open',
  'mail.none_text': 'Open a mail to see who its people are in your organization.',
  'mail.nobody_title': 'Nobody but you',
  'mail.nobody_text': 'This mail names no other person. Open another one, or search for somebody in the users list.',
  'mail.check': 'Check this mail',
  'mail.check_text': 'The content of this mail has not been read. Check it to find an activation link or a tracked message.',
  'mail.save_contact': 'Save as contact',
  'mail.assign': 'Assign a license: {plan} ({count} left)',
  'address_domain.approved': 'Domain approved',
  'address_domain.pending': 'Domain not proved yet',
  'address_domain.public': 'Public mailbox',
  'address_domain.unclaimed': 'Domain not claimed',
  'address_domain.failed': 'Domain not proved in time',
  'address_domain.refused': 'Domain refused',
  'address_domain.contested': 'Domain contested',
} satisfies Record<string, Phrase>
