import { useId, useState, type ReactElement } from 'react'
import type { DateTimePicker, SelectionInput, SwitchControl, TextInput } from '../../gmail-addon/cards/card'
import type { Surface } from './surface'

const CHECKS = { CHECK_BOX: 'checkbox', SWITCH: 'checkbox', RADIO_BUTTON: 'radio' } as const

/** A text input with the suggestions that the add-on answers while the person types. */
export function CardTextInput({ widget, surface }: { widget: TextInput; surface: Surface }): ReactElement {
  const id = useId()
  const [offers, setOffers] = useState<string[]>(widget.initialSuggestions?.items.map((item) => item.text) ?? [])
  const value = surface.values[widget.name]?.[0] ?? ''
  const change = (next: string) => {
    surface.fill(widget.name, next === '' ? [] : [next])
    if (widget.autoCompleteAction) setOffers(surface.suggest(widget.name, next))
  }
  const shared = { id, value, 'aria-describedby': widget.hintText ? `${id}-hint` : undefined, onBlur: () => { if (widget.onChangeAction && value !== (widget.value ?? '')) surface.done(widget.name, value === '' ? [] : [value]) } }
  return (
    <div className="g-field">
      <label htmlFor={id}>{widget.label}</label>
      {widget.type === 'MULTIPLE_LINE'
        ? <textarea {...shared} rows={4} onChange={(e) => change(e.target.value)} />
        : <input {...shared} list={offers.length > 0 ? `${id}-offers` : undefined} onChange={(e) => change(e.target.value)} />}
      {offers.length > 0 && <datalist id={`${id}-offers`}>{offers.map((offer) => <option key={offer} value={offer} />)}</datalist>}
      {widget.hintText && <small id={`${id}-hint`}>{widget.hintText}</small>}
    </div>
  )
}

/** A choice: dropdown, radio buttons, checkboxes or switches. */
export function CardSelection({ widget, surface }: { widget: SelectionInput; surface: Surface }): ReactElement {
  const id = useId()
  const chosen = surface.values[widget.name] ?? []
  const choose = (values: string[]) => surface.done(widget.name, values)
  if (widget.type === 'DROPDOWN') {
    return (
      <div className="g-field">
        {widget.label && <label htmlFor={id}>{widget.label}</label>}
        <select id={id} value={chosen[0] ?? ''} onChange={(e) => choose([e.target.value])}>
          {widget.items.map((item) => <option key={item.value} value={item.value}>{item.text}</option>)}
        </select>
      </div>
    )
  }
  const type = CHECKS[widget.type]
  const toggle = (value: string, on: boolean) => choose(type === 'radio' ? [value] : on ? [...chosen, value] : chosen.filter((v) => v !== value))
  return (
    <fieldset className="g-field">
      {widget.label && <legend>{widget.label}</legend>}
      {widget.items.map((item) => (
        <label key={item.value} className="g-check"><input type={type} name={id} checked={chosen.includes(item.value) || (type === 'radio' && chosen.length === 0 && item.value === '')} onChange={(e) => toggle(item.value, e.target.checked)} /> {item.text}</label>
      ))}
    </fieldset>
  )
}

/** A switch or checkbox at the end of a line. */
export function CardSwitch({ widget, surface }: { widget: SwitchControl; surface: Surface }): ReactElement {
  const on = (surface.values[widget.name] ?? []).includes(widget.value)
  const toggle = () => surface.done(widget.name, on ? [] : [widget.value])
  return <input type="checkbox" role={widget.controlType === 'CHECK_BOX' ? undefined : 'switch'} aria-label={widget.name} checked={on} onChange={toggle} />
}

/** A day. Its value goes to the add-on as `YYYY-MM-DD`, as the runtime hands it over. */
export function CardDate({ widget, surface }: { widget: DateTimePicker; surface: Surface }): ReactElement {
  const id = useId()
  const value = surface.values[widget.name]?.[0] ?? ''
  return (
    <div className="g-field">
      <label htmlFor={id}>{widget.label}</label>
      <input id={id} type="date" value={value} onChange={(e) => surface.done(widget.name, e.target.value === '' ? [] : [e.target.value])} />
    </div>
  )
}
