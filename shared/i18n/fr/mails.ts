import type { mails as en } from '../en/mails'
import type { Phrase } from '../phrase'

/** Phrases of the area mails. */
export const mails = {
  'mails.greeting': 'Bonjour {name},',
  'mails.greeting_unnamed': 'Bonjour,',
  'mails.activation_subject': 'Votre invitation à rejoindre {organization}',
  'mails.activation_intro_by': '{inviter} vous invite à rejoindre {organization}.',
  'mails.activation_intro': 'Vous êtes invité à rejoindre {organization}.',
  'mails.activation_license': 'Votre licence : {plan_name}.',
  'mails.activation_action': 'Activer',
  'mails.activation_how': 'Si Orgdesk est installé dans votre messagerie, ouvrez-le à côté de cet e-mail et choisissez Activer. Sinon, utilisez ce lien :',
  'mails.activation_until': 'Ce lien est personnel et ne sert qu’une fois, jusqu’au {date}.',
  'mails.activation_unexpected': 'Vous ne vous attendiez pas à cet e-mail ? Laissez-le de côté : rien ne se passe tout seul.',
  'mails.support': 'Obtenir de l’aide : {url}',
} satisfies Record<keyof typeof en, Phrase>
