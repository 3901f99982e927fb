import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { useEffect, useRef } from 'react'
import type { ScreenId } from '../../shared/screens/ids'
import type { Screen } from '../../shared/screens/vocabulary'
import { usePane } from '../blocks/pane'
import { Drawing, type Glyph } from '../blocks/parts/icons'
import { ActionMenu } from '../blocks/parts/menu'
import { topFrame, type ShellState } from './state'
import type { Shell } from './shell'
import { tokens } from '../blocks/parts/tokens'
import { Button } from '../blocks/parts/button'

const useStyles = makeStyles({
  bar: { position: 'relative', flexShrink: 0, display: 'grid', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: tokens.colorNeutralBackground1 },
  line: { display: 'flex', alignItems: 'center', gap: '4px', minHeight: '44px', padding: '2px 8px', boxSizing: 'border-box' },
  title: { flexGrow: 1, minWidth: 0, margin: 0, padding: '0 4px', fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere', outlineStyle: 'none' },
  nav: { display: 'flex', padding: '0 4px', gap: '2px' },
  place: {
    flex: '1 1 auto', minWidth: 0, display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'center', gap: '2px 6px', minHeight: '36px', padding: '4px', border: 'none', borderBottom: '2px solid transparent', background: 'none', font: 'inherit', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, cursor: 'pointer', overflowWrap: 'anywhere',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover }, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  here: { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold, borderBottomColor: tokens.colorCompoundBrandStroke },
  busy: {
    position: 'absolute', insetInline: 0, bottom: '-2px', height: '2px', overflow: 'hidden', '::after': { content: '""', position: 'absolute', width: '35%', height: '100%', backgroundColor: tokens.colorCompoundBrandBackground, animationName: { from: { insetInlineStart: '-35%' }, to: { insetInlineStart: '100%' } }, animationDuration: '1.2s', animationIterationCount: 'infinite' },
    '@media (prefers-reduced-motion: reduce)': { '::after': { width: '100%', animationName: 'none', opacity: 0.5 } },
  },
})

type Place = { screen: ScreenId; glyph: Glyph; phrase: 'common.home' | 'pane.this_mail' | 'users.title' }

const PLACES: Place[] = [
  { screen: 'home', glyph: 'home', phrase: 'common.home' },
  { screen: 'mail', glyph: 'mail', phrase: 'pane.this_mail' },
  { screen: 'users', glyph: 'people', phrase: 'users.title' },
]

const Places = ({ state, shell }: { state: ShellState; shell: Shell }) => {
  const styles = useStyles()
  const { t } = usePane()
  const here = state.frames[0]?.link.screen
  const mayList = state.viewer?.abilities['users.view'] === true
  return (
    <nav className={styles.nav} aria-label={t('pane.main_pages')}>
      {PLACES.filter((place) => place.screen !== 'users' || mayList).map((place) => (
        <button key={place.screen} type="button" className={mergeClasses(styles.place, place.screen === here && styles.here)} aria-current={place.screen === here ? 'page' : undefined} onClick={() => shell.go({ screen: place.screen, params: {} })}>
          <Drawing glyph={place.glyph} size={16} />{t(place.phrase)}
        </button>
      ))}
    </nav>
  )
}

/** Back, the title, further actions; below it the main pages while one of them is open. */
export const TopBar = ({ state, shell, screen }: { state: ShellState; shell: Shell; screen: Screen | null }) => {
  const styles = useStyles()
  const { t } = usePane()
  const title = useRef<HTMLHeadingElement>(null)
  const deep = state.frames.length > 1
  const { link } = topFrame(state)
  const entered = useRef<object | null>(null)
  useEffect(() => {
    // The first screen leaves the focus in the mail client; later ones announce themselves by their title.
    if (entered.current !== null && entered.current !== link && document.activeElement === document.body) title.current?.focus()
    entered.current = link
  }, [link, screen])
  return (
    <header className={styles.bar}>
      <div className={styles.line}>
        {deep && <Button appearance="subtle" icon={<Drawing glyph="back" />} aria-label={t('common.back')} onClick={shell.back} />}
        <h1 ref={title} tabIndex={-1} className={styles.title}>{screen?.title ?? t('common.loading')}</h1>
        {screen?.more && screen.more.length > 0 && <ActionMenu items={screen.more} label={t('common.menu')} />}
      </div>
      {!deep && state.viewer?.user && <Places state={state} shell={shell} />}
      {state.loading && screen !== null && <div className={styles.busy} />}
    </header>
  )
}
