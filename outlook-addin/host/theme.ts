import type { OfficeSlice } from './office'
import type { Theme } from './host'

const HEX = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i
/** Weights of red, green and blue in how bright a colour looks (ITU-R BT.601). */
const WEIGHTS = [0.299, 0.587, 0.114]
const HALF_BRIGHT = 128

/** How bright a `#rrggbb` colour looks, 0 to 255; null where it is none. */
export const brightness = (color: string | undefined): number | null => {
  const parts = HEX.exec(color ?? '')
  return parts ? WEIGHTS.reduce((sum, weight, i) => sum + weight * parseInt(parts[i + 1] ?? '0', 16), 0) : null
}

/** The theme that the client's body colours make: text brighter than its ground is dark. Null where it names none. */
export const themeOf = (colors: Partial<Office.OfficeTheme> | undefined): Theme | null => {
  const ground = brightness(colors?.bodyBackgroundColor)
  if (ground === null) return null
  return ground < (brightness(colors?.bodyForegroundColor) ?? HALF_BRIGHT) ? 'dark' : 'light'
}

/** The theme of the client now, null where it tells none. */
export const officeTheme = (office: OfficeSlice): Theme | null => themeOf(office.context.officeTheme)
