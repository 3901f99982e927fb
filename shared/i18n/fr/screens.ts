import type { screens as en } from '../en/screens'
import type { Phrase } from '../phrase'

/** Phrases that several screens share. */
export const screens = {
  'log.title': 'Historique',
  'log.search': 'Rechercher dans l’historique',
  'log.ip': 'Adresse IP',
  'log.none_title': 'Aucun événement',
  'log.none_text': 'Rien dans l’historique ne correspond. Modifiez la recherche ou effacez les filtres.',
  'log.none_yet': 'Rien ne s’est encore passé.',
  'log.recent': 'Derniers événements',
  'log_category.activity': 'Messages',
  'log_category.audit': 'Modifications',
  'log_category.sign_in': 'Connexions',
  'licenses.none_title': 'Aucune licence pour l’instant',
  'licenses.none_text': 'Votre organisation n’a acheté aucune licence.',
} satisfies Record<keyof typeof en, Phrase>
