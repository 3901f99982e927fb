import type { Phrase } from '../phrase'

/** The organization and its settings. */
export const organization = {
  'organization.title': 'Organization',
  'organization.address': 'Address',
  'organization.contact_email': 'Contact e-mail',
  'organization.default_language': 'Language of new users',
  'organization.created_on': 'Created on',
  'organization.allowPublicDomains': 'Admit public mailboxes',
  'organization.allowPublicDomains_explained': 'People with an address at gmail.com and the like can be added without an approved domain.',
  'organization.sendActivationOnAssign': 'Send the activation link at once',
  'organization.sendActivationOnAssign_explained': 'Who is assigned a license gets the link by mail without a further click.',
  'organization.requireSecondFactor': 'Require a second factor of everybody',
  'organization.requireSecondFactor_explained': 'Counts for every user, whatever their own setting.',
  'organization.protectedReplies': 'Protect replies',
  'organization.protectedReplies_explained': 'Answers to messages stay within the secure service.',
  'organization.retention': 'Months of log to keep',
  'organization.retention_explained': 'Leave empty to keep everything.',
  'organization.changed_meanwhile': 'Somebody else changed the organization in the meantime. Check the values, then save again.',
  'organization.delete': 'Delete the organization',
  'organization.delete_explained': 'Nobody will be able to sign in any more. You will see first what is affected.',
  'organization.was_saved': 'The organization has been saved.',
  'organization.was_deleted': 'The organization {name} has been deleted.',
} satisfies Record<string, Phrase>
