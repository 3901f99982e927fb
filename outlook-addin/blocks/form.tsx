import { makeStyles } from '@fluentui/react-components'
import { useEffect, useId, useRef, useState, type FormEvent } from 'react'
import type { Issue } from '../../shared/errors'
import { BEGUN_ON } from '../../shared/screens/forms'
import type { BlockOf, Field } from '../../shared/screens/vocabulary'
import { FieldInput } from './field'
import { Notice } from './notice'
import { usePane } from './pane'
import { ActionButton } from './parts/action'
import { Choice, Group } from './parts/inputs'
import { tokens } from './parts/tokens'

const useStyles = makeStyles({
  form: { display: 'grid', gap: '14px', minWidth: 0 },
  conflict: { display: 'grid', gap: '8px', padding: '10px', borderRadius: tokens.borderRadiusMedium, border: `1px solid ${tokens.colorStatusWarningBorder1}`, margin: 0, minWidth: 0 },
})

type FormBlock = BlockOf<'form'>

/** The problems of one field, also where the path goes deeper into it (`workspaceIds.3`). */
const problemsOf = (issues: Issue[], name: string): Issue[] => issues.filter((issue) => issue.path === name || issue.path.startsWith(`${name}.`))

type Conflicts = NonNullable<FormBlock['conflict']>

/** A choice stays on screen once it is made, so that it can be made again; another version of the record asks anew. */
const useConflicts = ({ version, conflict = [] }: FormBlock): { items: Conflicts; keep(): void } => {
  const [kept, setKept] = useState<{ version: number | undefined; items: Conflicts }>({ version, items: [] })
  const itemByField = new Map([...(kept.version === version ? kept.items : []), ...conflict].map((item) => [item.field, item]))
  const items = [...itemByField.values()]
  return { items, keep: () => setKept({ version, items }) }
}

const Conflict = ({ item, keep }: { item: Conflicts[number]; keep(): void }) => {
  const styles = useStyles()
  const { t, draft, change } = usePane()
  const name = useId()
  const keepsTheirs = draft.values[item.field] === item.theirs
  const choose = (value: string) => {
    keep()
    change({ values: { [item.field]: value } })
  }
  return (
    <Group label={item.label} className={styles.conflict}>
      <Choice look="radio" name={name} checked={!keepsTheirs} onChange={() => choose(item.mine)}>{t('common.conflict_mine', { value: item.mineText ?? item.mine })}</Choice>
      <Choice look="radio" name={name} checked={keepsTheirs} onChange={() => choose(item.theirs)}>{t('common.conflict_theirs', { value: item.theirsText ?? item.theirs })}</Choice>
    </Group>
  )
}

/** Problems that belong to no field of the form. */
const orphans = (block: FormBlock): Issue[] => block.issues.filter((issue) => !block.fields.some((field) => problemsOf([issue], field.name).length > 0))

/** Fields with their problems beside them; the first one that is wrong gets the focus. */
export const Form = ({ block }: { block: FormBlock }) => {
  const styles = useStyles()
  const { t, run, tell, draft, change } = usePane()
  const conflicts = useConflicts(block)
  const form = useRef<HTMLFormElement>(null)
  const { issues, submit } = block
  const wrong = issues.length > 0 ? issues : null
  useEffect(() => {
    if (wrong === null) return
    const first = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    const target = first?.matches('input, textarea, select') ? first : first?.querySelector<HTMLElement>('input, textarea, select')
    target?.focus()
    // Focus moves once for each answer, not on each letter typed after it.
  }, [wrong])
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (submit.enabled === true) run(submit)
    else tell(submit.enabled)
  }
  // Somebody else's change must not slip in below what is being typed: the draft knows on what it was begun.
  const begun: Record<string, string> = block.version === undefined || draft.values[BEGUN_ON] !== undefined ? {} : { [BEGUN_ON]: String(block.version) }
  const problem = (field: Field) => problemsOf(issues, field.name).map((issue) => t.code(issue.code, issue.params)).join(' ') || undefined
  return (
    <form ref={form} className={styles.form} onSubmit={send} noValidate data-form={block.id}>
      {block.fields.map((field) => <FieldInput key={field.name} field={field} problem={problem(field)} write={(value, names) => change({ values: { ...begun, ...names, [field.name]: value } })} />)}
      {/* Right above the button that it is about: at the top of a long form it would be out of sight. */}
      {orphans(block).map((issue, i) => <Notice key={`${issue.code}-${issue.path}-${i}`} block={{ is: 'notice', tone: 'danger', text: t.code(issue.code, issue.params) }} />)}
      {conflicts.items.length > 0 && (
        <div role="alert" className={styles.form}>
          <Notice block={{ is: 'notice', tone: 'warning', text: `${t('common.conflict_title')}. ${t('common.conflict_text')}` }} />
          {conflicts.items.map((item) => <Conflict key={item.field} item={item} keep={conflicts.keep} />)}
        </div>
      )}
      <div><ActionButton item={submit} look="primary" form wide /></div>
    </form>
  )
}
