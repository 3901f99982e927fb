import { makeStyles } from '@fluentui/react-components'
import { useId, useState } from 'react'
import type { EndpointKey } from '../../shared/api/contract'
import type { TextField } from '../../shared/screens/vocabulary'
import { usePane } from './pane'
import { TextBox, type Described } from './parts/inputs'
import { comboOf, Listbox, pressOf, useSuggestions } from './parts/listbox'

const FROM_LETTERS = 2

const useStyles = makeStyles({ holder: { position: 'relative', display: 'grid' } })

type Props = { described: Described; field: TextField; endpoint: EndpointKey; write(value: string): void }

/** A text field that offers what the server knows; any text may still be typed. */
export const SuggestInput = ({ described, field, endpoint, write }: Props) => {
  const { t } = usePane()
  const listId = useId()
  const [asked, setAsked] = useState(false)
  const [at, setAt] = useState(-1)
  const found = useSuggestions(endpoint, field.value, asked, FROM_LETTERS) ?? []
  const open = asked && found.length > 0
  const take = (i: number) => {
    write(found[i]?.value ?? '')
    setAsked(false)
    setAt(-1)
  }
  return (
    <div className={useStyles().holder}>
      <TextBox
        {...described} {...comboOf(listId, open, at)} name={field.name} type={field.as === 'email' ? 'email' : 'text'} value={field.value}
        onChange={(event) => { setAsked(true); setAt(-1); write(event.target.value) }} onKeyDown={pressOf(open, found.length, at, { to: setAt, take, close: () => setAsked(false) })} onBlur={() => setAsked(false)}
      />
      {open && <Listbox id={listId} label={t('pane.suggestions')} items={found.map(({ value, label }) => ({ key: value, label }))} at={at} take={take} />}
    </div>
  )
}
