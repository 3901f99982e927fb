import type { mail as en } from '../en/mail'
import type { Phrase } from '../phrase'

/** The people of the open mail. */
export const mail = {
  'mail.title': 'Personas de este correo',
  'mail.known': { one: '{count} persona de su organización', other: '{count} personas de su organización' },
  'mail.strangers': { one: '{count} persona más', other: '{count} personas más' },
  'mail.unreadable': { one: 'No se ha podido leer {count} dirección: {addresses}', other: 'No se han podido leer {count} direcciones, entre ellas {addresses}' },
  'mail.none_title': 'No hay ningún correo abierto',
  'mail.none_text': 'Abra un correo para ver quiénes son sus personas en su organización.',
  'mail.nobody_title': 'Nadie más que usted',
  'mail.nobody_text': 'Este correo no incluye a nadie más. Abra otro o busque a alguien en la lista de usuarios.',
  'mail.check': 'Comprobar este correo',
  'mail.check_text': 'No se ha leído el contenido de este correo. Compruébelo para encontrar un enlace de activación o un mensaje con seguimiento.',
  'mail.save_contact': 'Guardar como contacto',
  'mail.assign': 'Asignar una licencia: {plan} (quedan {count})',
  'address_domain.approved': 'Dominio aprobado',
  'address_domain.pending': 'Dominio sin demostrar todavía',
  'address_domain.public': 'Correo público',
  'address_domain.unclaimed': 'Dominio sin reclamar',
  'address_domain.failed': 'Dominio no demostrado a tiempo',
  'address_domain.refused': 'Dominio rechazado',
  'address_domain.contested': 'Dominio en disputa',
} satisfies Record<keyof typeof en, Phrase>
