import type { card as en } from '../en/card'
import type { Phrase } from '../phrase'

/** Phrases that only Gmail's cards say. */
export const card = {
  'card.copy': 'Seleccione este texto para copiarlo',
  'card.find_more': 'Añadir: {label}',
  'card.look_again': 'Esta ficha llevaba demasiado tiempo abierta. Mírela de nuevo y repita su elección.',
  'card.sign_in_text': 'Gmail no ha confirmado quién es usted. Permita que Orgdesk vea su dirección de correo cuando Gmail lo pida y vuelva a intentarlo.',
} satisfies Record<keyof typeof en, Phrase>
