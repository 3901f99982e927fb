import type { mails as en } from '../en/mails'
import type { Phrase } from '../phrase'

/** Phrases of the area mails. */
export const mails = {
  'mails.greeting': 'Hola, {name}:',
  'mails.greeting_unnamed': 'Hola:',
  'mails.activation_subject': 'Su invitación a {organization}',
  'mails.activation_intro_by': '{inviter} le invita a unirse a {organization}.',
  'mails.activation_intro': 'Ha recibido una invitación para unirse a {organization}.',
  'mails.activation_license': 'Su licencia: {plan_name}.',
  'mails.activation_action': 'Activar',
  'mails.activation_how': 'Si tiene Orgdesk en su correo, ábralo junto a este mensaje y elija Activar. Si no, use este enlace:',
  'mails.activation_until': 'El enlace es solo para usted y sirve una vez, hasta el {date}.',
  'mails.activation_unexpected': '¿No esperaba este correo? Déjelo estar: nada ocurre por sí solo.',
  'mails.support': 'Obtener ayuda: {url}',
} satisfies Record<keyof typeof en, Phrase>
