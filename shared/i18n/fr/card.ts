import type { card as en } from '../en/card'
import type { Phrase } from '../phrase'

/** Phrases that only Gmail's cards say. */
export const card = {
  'card.copy': 'Sélectionnez ce texte pour le copier',
  'card.find_more': 'Ajouter : {label}',
  'card.look_again': 'Cette fiche est restée ouverte trop longtemps. Regardez-la de nouveau, puis refaites votre choix.',
  'card.sign_in_text': 'Gmail n’a pas confirmé votre identité. Autorisez Orgdesk à voir votre adresse e-mail quand Gmail vous le demande, puis réessayez.',
} satisfies Record<keyof typeof en, Phrase>
