import { makeStyles } from '@fluentui/react-components'
import { lazy, Suspense, useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { filterWords } from '../../shared/screens/filter-words'
import type { BlockOf, Field } from '../../shared/screens/vocabulary'
import { usePane } from './pane'
import { Drawing } from './parts/icons'
import { changedParams, isChoice } from './parts/params'
import { tokens } from './parts/tokens'
import { Button } from './parts/button'

const WAIT_MS = 300
const FieldInput = lazy(() => import(/* webpackChunkName: "lazy-blocks" */ './field').then((part) => ({ default: part.FieldInput })))

const useStyles = makeStyles({
  search: { display: 'grid', gap: '8px', minWidth: 0 },
  line: { display: 'flex', gap: '8px', minWidth: 0 },
  box: {
    display: 'flex', alignItems: 'center', gap: '4px', flexGrow: 1, minWidth: 0, minHeight: '32px', boxSizing: 'border-box', paddingLeft: '8px', color: tokens.colorNeutralForeground3, backgroundColor: tokens.colorNeutralBackground1, borderRadius: tokens.borderRadiusMedium, border: `1px solid ${tokens.colorNeutralStroke1}`, borderBottomColor: tokens.colorNeutralStrokeAccessible, '& > svg': { flexShrink: 0 },
    ':focus-within': { outline: `2px solid ${tokens.colorCompoundBrandStroke}`, outlineOffset: '-1px' },
  },
  input: { flexGrow: 1, minWidth: 0, height: '30px', padding: 0, border: 'none', background: 'none', font: 'inherit', color: tokens.colorNeutralForeground1, outlineStyle: 'none', '::placeholder': { color: tokens.colorNeutralForeground3, opacity: 1 }, '::-webkit-search-cancel-button': { display: 'none' } },
  drawer: { display: 'grid', gap: '12px', gridTemplateColumns: 'repeat(auto-fill, minmax(min(180px, 100%), 1fr))', padding: '12px', borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground2 },
  said: { display: 'flex', justifyContent: 'space-between', gap: '8px', alignItems: 'baseline', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, '& > span': { minWidth: 0, overflowWrap: 'anywhere' }, '& > button': { flexShrink: 0 } },
  count: { ':empty': { marginTop: '-8px' }, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  tools: { display: 'flex', justifyContent: 'flex-end', gridColumn: '1 / -1' },
})

type SearchBlock = BlockOf<'search'>

const paramOf = (value: string | string[]): string => (Array.isArray(value) ? value.join(',') : value)

/** A filter applies at once when it is chosen, and when the typing rests when it is typed. */
const Filter = ({ field }: { field: Field }) => {
  const { params, search } = usePane()
  const [typed, setTyped] = useState<string | null>(null)
  const apply = useRef<(value: string | string[]) => void>(() => undefined)
  useEffect(() => {
    apply.current = (value) => search(changedParams(params, { [field.name]: paramOf(value) }))
  })
  useEffect(() => {
    if (typed === null) return undefined
    const timer = setTimeout(() => { apply.current(typed); setTyped(null) }, WAIT_MS)
    return () => clearTimeout(timer)
  }, [typed])
  if (isChoice(field) || field.as === 'find') return <FieldInput field={field} write={(value) => apply.current(value)} />
  return <FieldInput field={{ ...field, value: typed ?? field.value }} write={(value) => (field.as === 'switch' ? apply.current(value) : setTyped(String(value)))} />
}

/** Escape closes what is open instead of leaving the screen. */
const onEscape = (close: () => void) => (event: KeyboardEvent): void => {
  if (event.key !== 'Escape') return
  event.stopPropagation()
  close()
}

/** The filters; Escape and *Done* close them, so that what they leave stands right below the line that says so. */
const Drawer = ({ block, id, close }: { block: SearchBlock; id: string; close(): void }) => {
  const styles = useStyles()
  const { t } = usePane()
  return (
    <div id={id} className={styles.drawer} role="group" aria-label={t('common.filters')} onKeyDown={onEscape(close)}>
      <Suspense fallback={null}>
        {block.filters.map((field) => <Filter key={field.name} field={field} />)}
      </Suspense>
      <div className={styles.tools}><Button onClick={close}>{t('common.done')}</Button></div>
    </div>
  )
}

/** What is typed is shown at once and searched for when the typing rests; Enter does not wait. */
const useTyped = (q: string) => {
  const { params, search } = usePane()
  const [typed, setTyped] = useState(q)
  const asked = useRef(q)
  const apply = useRef<(text: string) => void>(() => undefined)
  useEffect(() => {
    apply.current = (text) => {
      if (text === asked.current) return
      asked.current = text
      search(changedParams(params, { q: text }))
    }
  })
  useEffect(() => {
    // Parameters that came from elsewhere (Back, a link) win over an older text.
    if (q === asked.current) return
    asked.current = q
    setTyped(q)
  }, [q])
  useEffect(() => {
    const timer = setTimeout(() => apply.current(typed.trim()), WAIT_MS)
    return () => clearTimeout(timer)
  }, [typed])
  return { typed, setTyped, now: (text: string) => { setTyped(text); apply.current(text.trim()) } }
}

/** A search field with filters behind a button; the count is told as it changes. */
export const Search = ({ block }: { block: SearchBlock }) => {
  const styles = useStyles()
  const { t, params, search } = usePane()
  const id = useId()
  const [open, setOpen] = useState(false)
  const toggle = useRef<HTMLButtonElement>(null)
  const said = filterWords(block.filters, t)
  const leave = () => {
    setOpen(false)
    toggle.current?.focus()
  }
  const clear = () => {
    leave()
    search(changedParams(params, Object.fromEntries(block.filters.map((field: Field) => [field.name, '']))))
  }
  const { typed, setTyped, now } = useTyped(block.q)
  return (
    <search className={styles.search}>
      <div className={styles.line}>
        <div className={styles.box}>
          <Drawing glyph="search" size={16} />
          <input
            className={styles.input} type="search" value={typed} placeholder={block.placeholder} aria-label={block.placeholder} maxLength={320} autoComplete="off"
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') now(typed)
              if (event.key !== 'Escape' || typed === '') return
              event.stopPropagation()
              now('')
            }}
          />
          {typed !== '' && <Button type="button" size="small" appearance="transparent" icon={<Drawing glyph="close" size={14} />} aria-label={t('common.search_clear')} onClick={() => now('')} />}
        </div>
        {block.filters.length > 0 && (
          <Button ref={toggle} type="button" appearance={block.active > 0 ? 'primary' : 'secondary'} icon={<Drawing glyph="filter" />} aria-expanded={open} aria-controls={open ? id : undefined} aria-label={block.active > 0 ? t('common.filters_active', { count: block.active }) : t('common.filters')} onClick={() => setOpen(!open)} onKeyDown={(event) => { if (open) onEscape(leave)(event) }}>
            {block.active > 0 ? String(block.active) : undefined}
          </Button>
        )}
      </div>
      {open && <Drawer block={block} id={id} close={leave} />}
      {!open && said.length > 0 && <div className={styles.said}><span>{said.join(' · ')}</span><Button size="small" appearance="transparent" onClick={clear}>{t('common.filters_clear')}</Button></div>}
      <div className={styles.count} aria-live="polite">{block.countText ?? (block.count === undefined ? '' : t('common.results', { count: block.count }))}</div>
    </search>
  )
}
