import type { Badge, Icon as IconWord, Tone } from '../../shared/screens/vocabulary'
import type { Color, Icon } from './card'

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const CONTROLS = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g

/** Joins without a trace: a `<` or `&` before it begins neither a tag nor an entity. */
const JOINER = '\u2060'

/**
 * Text for a slot without formatting (labels, headers, buttons): one line, without characters that draw
 * nothing or turn the line around; a dash for nothing. Some clients read markup even there, so that
 * tags and entities are taken apart where it can't be seen.
 */
export const plain = (text: string): string =>
  text.replace(/[\r\n\t]+/g, ' ').replace(CONTROLS, '').trim().replace(/<(?=[A-Za-z/!?])|&(?=[A-Za-z#])/g, `$&${JOINER}`) || '—'

/** Text for a slot that reads Google's small HTML: shown exactly as it was written, line breaks kept; a dash for nothing. */
export const html = (text: string): string => {
  const shown = text.replace(/\r\n?/g, '\n').replace(/\t/g, ' ').replace(CONTROLS, '').trim()
  return shown.replace(/[&<>"]/g, (c) => ENTITIES[c] ?? c).replace(/\n/g, '<br>') || '—'
}

/** `markup` must already be escaped. */
export const bold = (markup: string): string => `<b>${markup}</b>`

/** One colour per tone, readable on Gmail's light and dark surfaces. */
const COLORS: Record<Tone, string> = { neutral: '#5f6368', info: '#1967d2', success: '#188038', warning: '#b06000', danger: '#c5221f' }

/** `markup` must already be escaped. */
export const toned = (markup: string, tone: Tone): string => `<font color="${COLORS[tone]}">${markup}</font>`

/** A title with its badge behind it, as words. */
export const badged = (title: string, badge: Badge | undefined): string =>
  badge === undefined ? html(title) : `${html(title)} ${toned(`· ${html(badge.text)}`, badge.tone)}`

/** The parts of a line that say something, between middle dots. */
export const dotted = (parts: readonly (string | undefined)[]): string => parts.filter((part) => part !== undefined && part !== '').join(' · ')

const part = (color: string, at: number): number => Math.round((parseInt(color.slice(at, at + 2), 16) / 255) * 1000) / 1000

/** A colour as card JSON wants it, from `#rrggbb`. */
export const colorOf = (color: string): Color => ({ red: part(color, 1), green: part(color, 3), blue: part(color, 5) })

/** Surfaces of filled buttons: the product's own, and the one that warns. */
export const BRAND = colorOf('#0f5c6e')
export const DANGER = colorOf(COLORS.danger)

const BAR = 16

/** A bar of text: `used` in the tone, `choosing` behind it, then what is left. Never more than full; a little is never nothing. */
export const bar = (used: number, choosing: number, total: number, tone: Tone): string => {
  const cells = (n: number) => (n <= 0 ? 0 : total <= 0 ? BAR : Math.min(BAR, Math.max(1, Math.round((n / total) * BAR))))
  const full = cells(used)
  const chosen = Math.min(BAR - full, choosing > 0 ? Math.max(1, cells(used + choosing) - full) : 0)
  const run = (n: number, sign: string, as: Tone) => (n > 0 ? toned(sign.repeat(n), as) : '')
  return run(full, '▮', tone) + run(chosen, '▮', 'info') + run(BAR - full - chosen, '▯', 'neutral')
}

const MATERIAL: Record<IconWord, string> = {
  user: 'person', license: 'workspace_premium', mail: 'mail', domain: 'language', log: 'history', message: 'lock', signIn: 'login',
  settings: 'settings', workspace: 'workspaces', contact: 'contacts', role: 'admin_panel_settings', import: 'upload_file', billing: 'receipt_long', warning: 'warning',
}

/** Icons come from Google's own set, so that a card needs no image of ours. */
export const iconOf = (icon: IconWord): Icon => ({ materialIcon: { name: MATERIAL[icon] } })
export const material = (name: string): Icon => ({ materialIcon: { name } })

/** Length in UTF-8. */
export const utf8Bytes = (text: string): number => {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

/** A short name of a text (FNV-1a, 32 bits): two texts share it only by chance. */
export const hash = (text: string, seed: number): string => {
  let h = seed
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0
  return h.toString(36)
}
