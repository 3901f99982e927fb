import type { Phrase } from '../phrase'

/** My account: own profile, license, security, identities and quick links. */
export const me = {
  'me.title': 'My account',
  'me.profile': 'Profile',
  'me.license': 'License',
  'me.license_expires': 'Expires on',
  'me.messages_left': { one: '{count} message left this month', other: '{count} messages left this month' },
  'me.messages_unlimited': 'Unlimited messages',
  'me.security': 'Security',
  'me.security_hint': 'You can make these settings stricter. Only an administrator can loosen them.',
  'me.identities': 'Sign-in identities',
  'me.links': 'Quick links',
  'me.activity': 'My activity',
  'me.messages': 'My messages',
  'me.organization': 'Organization',
  'me.saved': 'Your account has been updated.',
} satisfies Record<string, Phrase>
