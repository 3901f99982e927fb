import { makeStyles } from '@fluentui/react-components'
import type { BlockOf } from '../../shared/screens/vocabulary'
import { usePane } from './pane'
import { BadgeMark } from './parts/badge'
import { Drawing } from './parts/icons'
import { tokens } from './parts/tokens'

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: '2px' },
  link: {
    display: 'flex', alignItems: 'center', gap: '12px', width: '100%', boxSizing: 'border-box', minHeight: '48px', padding: '8px', border: 'none', borderRadius: tokens.borderRadiusMedium, background: 'none', font: 'inherit', color: 'inherit', textAlign: 'start', cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover }, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  icon: { flexShrink: 0, width: '32px', height: '32px', display: 'grid', placeItems: 'center', borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorBrandBackground2, color: tokens.colorBrandForeground2 },
  text: { display: 'grid', flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  sub: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground3 },
  sign: { flexShrink: 0, color: tokens.colorNeutralForeground3 },
})

/** Ways to other screens. */
export const Links = ({ block }: { block: BlockOf<'links'> }) => {
  const styles = useStyles()
  const { open } = usePane()
  return (
    <ul className={styles.list}>
      {block.items.map((item, i) => (
        <li key={`${item.open.screen}-${i}`}>
          <button type="button" className={styles.link} onClick={() => open(item.open)}>
            <span className={styles.icon}><Drawing glyph={item.icon} /></span>
            <span className={styles.text}><span>{item.label}</span>{item.sub && <span className={styles.sub}>{item.sub}</span>}</span>
            {item.badge && <BadgeMark badge={item.badge} />}
            <Drawing glyph="chevron" size={16} className={styles.sign} />
          </button>
        </li>
      ))}
    </ul>
  )
}
