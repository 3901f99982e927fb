import type { page as en } from '../en/page'
import type { Phrase } from '../phrase'

/** What only the activation page says, which a browser opens without any of the add-ins. */
export const page = {
  'activation.page_title': 'Activez votre compte',
  'activation.page_looking': 'Recherche de votre invitation…',
  'activation.page_organization': 'Organisation',
  'activation.page_inviter': 'Invité par',
  'activation.page_license': 'Licence',
  'activation.page_address': 'Adresse',
  'activation.page_until': 'Valable jusqu’au',
  'activation.page_why_code': 'Pour nous assurer que c’est bien vous, nous envoyons un code à 6 chiffres à {email}.',
  'activation.page_send_code': 'Recevoir un code',
  'activation.page_have_code': 'J’ai déjà un code',
  'activation.page_code_on_its_way': 'Un code est en route vers {email}. Il fonctionne pendant 10 minutes. Regardez aussi dans les courriers indésirables.',
  'activation.page_done_title': 'Bienvenue, votre compte est ouvert',
  'activation.page_next': 'Et maintenant',
  'activation.page_next_outlook': 'Dans Outlook, ouvrez un e-mail et choisissez Orgdesk parmi ses applications.',
  'activation.page_next_gmail': 'Dans Gmail, ouvrez un e-mail et choisissez Orgdesk dans le panneau de droite.',
  'activation.page_next_sign_in': 'Connectez-vous avec l’adresse invitée. Orgdesk n’y est pas ? Demandez à votre administrateur de l’installer pour vous.',
  'activation.page_dead_title': 'Ce lien ne peut plus servir',
  'activation.page_unknown': 'Aucun lien d’activation n’a été trouvé ici. Ouvrez le lien du dernier e-mail d’invitation, et copiez-le en entier si vous le collez.',
  'activation.page_support': 'Obtenir de l’aide',
  'activation.page_language': 'Langue',
} satisfies Record<keyof typeof en, Phrase>
