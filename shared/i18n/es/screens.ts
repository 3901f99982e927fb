import type { screens as en } from '../en/screens'
import type { Phrase } from '../phrase'

/** Phrases that several screens share. */
export const screens = {
  'log.title': 'Historial',
  'log.search': 'Buscar en el historial',
  'log.ip': 'Dirección IP',
  'log.none_title': 'Ningún evento',
  'log.none_text': 'Nada en el historial coincide. Cambie la búsqueda o borre los filtros.',
  'log.none_yet': 'Todavía no ha ocurrido nada.',
  'log.recent': 'Últimos eventos',
  'log_category.activity': 'Mensajes',
  'log_category.audit': 'Cambios',
  'log_category.sign_in': 'Inicios de sesión',
  'licenses.none_title': 'Todavía no hay licencias',
  'licenses.none_text': 'Su organización no ha comprado licencias.',
} satisfies Record<keyof typeof en, Phrase>
