import type { pane as en } from '../en/pane'
import type { Phrase } from '../phrase'

/** Phrases that only the Outlook pane says. */
export const pane = {
  'pane.drop_file': 'Déposez un fichier ici',
  'pane.attachments': 'Fichiers de cet e-mail',
  'pane.remove_file': 'Retirer le fichier',
  'pane.at_most': '{size} au plus',
  'pane.as_table': 'Afficher en tableau',
  'pane.choose': 'Choisissez',
  'pane.suggestions': 'Suggestions',
  'pane.find': 'Saisissez un nom',
  'pane.none_found': 'Aucun résultat',
  'pane.chosen': '{label} : sélection',
  'pane.take_away': 'Retirer {name}',
  'pane.this_mail': 'Cet e-mail',
  'pane.main_pages': 'Pages principales',
  'pane.reload': 'Recharger',
  'pane.broken_title': 'Le volet ne répond plus',
  'pane.broken_text': 'Rien n’est perdu sur le serveur. Rechargez le volet pour continuer.',
  'pane.copy_by_hand': 'Sélectionnez ce texte pour le copier : {text}',
  'pane.sort_by': 'Trier par {what}',
  'pane.actions_for': 'Autres actions : {name}',
  'pane.select_all': { one: 'Sélectionner le seul résultat', other: 'Sélectionner les {count} résultats', many: 'Sélectionner les {count} de résultats' },
  'pane.more_count': { one: 'et {count} autre', other: 'et {count} autres', many: 'et {count} d’autres' },
  'pane.paste': 'Ou collez le contenu ici',
} satisfies Record<keyof typeof en, Phrase>
