import { Checkbox, Field as FluentField, Input, makeStyles, Radio, RadioGroup, Select, Switch, Textarea } from '@fluentui/react-components'
import { lazy, Suspense, useId } from 'react'
import type { ChoiceField, Field, Option, TextField } from '../../shared/screens/vocabulary'
import { usePane } from './pane'
import { isChoice } from './parts/params'
import { tokens } from './parts/tokens'

/** Radio buttons up to this many options, a list to open beyond. */
const RADIOS_UP_TO = 5

const Suggest = lazy(() => import('./suggest').then((part) => ({ default: part.SuggestInput })))

const useStyles = makeStyles({
  options: { display: 'grid', border: 'none', margin: 0, padding: 0, minWidth: 0 },
  legend: { padding: 0, marginBottom: '2px', overflowWrap: 'anywhere' },
  note: { display: 'block', fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
  problem: { color: tokens.colorStatusDangerForeground1, fontSize: tokens.fontSizeBase200 },
  hint: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  scroll: { maxHeight: '240px', overflowY: 'auto' },
})

type Write = (value: string | string[]) => void
type Draw<F> = { field: F; problem: string | undefined; write: Write }

const INPUT_TYPES = { text: 'text', email: 'email', date: 'date', number: 'number' } as const

const TextInput = ({ field, problem, write }: Draw<TextField>) => {
  const id = useId()
  const props = { hint: field.hint, required: field.required, label: field.label, validationMessage: problem, validationState: problem ? 'error' as const : 'none' as const }
  if (field.as === 'switch') return <FluentField hint={field.hint} validationMessage={problem}><Switch name={field.name} label={field.label} checked={field.value === 'on'} onChange={(_, data) => write(data.checked ? 'on' : '')} /></FluentField>
  if (field.as === 'multiline') return <FluentField {...props}><Textarea name={field.name} value={field.value} resize="vertical" rows={4} onChange={(_, data) => write(data.value)} /></FluentField>
  const input = <Input id={id} name={field.name} type={INPUT_TYPES[field.as]} value={field.value} autoComplete="off" spellCheck={field.as === 'text'} onChange={(_, data) => write(data.value)} />
  if (!field.suggest) return <FluentField {...props}>{input}</FluentField>
  return <FluentField {...props}><Suspense fallback={input}><Suggest field={field} endpoint={field.suggest} write={write} /></Suspense></FluentField>
}

const OptionText = ({ option }: { option: Option }) => {
  const styles = useStyles()
  const note = option.enabled === true ? option.note : option.enabled
  return <>{option.label}{note && <span className={styles.note}>{note}</span>}</>
}

const OneOf = ({ field, problem, write }: Draw<ChoiceField>) => {
  const { t } = usePane()
  const value = field.value[0] ?? ''
  const props = { label: field.label, hint: field.hint, required: field.required, validationMessage: problem, validationState: problem ? 'error' as const : 'none' as const }
  const explained = field.options.some((option) => option.note || option.enabled !== true)
  if (explained ? field.options.length <= RADIOS_UP_TO * 2 : field.options.length <= 2) {
    return (
      <FluentField {...props}>
        <RadioGroup name={field.name} value={value} onChange={(_, data) => write([data.value])}>
          {field.options.map((option) => <Radio key={option.value} value={option.value} disabled={option.enabled !== true} label={<OptionText option={option} />} />)}
        </RadioGroup>
      </FluentField>
    )
  }
  return (
    <FluentField {...props}>
      <Select name={field.name} value={value} onChange={(_, data) => write(data.value === '' ? [] : [data.value])}>
        {!field.options.some((option) => option.value === value) && <option value="">{t('pane.choose')}</option>}
        {field.options.map((option) => <option key={option.value} value={option.value} disabled={option.enabled !== true}>{option.enabled === true ? option.label : `${option.label} (${option.enabled})`}</option>)}
      </Select>
    </FluentField>
  )
}

const ManyOf = ({ field, problem, write }: Draw<ChoiceField>) => {
  const styles = useStyles()
  const id = useId()
  const full = field.max !== undefined && field.value.length >= field.max
  const toggle = (value: string, on: boolean) => write(on ? [...field.value, value] : field.value.filter((other) => other !== value))
  return (
    <fieldset className={styles.options} aria-describedby={problem || field.hint ? id : undefined} aria-invalid={problem ? true : undefined}>
      <legend className={styles.legend}>{field.label}{field.required && ' *'}</legend>
      <div className={styles.scroll}>
        {field.options.map((option) => {
          const on = field.value.includes(option.value)
          return <div key={option.value}><Checkbox name={field.name} label={<OptionText option={option} />} checked={on} disabled={option.enabled !== true || (full && !on)} onChange={(_, data) => toggle(option.value, data.checked === true)} /></div>
        })}
      </div>
      {(problem || field.hint) && <span id={id} className={problem ? styles.problem : styles.hint}>{problem ?? field.hint}</span>}
    </fieldset>
  )
}

/** One field with its label, hint and problem; `write` gets the text, or the chosen values. */
export const FieldInput = ({ field, problem, write }: { field: Field; problem?: string; write: Write }) => {
  if (isChoice(field)) {
    const Choice = field.as === 'one' ? OneOf : ManyOf
    return <Choice field={field} problem={problem} write={write} />
  }
  return <TextInput field={field} problem={problem} write={write} />
}
