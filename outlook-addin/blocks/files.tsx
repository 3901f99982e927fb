import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { useId, useRef, useState, type ClipboardEvent, type DragEvent } from 'react'
import type { Issue } from '../../shared/errors'
import type { FileRef } from '../../shared/kit/file'
import type { Locale } from '../../shared/kit/locale'
import type { BlockOf } from '../../shared/screens/vocabulary'
import { usePane } from './pane'
import { ActionButton } from './parts/action'
import { Drawing } from './parts/icons'
import { Choice, Group, TextArea } from './parts/inputs'
import { tokens } from './parts/tokens'
import { Button } from './parts/button'

const useStyles = makeStyles({
  files: { display: 'grid', gap: '12px', minWidth: 0 },
  zone: { display: 'grid', justifyItems: 'center', gap: '6px', padding: '16px', textAlign: 'center', borderRadius: tokens.borderRadiusLarge, border: `1.5px dashed ${tokens.colorNeutralStroke1}`, color: tokens.colorNeutralForeground2 },
  over: { border: `1.5px dashed ${tokens.colorBrandStroke1}`, backgroundColor: tokens.colorBrandBackground2 },
  chosen: { display: 'flex', alignItems: 'center', gap: '8px', padding: '8px', borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground3, overflowWrap: 'anywhere' },
  name: { flexGrow: 1, minWidth: 0 },
  small: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  problem: { margin: 0, color: tokens.colorStatusDangerForeground3 },
})

type FilesBlock = BlockOf<'files'>

const UNITS = [{ unit: 'megabyte', bytes: 1024 * 1024 }, { unit: 'kilobyte', bytes: 1024 }, { unit: 'byte', bytes: 1 }] as const

/** A size as people read it ("1.2 MB"). */
export const sizeText = (bytes: number, locale: Locale): string => {
  const { unit, bytes: one } = UNITS.find((u) => bytes >= u.bytes) ?? UNITS[2]
  // The short form knows no plural: "144 byte".
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', maximumFractionDigits: 1 }).format(bytes / one)
}

/** What keeps a file from being sent; the server judges again. `accept` holds endings (`.csv`). */
export const fileIssue = (file: { name: string; size: number }, accept: string[], maxBytes: number): Issue | null => {
  if (file.size > maxBytes) return { code: 'file.too_large', path: '', params: { max: maxBytes } }
  if (accept.length > 0 && !accept.some((ending) => file.name.toLowerCase().endsWith(ending))) return { code: 'file.kind', path: '', params: { accept: accept.join(', ') } }
  return null
}

const Attachments = ({ block, chosen, choose }: { block: FilesBlock; chosen: FileRef | undefined; choose(ref: FileRef): void }) => {
  const styles = useStyles()
  const { t, locale } = usePane()
  const name = useId()
  return (
    <Group label={t('pane.attachments')}>
      {block.attachments.map((ref) => <Choice key={ref.id} look="radio" name={name} checked={chosen?.source === 'attachment' && chosen.id === ref.id} onChange={() => choose(ref)}>{ref.name} <span className={styles.small}>{sizeText(ref.bytes, locale)}</span></Choice>)}
    </Group>
  )
}

const DropZone = ({ block, take }: { block: FilesBlock; take(file: File | undefined): void }) => {
  const styles = useStyles()
  const { t, locale } = usePane()
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  return (
    <div className={mergeClasses(styles.zone, over && styles.over)} onDragOver={(event) => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)} onDrop={drop}>
      <Drawing glyph="upload" size={28} />
      <span>{t('pane.drop_file')}</span>
      <Button type="button" onClick={() => input.current?.click()}>{t('common.choose_file')}</Button>
      <span className={styles.small}>{[block.accept.join(' '), t('pane.at_most', { size: sizeText(block.maxBytes, locale) })].filter((part) => part !== '').join(' · ')}</span>
      <input ref={input} type="file" hidden tabIndex={-1} aria-hidden="true" accept={block.accept.join(',')} onChange={(event) => { take(event.target.files?.[0]); event.target.value = '' }} />
    </div>
  )
}

const PasteBox = ({ take }: { take(text: string): void }) => {
  const { t } = usePane()
  const [text, setText] = useState('')
  return <TextArea aria-label={t('pane.paste')} placeholder={t('pane.paste')} rows={3} value={text} onChange={(event) => setText(event.target.value)} onBlur={() => { if (text.trim() !== '') take(text) }} />
}

/** Where a file comes from: the open mail, the computer, the clipboard. Its bytes stay here until they are sent. */
export const Files = ({ block }: { block: FilesBlock }) => {
  const styles = useStyles()
  const { t, locale, draft, change, keepFile, keepText } = usePane()
  const [problem, setProblem] = useState<{ name: string; issue: Issue } | null>(null)
  const chosen = draft.files[block.name]
  // A file that can't be used takes the place of the one before: nobody sends the old one for it.
  const judge = (file: { name: string; size: number }, keep: () => FileRef) => {
    const issue = fileIssue(file, block.accept, block.maxBytes)
    setProblem(issue === null ? null : { name: file.name, issue })
    if (issue === null) change({ files: { [block.name]: keep() } })
    else if (chosen !== undefined) change({ files: { [block.name]: null } })
  }
  const choose = (ref: FileRef) => judge({ name: ref.name, size: ref.bytes }, () => ref)
  const take = (file: File | undefined) => {
    if (file !== undefined) judge(file, () => keepFile(file))
  }
  const paste = (event: ClipboardEvent) => {
    const file = event.clipboardData.files[0]
    if (!block.pick || file === undefined) return
    event.preventDefault()
    take(file)
  }
  const remove = () => {
    setProblem(null)
    change({ files: { [block.name]: null } })
  }
  return (
    <div className={styles.files} role="group" aria-label={block.label} onPaste={paste}>
      {block.attachments.length > 0 && <Attachments block={block} chosen={chosen} choose={choose} />}
      {block.pick && <DropZone block={block} take={take} />}
      {block.paste && <PasteBox take={(text) => choose(keepText(text, 'pasted.csv'))} />}
      {chosen && chosen.source !== 'attachment' && (
        <div className={styles.chosen}>
          <Drawing glyph="file" />
          <span className={styles.name}>{chosen.name} <span className={styles.small}>{sizeText(chosen.bytes, locale)}</span></span>
          <Button type="button" appearance="subtle" size="small" icon={<Drawing glyph="close" size={16} />} aria-label={t('pane.remove_file')} onClick={remove} />
        </div>
      )}
      {problem && <p role="alert" className={styles.problem}><strong>{problem.name}</strong> {t.code(problem.issue.code, problem.issue.params)}</p>}
      <ActionButton item={block.action} look="primary" wide />
    </div>
  )
}
