import type { me as en } from '../en/me'
import type { Phrase } from '../phrase'

/** My account: own profile, license, security, identities and quick links. */
export const me = {
  'me.title': 'Mon compte',
  'me.profile': 'Profil',
  'me.security_hint': 'Vous pouvez renforcer ces réglages. Seul un administrateur peut les assouplir.',
  'me.identities': 'Identités de connexion',
  'me.license_since': 'Active depuis le {date}',
  'me.license_until': 'Valable jusqu’au {date}',
  'me.messages_left': 'Messages restants ce mois-ci',
  'me.links': 'Liens rapides',
  'me.activity': 'Mon activité',
  'me.messages': 'Mes messages',
  'me.organization': 'Organisation',
  'me.organizations': 'Vos autres organisations',
  'me.change_organization': 'Passer à {organization}',
  'me.organization_changed': 'Vous travaillez maintenant dans {organization}.',
  'me.session': 'Connexion',
  'me.sign_out_question': 'Orgdesk vous oublie sur cet appareil et ce que vous avez saisi sans l’envoyer est abandonné. Vous restez connecté à votre messagerie.',
  'me.signed_in_by_client': 'Votre messagerie vous connecte avec {email}. Pour utiliser un autre compte, changez de compte dans la messagerie.',
  'me.saved': 'Votre compte a été mis à jour.',
} satisfies Record<keyof typeof en, Phrase>
