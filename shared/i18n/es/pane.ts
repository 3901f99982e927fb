import type { pane as en } from '../en/pane'
import type { Phrase } from '../phrase'

/** Phrases that only the Outlook pane says. */
export const pane = {
  'pane.drop_file': 'Suelte un archivo aquí',
  'pane.attachments': 'Archivos de este correo',
  'pane.remove_file': 'Quitar el archivo',
  'pane.at_most': '{size} como máximo',
  'pane.as_table': 'Mostrar como tabla',
  'pane.choose': 'Elija una opción',
  'pane.suggestions': 'Sugerencias',
  'pane.find': 'Escriba un nombre',
  'pane.none_found': 'Sin resultados',
  'pane.chosen': '{label}: selección',
  'pane.take_away': 'Quitar {name}',
  'pane.this_mail': 'Este correo',
  'pane.main_pages': 'Páginas principales',
  'pane.reload': 'Recargar',
  'pane.broken_title': 'El panel ha dejado de funcionar',
  'pane.broken_text': 'No se ha perdido nada en el servidor. Recargue el panel para continuar.',
  'pane.copy_by_hand': 'Seleccione este texto para copiarlo: {text}',
  'pane.sort_by': 'Ordenar por {what}',
  'pane.actions_for': 'Más acciones: {name}',
  'pane.select_all': { one: 'Seleccionar el único resultado', other: 'Seleccionar los {count} resultados', many: 'Seleccionar los {count} de resultados' },
  'pane.more_count': { one: 'y {count} más', other: 'y {count} más' },
  'pane.paste': 'O pegue el contenido aquí',
} satisfies Record<keyof typeof en, Phrase>
