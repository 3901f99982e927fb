import type { Issue } from '../../shared/errors'
import type { EndpointKey } from '../../shared/api/contract'
import { contract } from '../../shared/api/contract'
import { isNameOf, namesIn, suggestCall, suggestionsIn, UNKNOWN, type Suggestion } from '../../shared/screens/find'
import type { Draft, FindSource, Named } from '../../shared/screens/vocabulary'
import type { ReadClick } from '../cards/click'
import { entryOf, fieldName, isTouched, type Entry, type Found } from '../cards/inputs'
import { sendOne } from '../send'
import type { Session } from './session'

const MAX_SUGGESTIONS = 10
const FROM_LETTERS = 2

const isListKey = (key: string): key is EndpointKey => Object.prototype.hasOwnProperty.call(contract, key) && key.endsWith('.list')
const isSource = (key: string): key is FindSource => Object.prototype.hasOwnProperty.call(UNKNOWN, key)

const ask = (endpoint: EndpointKey, typed: string, session: Session): Suggestion[] => {
  const reply = sendOne({ call: suggestCall(endpoint, typed, MAX_SUGGESTIONS) }, session.sender)
  return suggestionsIn(reply.ok ? reply.value : null)
}

/** Addresses, else names, of what a list finds for the letters in the input that asked; nothing when the server does not answer. */
export const suggestions = (session: Session): string[] => {
  const { e: endpoint = '', r: input = '' } = session.event.parameters
  const typed = (session.event.formInputs[input]?.[0] ?? '').trim()
  if (typed.length < FROM_LETTERS || !isListKey(endpoint)) return []
  return [...new Set(ask(endpoint, typed, session).map(({ value }) => value))].slice(0, MAX_SUGGESTIONS)
}

/** The record that a text names; where the card is only drawn again and shows what was taken, the only one that holds its letters. */
const meant = (source: FindSource, typed: string, kept: Draft, isSeenFirst: boolean, session: Session): Named | null => {
  const known = namesIn(kept).find(({ label }) => isNameOf(typed, label))
  if (known !== undefined) return known
  const found = ask(source, typed, session)
  const one = found.find(({ value }) => isNameOf(typed, value)) ?? (isSeenFirst && found.length === 1 ? found[0] : undefined)
  return one === undefined ? null : { value: one.id, label: one.value }
}

const typedIn = (entry: Entry, session: Session): string => (session.event.formInputs[entry.input]?.[0] ?? '').trim()

/** What the texts in the inputs that find records stand for, by input; null for one that names none. Suggestions are texts: Gmail does not say which record was picked. */
export const findTyped = (click: ReadClick, kept: Draft, session: Session): Found =>
  Object.fromEntries(click.inputs.map(entryOf).flatMap((entry) => {
    const typed = typedIn(entry, session)
    if (entry.from === undefined || !isSource(entry.from) || typed === '' || !isTouched(entry, [typed])) return []
    return [[entry.input, meant(entry.from, typed, kept, click.kind !== 'do', session)]]
  }))

/** Texts that name no record, as issues of their fields. */
export const notFound = (found: Found, click: ReadClick): Issue[] =>
  click.inputs.map(entryOf).flatMap(({ input, from }) => (found[input] === null && from !== undefined && isSource(from) ? [{ code: UNKNOWN[from], path: fieldName(input) }] : []))
