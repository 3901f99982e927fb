import type { page as en } from '../en/page'
import type { Phrase } from '../phrase'

/** What only the activation page says, which a browser opens without any of the add-ins. */
export const page = {
  'activation.page_title': 'Active su cuenta',
  'activation.page_looking': 'Buscando su invitación…',
  'activation.page_organization': 'Organización',
  'activation.page_inviter': 'Le invita',
  'activation.page_license': 'Licencia',
  'activation.page_address': 'Dirección',
  'activation.page_until': 'Válido hasta',
  'activation.page_why_code': 'Para asegurarnos de que es usted, enviamos un código de 6 cifras a {email}.',
  'activation.page_send_code': 'Enviarme un código',
  'activation.page_have_code': 'Ya tengo un código',
  'activation.page_code_on_its_way': 'Hay un código en camino a {email}. Funciona durante 10 minutos. Mire también en el correo no deseado.',
  'activation.page_done_title': 'Ya está dentro',
  'activation.page_next': 'Y ahora',
  'activation.page_next_outlook': 'En Outlook, abra un correo y elija Orgdesk entre sus aplicaciones.',
  'activation.page_next_gmail': 'En Gmail, abra un correo y elija Orgdesk en el panel de la derecha.',
  'activation.page_next_sign_in': 'Inicie sesión con la dirección invitada. ¿No aparece Orgdesk? Pida a su administrador que se lo instale.',
  'activation.page_dead_title': 'Este enlace ya no sirve',
  'activation.page_unknown': 'Aquí no se ha encontrado ningún enlace de activación. Abra el enlace del último correo de invitación y, si lo pega, cópielo entero.',
  'activation.page_support': 'Obtener ayuda',
  'activation.page_language': 'Idioma',
} satisfies Record<keyof typeof en, Phrase>
