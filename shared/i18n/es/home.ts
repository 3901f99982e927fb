import type { home as en } from '../en/home'
import type { Phrase } from '../phrase'

/** The first screen without an open mail. */
export const home = {
  'home.title': 'Inicio',
  'home.mail': 'Personas del correo abierto',
  'home.users': 'Usuarios',
  'home.licenses': 'Licencias',
  'home.domains': 'Dominios',
  'home.log': 'Historial',
  'home.workspaces': 'Espacios de trabajo',
  'home.contacts': 'Contactos',
  'home.roles': 'Roles',
  'home.imports': 'Importaciones',
  'home.organization': 'Organización',
  'home.me': 'Mi cuenta',
  'home.unknown_title': 'Todavía no pertenece a ninguna organización',
  'home.unknown_text': 'Abra su correo de activación para unirse, pida un enlace a su administrador o inicie sesión con otra cuenta.',
} satisfies Record<keyof typeof en, Phrase>
