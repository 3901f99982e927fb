import { makeStyles } from '@fluentui/react-components'
import { lazy, Suspense, useId } from 'react'
import type { ChoiceField, Field, FindField, Option, TextField } from '../../shared/screens/vocabulary'
import { usePane } from './pane'
import { Choice, Group, Labelled, SelectBox, TextArea, TextBox } from './parts/inputs'
import { isChoice } from './parts/params'
import { tokens } from './parts/tokens'

/** Radio buttons up to this many options that explain themselves, a list to open beyond. */
const RADIOS_UP_TO = 10

const SuggestInput = lazy(() => import(/* webpackChunkName: "lazy-blocks" */ './suggest').then((part) => ({ default: part.SuggestInput })))
const FindInput = lazy(() => import(/* webpackChunkName: "lazy-blocks" */ './find').then((part) => ({ default: part.FindInput })))

const useStyles = makeStyles({
  note: { display: 'block', fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
  scroll: { maxHeight: '240px', overflowY: 'auto' },
  problem: { fontSize: tokens.fontSizeBase200, color: tokens.colorStatusDangerForeground3 },
})

/** `names` go into the draft beside the value: what the ids in it are called. */
type Write = (value: string | string[], names?: Record<string, string>) => void
type Draw<F> = { field: F; problem: string | undefined; write: Write }

const INPUT_TYPES = { text: 'text', email: 'email', date: 'date', number: 'number' } as const

const Switch = ({ field, problem, write }: Draw<TextField>) => {
  const styles = useStyles()
  const id = useId()
  const below = problem ?? field.hint
  return (
    <div>
      <Choice look="switch" name={field.name} checked={field.value === 'on'} aria-describedby={below ? id : undefined} aria-invalid={problem ? true : undefined} onChange={(event) => write(event.target.checked ? 'on' : '')}>{field.label}</Choice>
      {below && <span id={id} className={problem ? styles.problem : styles.note}>{below}</span>}
    </div>
  )
}

const TextInput = ({ field, problem, write }: Draw<TextField>) => {
  const { as, suggest } = field
  if (as === 'switch') return <Switch field={field} problem={problem} write={write} />
  const about = { label: field.label, hint: field.hint, required: field.required, problem }
  if (as === 'multiline') return <Labelled {...about}>{(described) => <TextArea {...described} name={field.name} value={field.value} rows={4} onChange={(event) => write(event.target.value)} />}</Labelled>
  return (
    <Labelled {...about}>
      {(described) => {
        const input = <TextBox {...described} name={field.name} type={INPUT_TYPES[as]} value={field.value} autoComplete="off" spellCheck={as === 'text'} onChange={(event) => write(event.target.value)} />
        return suggest ? <Suspense fallback={input}><SuggestInput described={described} field={field} endpoint={suggest} write={write} /></Suspense> : input
      }}
    </Labelled>
  )
}

const OptionText = ({ option }: { option: Option }) => {
  const styles = useStyles()
  const note = option.enabled === true ? option.note : option.enabled
  return <>{option.label}{note && <span className={styles.note}>{note}</span>}</>
}

const OneOf = ({ field, problem, write }: Draw<ChoiceField>) => {
  const { t } = usePane()
  const group = useId()
  const value = field.value[0] ?? ''
  const about = { label: field.label, hint: field.hint, required: field.required, problem }
  const explained = field.options.some((option) => option.note || option.enabled !== true)
  if (field.options.length <= (explained ? RADIOS_UP_TO : 2)) {
    return (
      <Group {...about}>
        {field.options.map((option) => <Choice key={option.value} look="radio" name={`${field.name}-${group}`} value={option.value} checked={option.value === value} disabled={option.enabled !== true} onChange={() => write([option.value])}><OptionText option={option} /></Choice>)}
      </Group>
    )
  }
  return (
    <Labelled {...about}>
      {(described) => (
        <SelectBox {...described} name={field.name} value={value} onChange={(event) => write(event.target.value === '' ? [] : [event.target.value])}>
          {!field.options.some((option) => option.value === value) && <option value="">{t('pane.choose')}</option>}
          {field.options.map((option) => <option key={option.value} value={option.value} disabled={option.enabled !== true}>{option.enabled === true ? option.label : `${option.label} (${option.enabled})`}</option>)}
        </SelectBox>
      )}
    </Labelled>
  )
}

const ManyOf = ({ field, problem, write }: Draw<ChoiceField>) => {
  const styles = useStyles()
  const full = field.max !== undefined && field.value.length >= field.max
  const toggle = (value: string, on: boolean) => write(on ? [...field.value, value] : field.value.filter((other) => other !== value))
  return (
    <Group label={field.label} hint={field.hint} required={field.required} problem={problem}>
      <div className={styles.scroll}>
        {field.options.map((option) => {
          const on = field.value.includes(option.value)
          return <Choice key={option.value} look="checkbox" name={field.name} checked={on} disabled={option.enabled !== true || (full && !on)} onChange={(event) => toggle(option.value, event.target.checked)}><OptionText option={option} /></Choice>
        })}
      </div>
    </Group>
  )
}

const Find = ({ field, problem, write }: Draw<FindField>) => (
  <Labelled label={field.label} hint={field.hint} required={field.required} problem={problem}>
    {(described) => <Suspense fallback={<TextBox {...described} disabled />}><FindInput described={described} field={field} write={write} /></Suspense>}
  </Labelled>
)

/** One field with its label, hint and problem; `write` gets the text, or the chosen values. */
export const FieldInput = ({ field, problem, write }: { field: Field; problem?: string; write: Write }) => {
  if (isChoice(field)) {
    const Several = field.as === 'one' ? OneOf : ManyOf
    return <Several field={field} problem={problem} write={write} />
  }
  if (field.as === 'find') return <Find field={field} problem={problem} write={write} />
  return <TextInput field={field} problem={problem} write={write} />
}
