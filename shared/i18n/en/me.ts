import type { Phrase } from '../phrase'

/** My account: own profile, license, security, identities and quick links. */
export const me = {
  'me.title': 'My account',
  'me.profile': 'Profile',
  'me.security_hint': 'You can make these settings stricter. Only an administrator can loosen them.',
  'me.identities': 'Sign-in identities',
  'me.license_since': 'Active since {date}',
  'me.license_until': 'Valid until {date}',
  'me.messages_left': 'Messages left this month',
  'me.links': 'Quick links',
  'me.activity': 'My activity',
  'me.messages': 'My messages',
  'me.organization': 'Organization',
  'me.organizations': 'Your other organizations',
  'me.change_organization': 'Change to {organization}',
  'me.organization_changed': 'You are now working in {organization}.',
  'me.session': 'Sign-in',
  'me.sign_out_question': 'Orgdesk forgets you on this device, and what you have typed and not sent is discarded. You stay signed in to your mailbox.',
  'me.signed_in_by_client': 'Your mail client signs you in as {email}. To use another account, change the account there.',
  'me.saved': 'Your account has been updated.',
} satisfies Record<string, Phrase>
