import type { me as en } from '../en/me'
import type { Phrase } from '../phrase'

/** My account: own profile, license, security, identities and quick links. */
export const me = {
  'me.title': 'Mon compte',
  'me.profile': 'Profil',
  'me.license': 'Licence',
  'me.license_expires': 'Expire le',
  'me.messages_left': { one: '{count} message restant ce mois-ci', other: '{count} messages restants ce mois-ci' },
  'me.messages_unlimited': 'Messages illimités',
  'me.security': 'Sécurité',
  'me.security_hint': 'Vous pouvez renforcer ces réglages. Seul un administrateur peut les assouplir.',
  'me.identities': 'Identités de connexion',
  'me.links': 'Liens rapides',
  'me.activity': 'Mon activité',
  'me.messages': 'Mes messages',
  'me.organization': 'Organisation',
  'me.saved': 'Votre compte a été mis à jour.',
} satisfies Record<keyof typeof en, Phrase>
