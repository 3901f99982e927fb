import type { mail as en } from '../en/mail'
import type { Phrase } from '../phrase'

/** The people of the open mail. */
export const mail = {
  'mail.title': 'Personnes de cet e-mail',
  'mail.known': { one: '{count} personne de votre organisation', other: '{count} personnes de votre organisation' },
  'mail.strangers': { one: '{count} autre personne', other: '{count} autres personnes' },
  'mail.unreadable': { one: '{count} adresse n’a pas pu être lue : {addresses}', other: '{count} adresses n’ont pas pu être lues, dont {addresses}' },
  'mail.none_title': 'Aucun e-mail ouvert',
  'mail.none_text': 'Ouvrez un e-mail pour voir qui sont ses correspondants dans votre organisation.',
  'mail.nobody_title': 'Personne d’autre que vous',
  'mail.nobody_text': 'Cet e-mail ne mentionne personne d’autre. Ouvrez-en un autre ou cherchez quelqu’un dans la liste des utilisateurs.',
  'mail.check': 'Vérifier cet e-mail',
  'mail.check_text': 'Le contenu de cet e-mail n’a pas été lu. Vérifiez-le pour y trouver un lien d’activation ou un message suivi.',
  'mail.save_contact': 'Enregistrer comme contact',
  'mail.assign': 'Attribuer une licence : {plan} (il en reste {count})',
  'address_domain.approved': 'Domaine approuvé',
  'address_domain.pending': 'Domaine pas encore prouvé',
  'address_domain.public': 'Messagerie publique',
  'address_domain.unclaimed': 'Domaine non revendiqué',
  'address_domain.failed': 'Domaine non prouvé à temps',
  'address_domain.refused': 'Domaine refusé',
  'address_domain.contested': 'Domaine contesté',
} satisfies Record<keyof typeof en, Phrase>
