import type { me as en } from '../en/me'
import type { Phrase } from '../phrase'

/** My account: own profile, license, security, identities and quick links. */
export const me = {
  'me.title': 'Mi cuenta',
  'me.profile': 'Perfil',
  'me.license': 'Licencia',
  'me.license_expires': 'Caduca el',
  'me.messages_left': { one: '{count} mensaje disponible este mes', other: '{count} mensajes disponibles este mes' },
  'me.messages_unlimited': 'Mensajes ilimitados',
  'me.security': 'Seguridad',
  'me.security_hint': 'Puede reforzar estos ajustes. Solo un administrador puede relajarlos.',
  'me.identities': 'Identidades de inicio de sesión',
  'me.links': 'Enlaces rápidos',
  'me.activity': 'Mi actividad',
  'me.messages': 'Mis mensajes',
  'me.organization': 'Organización',
  'me.saved': 'Su cuenta se ha actualizado.',
} satisfies Record<keyof typeof en, Phrase>
