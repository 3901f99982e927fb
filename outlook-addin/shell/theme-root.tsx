import { makeStyles, type Theme } from '@fluentui/react-components'
import { useLayoutEffect, useRef, type ReactNode } from 'react'
import { tokens } from '../blocks/parts/tokens'

const useStyles = makeStyles({
  root: { backgroundColor: tokens.colorNeutralBackground1, color: tokens.colorNeutralForeground1, fontFamily: tokens.fontFamilyBase, fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightRegular, minHeight: '100vh' },
})

/**
 * Gives everything below it the values of a Fluent theme, as custom properties set by script: no
 * style element, so the page's policy holds. Fluent's own provider brings 6 KB for components that
 * are not used here.
 */
export const ThemeRoot = ({ theme, children }: { theme: Theme; children: ReactNode }) => {
  const styles = useStyles()
  const root = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    for (const [name, value] of Object.entries(theme)) root.current?.style.setProperty(`--${name}`, String(value))
  }, [theme])
  return <div ref={root} className={styles.root}>{children}</div>
}
