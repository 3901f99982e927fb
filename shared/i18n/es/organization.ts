import type { organization as en } from '../en/organization'
import type { Phrase } from '../phrase'

/** The organization and its settings. */
export const organization = {
  'organization.title': 'Organización',
  'organization.address': 'Dirección',
  'organization.contact_email': 'Correo electrónico de contacto',
  'organization.default_language': 'Idioma de los usuarios nuevos',
  'organization.created_on': 'Creada el',
  'organization.allowPublicDomains': 'Admitir buzones públicos',
  'organization.allowPublicDomains_explained': 'Se puede añadir a personas con una dirección de gmail.com o similar sin un dominio aprobado.',
  'organization.sendActivationOnAssign': 'Enviar enseguida el enlace de activación',
  'organization.sendActivationOnAssign_explained': 'Quien recibe una licencia recibe el enlace por correo sin otro clic.',
  'organization.requireSecondFactor': 'Exigir un segundo factor a todos',
  'organization.requireSecondFactor_explained': 'Se aplica a cada usuario, sea cual sea su propio ajuste.',
  'organization.protectedReplies': 'Proteger las respuestas',
  'organization.protectedReplies_explained': 'Las respuestas a los mensajes permanecen en el servicio seguro.',
  'organization.retention': 'Meses de historial que se conservan',
  'organization.retention_explained': 'Déjelo vacío para conservarlo todo.',
  'organization.changed_meanwhile': 'Otra persona ha cambiado la organización mientras tanto. Compruebe los valores y vuelva a guardar.',
  'organization.delete': 'Eliminar la organización',
  'organization.delete_explained': 'Nadie podrá volver a iniciar sesión. Antes verá a qué afecta.',
  'organization.was_saved': 'Se ha guardado la organización.',
  'organization.was_deleted': 'Se ha eliminado la organización {name}.',
} satisfies Record<keyof typeof en, Phrase>
