import type { Phrase } from '../phrase'

/** The first screen without an open mail. */
export const home = {
  'home.title': 'Home',
  'home.mail': 'People in the open mail',
  'home.users': 'Users',
  'home.licenses': 'Licenses',
  'home.domains': 'Domains',
  'home.log': 'Log',
  'home.workspaces': 'Workspaces',
  'home.contacts': 'Contacts',
  'home.roles': 'Roles',
  'home.imports': 'Imports',
  'home.organization': 'Organization',
  'home.me': 'My account',
  'home.unknown_title': 'You are not in an organization yet',
  'home.unknown_text': 'Open your activation mail to join, ask your administrator for a link, or sign in with another account.',
} satisfies Record<string, Phrase>
