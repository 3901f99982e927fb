import type { organization as en } from '../en/organization'
import type { Phrase } from '../phrase'

/** The organization and its settings. */
export const organization = {
  'organization.title': 'Organisation',
  'organization.address': 'Adresse',
  'organization.contact_email': 'E-mail de contact',
  'organization.default_language': 'Langue des nouveaux utilisateurs',
  'organization.created_on': 'Créée le',
  'organization.allowPublicDomains': 'Admettre les messageries publiques',
  'organization.allowPublicDomains_explained': 'Les personnes ayant une adresse gmail.com ou similaire peuvent être ajoutées sans domaine approuvé.',
  'organization.sendActivationOnAssign': 'Envoyer aussitôt le lien d’activation',
  'organization.sendActivationOnAssign_explained': 'Toute personne qui reçoit une licence reçoit le lien par e-mail sans autre clic.',
  'organization.requireSecondFactor': 'Exiger un second facteur de tous',
  'organization.requireSecondFactor_explained': 'S’applique à chaque utilisateur, quel que soit son propre réglage.',
  'organization.protectedReplies': 'Protéger les réponses',
  'organization.protectedReplies_explained': 'Les réponses aux messages restent dans le service sécurisé.',
  'organization.retention': 'Mois d’historique à conserver',
  'organization.retention_explained': 'Laissez vide pour tout conserver.',
  'organization.changed_meanwhile': 'Quelqu’un d’autre a modifié l’organisation entre-temps. Vérifiez les valeurs, puis enregistrez de nouveau.',
  'organization.delete': 'Supprimer l’organisation',
  'organization.delete_explained': 'Plus personne ne pourra se connecter. Vous verrez d’abord ce qui est concerné.',
  'organization.was_saved': 'L’organisation a été enregistrée.',
  'organization.was_deleted': 'L’organisation {name} a été supprimée.',
} satisfies Record<keyof typeof en, Phrase>
