import type { activation as en } from '../en/activation'
import type { Phrase } from '../phrase'

/** Activating one’s own license, and sending the link. */
export const activation = {
  'activation.title': 'Votre activation',
  'activation.offer': '{organization} vous a attribué une licence {plan}.',
  'activation.offer_by': '{inviter}, de {organization}, vous a attribué une licence {plan}.',
  'activation.offer_without_license': '{organization} vous invite à la rejoindre.',
  'activation.offer_by_without_license': '{inviter} vous invite à rejoindre {organization}.',
  'activation.expires': 'Valable jusqu’au {date}.',
  'activation.activate': 'Activer',
  'activation.by_code': 'Activer avec un code reçu par e-mail',
  'activation.sent': 'Le lien d’activation est envoyé à {name}. Il fonctionne jusqu’au {date}.',
  'activation.done': 'Votre licence {plan} de {organization} est active.',
  'activation.done_without_license': 'Vous avez rejoint {organization}.',
  'activation.code_title': 'Saisissez le code',
  'activation.code': 'Code à 6 chiffres',
  'activation.code_hint': 'Nous l’avons envoyé à l’adresse invitée. Il fonctionne pendant 10 minutes.',
  'activation.code_sent': 'Si le lien est encore valable, un code est en route.',
  'activation.code_again': 'Envoyer un nouveau code',
  'activation.pending_title': 'En attente de votre part',
  'activation.pending_none_title': 'Rien à activer',
  'activation.pending_none_text': 'Quand une organisation vous attribue une licence, elle apparaît ici.',
} satisfies Record<keyof typeof en, Phrase>
