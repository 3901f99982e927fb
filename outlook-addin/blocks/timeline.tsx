import { makeStyles } from '@fluentui/react-components'
import type { Locale } from '../../shared/kit/locale'
import type { Instant } from '../../shared/kit/result'
import type { BlockOf, TimelineEntry } from '../../shared/screens/vocabulary'
import { usePane } from './pane'
import { Drawing } from './parts/icons'
import { MoreRows } from './parts/long-list'
import { TextLink } from './parts/text-link'
import { tokens } from './parts/tokens'

const useStyles = makeStyles({
  day: { margin: '8px 0 4px', fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground3 },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  entry: {
    position: 'relative', display: 'grid', gridTemplateColumns: '28px minmax(0, 1fr)', columnGap: '10px', paddingBottom: '12px',
    '&:not(:last-child)::before': { content: '""', position: 'absolute', insetInlineStart: '13px', top: '28px', bottom: 0, width: '2px', backgroundColor: tokens.colorNeutralStroke2 },
  },
  icon: { width: '28px', height: '28px', borderRadius: tokens.borderRadiusCircular, display: 'grid', placeItems: 'center', backgroundColor: tokens.colorNeutralBackground3, color: tokens.colorNeutralForeground2 },
  text: { overflowWrap: 'anywhere', paddingTop: '4px' },
  changes: { display: 'grid', gap: '2px', margin: '2px 0', fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  change: { display: 'flex', flexWrap: 'wrap', columnGap: '6px' },
  what: { color: tokens.colorNeutralForeground3 },
  value: { margin: 0, minWidth: 0, overflowWrap: 'anywhere' },
  more: { fontSize: tokens.fontSizeBase200 },
  summary: { cursor: 'pointer', color: tokens.colorNeutralForeground2, borderRadius: tokens.borderRadiusMedium, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` } },
  small: { display: 'block', fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground3 },
})

/** So many changes are shown at once; more of them on request. */
const SHOWN_MAX = 3
const DAY_MS = 86_400_000
const startOfDay = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()

/** A day as people say it: "today", "yesterday", then the date, in the reader's own time zone. */
export const dayText = (at: Instant, now: Instant, locale: Locale): string => {
  const days = Math.round((startOfDay(new Date(at)) - startOfDay(new Date(now))) / DAY_MS)
  if (days === 0 || days === -1) {
    const said = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')
    return said.charAt(0).toLocaleUpperCase(locale) + said.slice(1)
  }
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(at))
}

const byDay = (entries: TimelineEntry[], now: Instant, locale: Locale): { day: string; entries: TimelineEntry[] }[] => {
  const days: { day: string; entries: TimelineEntry[] }[] = []
  for (const entry of entries) {
    const day = dayText(entry.at, now, locale)
    const last = days[days.length - 1]
    if (last?.day === day) last.entries.push(entry)
    if (last?.day !== day) days.push({ day, entries: [entry] })
  }
  return days
}

const Changes = ({ lines, label }: NonNullable<TimelineEntry['changes']>) => {
  const styles = useStyles()
  const list = (
    <dl className={styles.changes} aria-label={label}>
      {lines.map((line) => <div key={line.label} className={styles.change}><dt className={styles.what}>{line.label}</dt><dd className={styles.value}>{line.text}</dd></div>)}
    </dl>
  )
  return lines.length <= SHOWN_MAX ? list : <details className={styles.more}><summary className={styles.summary}>{label}</summary>{list}</details>
}

const Entry = ({ entry }: { entry: TimelineEntry }) => {
  const styles = useStyles()
  const { open, locale } = usePane()
  const link = entry.open
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(new Date(entry.at))
  return (
    <li className={styles.entry}>
      <span className={styles.icon}><Drawing glyph={entry.icon} size={16} /></span>
      <div className={styles.text}>
        {link ? <TextLink onClick={() => open(link)}>{entry.text}</TextLink> : entry.text}
        {entry.changes && <Changes {...entry.changes} />}
        <span className={styles.small}><time dateTime={entry.at}>{time}</time>{entry.note && ` · ${entry.note}`}</span>
      </div>
    </li>
  )
}

/** What happened, newest first, under the day on which it did. */
export const Timeline = ({ block }: { block: BlockOf<'timeline'> }) => {
  const styles = useStyles()
  const { now, locale } = usePane()
  return (
    <div role="group" aria-label={block.label}>
      {byDay(block.entries, now, locale).map(({ day, entries }) => (
        <section key={`${day}-${entries[0]?.id ?? ''}`} aria-label={day}>
          <p className={styles.day}>{day}</p>
          <ol className={styles.list}>{entries.map((entry) => <Entry key={entry.id} entry={entry} />)}</ol>
        </section>
      ))}
      <MoreRows page={block.page} />
    </div>
  )
}
