import { makeStyles } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { tokens } from './tokens'

const useStyles = makeStyles({
  link: {
    font: 'inherit', color: tokens.colorBrandForegroundLink, background: 'none', border: 'none', padding: 0, textAlign: 'start', textDecorationLine: 'none', cursor: 'pointer', overflowWrap: 'anywhere', maxWidth: '100%',
    ':hover': { textDecorationLine: 'underline', color: tokens.colorBrandForegroundLinkHover }, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px', borderRadius: tokens.borderRadiusSmall },
  },
})

/** A word that leads to another screen. */
export const TextLink = ({ onClick, children }: { onClick(): void; children: ReactNode }) => <button type="button" className={useStyles().link} onClick={onClick}>{children}</button>

/** A word that leads out of the pane. */
export const OutLink = ({ href, children }: { href: string; children: ReactNode }) => <a className={useStyles().link} href={href} target="_blank" rel="noopener noreferrer">{children}</a>
