import type { home as en } from '../en/home'
import type { Phrase } from '../phrase'

/** The first screen without an open mail. */
export const home = {
  'home.title': 'Accueil',
  'home.mail': 'Personnes de l’e-mail ouvert',
  'home.users': 'Utilisateurs',
  'home.licenses': 'Licences',
  'home.domains': 'Domaines',
  'home.log': 'Historique',
  'home.workspaces': 'Espaces de travail',
  'home.contacts': 'Contacts',
  'home.roles': 'Rôles',
  'home.imports': 'Importations',
  'home.organization': 'Organisation',
  'home.me': 'Mon compte',
  'home.unknown_title': 'Vous ne faites encore partie d’aucune organisation',
  'home.unknown_text': 'Ouvrez votre e-mail d’activation pour la rejoindre, demandez un lien à votre administrateur ou connectez-vous avec un autre compte.',
} satisfies Record<keyof typeof en, Phrase>
