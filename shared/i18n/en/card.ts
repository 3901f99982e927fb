import type { Phrase } from '../phrase'

/** Phrases that only Gmail's cards say. */
export const card = {
  'card.copy': 'Select this text to copy it',
  'card.find_more': 'Add: {label}',
  'card.look_again': 'This was open for too long. Look at it again, then repeat your choice.',
  'card.sign_in_text': 'Gmail has not confirmed who you are. Allow Orgdesk to see your e-mail address when Gmail asks, then try again.',
} satisfies Record<string, Phrase>
