import type { Phrase } from '../phrase'

/** Phrases that several screens share. */
export const screens = {
  'log.title': 'Log',
  'log.search': 'Search the log',
  'log.ip': 'IP address',
  'log.none_title': 'No events',
  'log.none_text': 'Nothing in the log matches. Change the search or clear the filters.',
  'log.none_yet': 'Nothing has happened yet.',
  'log.recent': 'Last events',
  'log_category.activity': 'Messages',
  'log_category.audit': 'Changes',
  'log_category.sign_in': 'Sign-ins',
  'licenses.none_title': 'No licenses yet',
  'licenses.none_text': 'Your organization has not bought any licenses.',
} satisfies Record<string, Phrase>
