import type { me as en } from '../en/me'
import type { Phrase } from '../phrase'

/** My account: own profile, license, security, identities and quick links. */
export const me = {
  'me.title': 'Mon compte',
  'me.profile': 'Profil',
  'me.security_hint': 'Vous pouvez renforcer ces réglages. Seul un administrateur peut les assouplir.',
  'me.identities': 'Identités de connexion',
  'me.links': 'Liens rapides',
  'me.activity': 'Mon activité',
  'me.messages': 'Mes messages',
  'me.organization': 'Organisation',
  'me.organizations': 'Vos autres organisations',
  'me.change_organization': 'Passer à {organization}',
  'me.organization_changed': 'Vous travaillez maintenant dans {organization}.',
  'me.saved': 'Votre compte a été mis à jour.',
} satisfies Record<keyof typeof en, Phrase>
