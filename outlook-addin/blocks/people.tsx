import { makeStyles } from '@fluentui/react-components'
import type { BlockOf, Row } from '../../shared/screens/vocabulary'
import { usePane } from './pane'
import { ActionLine } from './parts/action'
import { LongList, MoreRows } from './parts/long-list'
import { RowLine } from './parts/row'
import { tokens } from './parts/tokens'
import { Button } from './parts/button'

const useStyles = makeStyles({
  bar: { position: 'sticky', bottom: '8px', zIndex: 2, display: 'grid', gap: '8px', padding: '10px', borderRadius: tokens.borderRadiusLarge, backgroundColor: tokens.colorNeutralBackground1, boxShadow: tokens.shadow16, border: `1px solid ${tokens.colorNeutralStroke2}` },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px' },
  count: { fontWeight: tokens.fontWeightSemibold, marginInlineEnd: 'auto' },
})

/** What can be done with the chosen rows; it stands only while some are chosen. */
const BulkBar = ({ block }: { block: BlockOf<'people'> }) => {
  const styles = useStyles()
  const { draft, params, change, t } = usePane()
  const all = !Array.isArray(draft.selected)
  const count = Array.isArray(draft.selected) ? draft.selected.length : block.selectAll ?? block.rows.length
  if (count === 0 || !block.bulk || block.bulk.length === 0) return null
  return (
    <div className={styles.bar} role="group" aria-label={t('common.selected', { count })}>
      <div className={styles.line}>
        <span className={styles.count} aria-live="polite">{t('common.selected', { count })}</span>
        {block.selectAll !== undefined && !all && block.selectAll > count && <Button type="button" size="small" appearance="transparent" onClick={() => change({ selected: { allMatching: params } })}>{t('pane.select_all', { count: block.selectAll })}</Button>}
        <Button type="button" size="small" appearance="transparent" onClick={() => change({ selected: [] })}>{t('common.select_none')}</Button>
      </div>
      <ActionLine items={block.bulk} look="secondary" size="small" />
    </div>
  )
}

const drawRow = (row: Row) => <RowLine row={row} />

/** People or things to open, choose and act on; of any number. */
export const People = ({ block }: { block: BlockOf<'people'> }) => (
  <div>
    <LongList items={block.rows} label={block.label} draw={drawRow} />
    <MoreRows page={block.page} />
    <BulkBar block={block} />
  </div>
)
