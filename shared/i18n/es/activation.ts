import type { activation as en } from '../en/activation'
import type { Phrase } from '../phrase'

/** Activating one’s own license, and sending the link. */
export const activation = {
  'activation.title': 'Su activación',
  'activation.offer': '{organization} le ha asignado una licencia {plan}.',
  'activation.offer_by': '{inviter}, de {organization}, le ha asignado una licencia {plan}.',
  'activation.offer_without_license': '{organization} le invita a unirse.',
  'activation.offer_by_without_license': '{inviter} le invita a unirse a {organization}.',
  'activation.expires': 'Válido hasta el {date}.',
  'activation.activate': 'Activar',
  'activation.by_code': 'Activar con un código recibido por correo',
  'activation.sent': 'El enlace de activación va de camino a {name}. Funciona hasta el {date}.',
  'activation.done': 'Su licencia {plan} de {organization} está activa.',
  'activation.done_without_license': 'Se ha unido a {organization}.',
  'activation.code_title': 'Introduzca el código',
  'activation.code': 'Código de 6 cifras',
  'activation.code_hint': 'Lo hemos enviado a la dirección invitada. Funciona durante 10 minutos.',
  'activation.code_sent': 'Si el enlace sigue siendo válido, un código va de camino.',
  'activation.code_again': 'Enviar un código nuevo',
  'activation.pending_title': 'Pendiente de usted',
  'activation.pending_none_title': 'Nada que activar',
  'activation.pending_none_text': 'Cuando una organización le asigne una licencia, aparecerá aquí.',
} satisfies Record<keyof typeof en, Phrase>
