import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { tokens } from './tokens'

const COLOURS = ['Cranberry', 'Pumpkin', 'Forest', 'Teal', 'RoyalBlue', 'Purple', 'Grape', 'Brown', 'Steel', 'Magenta'] as const

const useStyles = makeStyles({
  avatar: { flexShrink: 0, width: '32px', height: '32px', borderRadius: tokens.borderRadiusCircular, display: 'grid', placeItems: 'center', fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold, userSelect: 'none', forcedColorAdjust: 'auto' },
  Cranberry: { backgroundColor: tokens.colorPaletteCranberryBackground2, color: tokens.colorPaletteCranberryForeground2 },
  Pumpkin: { backgroundColor: tokens.colorPalettePumpkinBackground2, color: tokens.colorPalettePumpkinForeground2 },
  Forest: { backgroundColor: tokens.colorPaletteForestBackground2, color: tokens.colorPaletteForestForeground2 },
  Teal: { backgroundColor: tokens.colorPaletteTealBackground2, color: tokens.colorPaletteTealForeground2 },
  RoyalBlue: { backgroundColor: tokens.colorPaletteRoyalBlueBackground2, color: tokens.colorPaletteRoyalBlueForeground2 },
  Purple: { backgroundColor: tokens.colorPalettePurpleBackground2, color: tokens.colorPalettePurpleForeground2 },
  Grape: { backgroundColor: tokens.colorPaletteGrapeBackground2, color: tokens.colorPaletteGrapeForeground2 },
  Brown: { backgroundColor: tokens.colorPaletteBrownBackground2, color: tokens.colorPaletteBrownForeground2 },
  Steel: { backgroundColor: tokens.colorPaletteSteelBackground2, color: tokens.colorPaletteSteelForeground2 },
  Magenta: { backgroundColor: tokens.colorPaletteMagentaBackground2, color: tokens.colorPaletteMagentaForeground2 },
})

/** The same `seed` has the same colour on every screen and every day. */
export const colourOf = (seed: string): (typeof COLOURS)[number] => {
  let sum = 0
  for (const character of seed) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0
  return COLOURS[sum % COLOURS.length] ?? 'Steel'
}

/** A person's initials on their colour; the name stands beside it, so this is decoration. */
export const Avatar = ({ initials, seed }: { initials: string; seed: string }) => {
  const styles = useStyles()
  return <span aria-hidden="true" className={mergeClasses(styles.avatar, styles[colourOf(seed)])}>{initials}</span>
}
