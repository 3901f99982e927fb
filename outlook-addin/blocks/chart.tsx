import { makeStyles } from '@fluentui/react-components'
import type { BlockOf } from '../../shared/screens/vocabulary'
import { usePane } from './pane'
import { tokens } from './parts/tokens'

const WIDTH = 300
const HEIGHT = 120
const TOP = 8
/** So many bars have room for a name each; of more the first and the last are named. */
const NAMED_MAX = 5

const useStyles = makeStyles({
  figure: { margin: 0, display: 'grid', gap: '6px', minWidth: 0 },
  title: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  picture: { width: '100%', height: 'auto', display: 'block', color: tokens.colorBrandBackground, '@media (forced-colors: active)': { color: 'Highlight' } },
  axis: { stroke: tokens.colorNeutralStroke1 },
  grid: { stroke: tokens.colorNeutralStroke3, strokeDasharray: '2 3' },
  top: { justifySelf: 'end', marginBottom: '-8px', fontSize: tokens.fontSizeBase100, color: tokens.colorNeutralForeground3, fontVariantNumeric: 'tabular-nums' },
  ends: { display: 'flex', justifyContent: 'space-between', gap: '8px', fontSize: tokens.fontSizeBase100, color: tokens.colorNeutralForeground3 },
  names: { display: 'grid', gridAutoFlow: 'column', gridAutoColumns: 'minmax(0, 1fr)', gap: '4px', fontSize: tokens.fontSizeBase100, color: tokens.colorNeutralForeground3, textAlign: 'center', overflowWrap: 'anywhere' },
  summary: { cursor: 'pointer', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, borderRadius: tokens.borderRadiusMedium, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` } },
  table: { width: '100%', borderCollapse: 'collapse', fontSize: tokens.fontSizeBase200 },
  cell: { padding: '4px', textAlign: 'start', fontWeight: tokens.fontWeightRegular, borderTop: `1px solid ${tokens.colorNeutralStroke2}`, overflowWrap: 'anywhere' },
  end: { padding: '4px', textAlign: 'end', fontVariantNumeric: 'tabular-nums', borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
})

type Point = BlockOf<'chart'>['points'][number]

const heightOf = (value: number, max: number): number => (max > 0 ? Math.max(0, (value / max) * (HEIGHT - TOP)) : 0)

const Bars = ({ points, max }: { points: Point[]; max: number }) => {
  const slot = WIDTH / points.length
  const gap = Math.min(4, slot / 4)
  return points.map((point, i) => <rect key={`${point.label}-${i}`} x={i * slot + gap / 2} y={HEIGHT - heightOf(point.value, max)} width={slot - gap} height={heightOf(point.value, max)} rx={Math.min(2, slot / 4)} fill="currentColor"><title>{`${point.label}: ${point.text}`}</title></rect>)
}

const Line = ({ points, max }: { points: Point[]; max: number }) => {
  const step = points.length > 1 ? WIDTH / (points.length - 1) : WIDTH
  const path = points.map((point, i) => `${i === 0 ? 'M' : 'L'}${(i * step).toFixed(1)} ${(HEIGHT - heightOf(point.value, max)).toFixed(1)}`).join('')
  return (
    <>
      <path d={`${path}V${HEIGHT}H0Z`} fill="currentColor" opacity={0.12} />
      <path d={path} fill="none" stroke="currentColor" strokeWidth={2} strokeLinejoin="round" vectorEffect="non-scaling-stroke" />
    </>
  )
}

/** A small picture of numbers; the same numbers stand in the table below it. */
export const Chart = ({ block }: { block: BlockOf<'chart'> }) => {
  const styles = useStyles()
  const { t } = usePane()
  const highest = block.points.reduce<Point | undefined>((top, point) => (top === undefined || point.value > top.value ? point : top), undefined)
  const max = Math.max(0, highest?.value ?? 0)
  const first = block.points[0]
  const last = block.points[block.points.length - 1]
  const Draw = block.draw === 'bars' ? Bars : Line
  return (
    <figure className={styles.figure} aria-label={block.title}>
      <span className={styles.title}>{block.title}</span>
      {first && last && (
        <>
          <span className={styles.top} aria-hidden="true">{highest?.text}</span>
          <svg className={styles.picture} viewBox={`0 0 ${WIDTH} ${HEIGHT + 1}`} role="img" aria-label={`${block.title}: ${first.label} – ${last.label}`}>
            <line className={styles.grid} x1={0} x2={WIDTH} y1={TOP} y2={TOP} />
            <Draw points={block.points} max={max} />
            <line className={styles.axis} x1={0} x2={WIDTH} y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} />
          </svg>
          {block.draw === 'bars' && block.points.length <= NAMED_MAX
            ? <div className={styles.names} aria-hidden="true">{block.points.map((point, i) => <span key={`${point.label}-${i}`}><strong>{point.text}</strong><br />{point.label}</span>)}</div>
            : <div className={styles.ends} aria-hidden="true"><span>{first.label}</span><span>{last === first ? '' : last.label}</span></div>}
        </>
      )}
      <details>
        <summary className={styles.summary}>{t('pane.as_table')}</summary>
        <table className={styles.table}>
          <thead><tr><td className={styles.cell} /><th scope="col" className={styles.end}>{block.unit}</th></tr></thead>
          <tbody>{block.points.map((point, i) => <tr key={`${point.label}-${i}`}><th scope="row" className={styles.cell}>{point.label}</th><td className={styles.end}>{point.text}</td></tr>)}</tbody>
        </table>
      </details>
    </figure>
  )
}
