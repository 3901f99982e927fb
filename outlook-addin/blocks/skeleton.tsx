import { makeStyles, mergeClasses } from '@fluentui/react-components'
import type { BlockKind } from '../../shared/screens/vocabulary'
import { usePane } from './pane'
import { tokens } from './parts/tokens'

const useStyles = makeStyles({
  shape: { display: 'grid', gap: '12px' },
  bone: {
    borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralStencil1, outline: '1px solid transparent',
    animationName: { from: { opacity: 1 }, to: { opacity: 0.5 } }, animationDuration: '1.4s', animationDirection: 'alternate', animationIterationCount: 'infinite', animationTimingFunction: 'ease-in-out',
    '@media (prefers-reduced-motion: reduce)': { animationName: 'none' },
  },
  line: { height: '12px' },
  short: { height: '12px', width: '45%' },
  title: { height: '18px', width: '55%' },
  field: { height: '32px' },
  box: { height: '72px' },
  picture: { height: '120px' },
  button: { height: '32px', width: '40%' },
  row: { display: 'grid', gridTemplateColumns: '32px 1fr', columnGap: '10px', alignItems: 'center', minHeight: '40px' },
  face: { width: '32px', height: '32px', borderRadius: tokens.borderRadiusCircular },
  pair: { display: 'grid', gap: '6px' },
})

type Bone = 'line' | 'short' | 'title' | 'field' | 'box' | 'picture' | 'button' | 'row'

const times = (n: number, ...bones: Bone[]): Bone[] => Array.from({ length: n }, () => bones).flat()

/** The outline of each kind of block before its data is there. */
const SHAPES: Record<BlockKind, Bone[]> = {
  section: ['title', 'line', 'short'],
  notice: ['box'],
  facts: times(4, 'short', 'line'),
  people: times(7, 'row'),
  table: ['field', ...times(6, 'line')],
  timeline: times(6, 'row'),
  search: ['field'],
  form: [...times(3, 'short', 'field'), 'button'],
  files: ['picture', 'button'],
  meter: ['short', 'line'],
  plan: ['title', ...times(3, 'field')],
  progress: ['short', 'line'],
  steps: ['line'],
  chart: ['title', 'picture'],
  links: times(4, 'row'),
  actions: ['button'],
  empty: ['picture'],
  failure: ['picture'],
}

/** One block that is still on its way; says nothing to screen readers. */
export const Shape = ({ kind }: { kind: BlockKind }) => {
  const styles = useStyles()
  return (
    <div className={styles.shape} aria-hidden="true">
      {SHAPES[kind].map((bone, i) => bone === 'row'
        ? <div key={i} className={styles.row}><div className={mergeClasses(styles.bone, styles.face)} /><div className={styles.pair}><div className={mergeClasses(styles.bone, styles.line)} /><div className={mergeClasses(styles.bone, styles.short)} /></div></div>
        : <div key={i} className={mergeClasses(styles.bone, styles[bone])} />)}
    </div>
  )
}

/** A whole screen on its way, in the shape that it will have. */
export const Skeleton = ({ shape }: { shape: BlockKind[] }) => {
  const { t } = usePane()
  return <div aria-busy="true" role="status" aria-label={t('common.loading')} className={useStyles().shape}>{shape.map((kind, i) => <Shape key={`${kind}-${i}`} kind={kind} />)}</div>
}
