import type { me as en } from '../en/me'
import type { Phrase } from '../phrase'

/** My account: own profile, license, security, identities and quick links. */
export const me = {
  'me.title': 'Mi cuenta',
  'me.profile': 'Perfil',
  'me.security_hint': 'Puede reforzar estos ajustes. Solo un administrador puede relajarlos.',
  'me.identities': 'Identidades de inicio de sesión',
  'me.license_since': 'Activa desde el {date}',
  'me.license_until': 'Válida hasta el {date}',
  'me.messages_left': 'Mensajes restantes este mes',
  'me.links': 'Enlaces rápidos',
  'me.activity': 'Mi actividad',
  'me.messages': 'Mis mensajes',
  'me.organization': 'Organización',
  'me.organizations': 'Sus otras organizaciones',
  'me.change_organization': 'Cambiar a {organization}',
  'me.organization_changed': 'Ahora trabaja en {organization}.',
  'me.session': 'Inicio de sesión',
  'me.sign_out_question': 'Orgdesk le olvida en este dispositivo y se descarta lo que haya escrito sin enviar. Su sesión de correo sigue abierta.',
  'me.signed_in_by_client': 'Su cliente de correo inicia la sesión como {email}. Para usar otra cuenta, cambie de cuenta en él.',
  'me.saved': 'Su cuenta se ha actualizado.',
} satisfies Record<keyof typeof en, Phrase>
