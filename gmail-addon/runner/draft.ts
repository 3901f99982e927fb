import type { Draft, Link } from '../../shared/screens/vocabulary'
import type { ReadClick } from '../cards/click'
import { ALL_INPUT, entryOf, mergeInputs } from '../cards/inputs'
import { utf8Bytes } from '../cards/text'
import { findTyped, notFound } from './find'
import { readFile } from './kept'
import { nameOfScreen, type Session } from './session'

const PASTED_NAME = 'pasted.csv'

/** The file that a person pasted; one that is too much to keep becomes an issue of its input. */
const pastedFile = (draft: Draft, name: string, text: string, session: Session): Draft => {
  const id = session.host.newId()
  const kept = session.memory.keepPasted(id, text)
  if (!kept) return { ...draft, issues: [...(draft.issues ?? []), { code: 'file.too_large', path: name, params: { maxMb: 1 } }] }
  return { ...draft, files: { ...draft.files, [name]: { source: 'pasted', id, name: PASTED_NAME, bytes: utf8Bytes(text) } } }
}

const withFiles = (draft: Draft, click: ReadClick, session: Session): Draft => {
  const { formInputs } = session.event
  return click.inputs.map((entry) => entryOf(entry).input).reduce((next, input) => {
    const given = formInputs[input]?.[0] ?? ''
    if (input.startsWith('t.') && given.trim() !== '') return pastedFile(next, input.slice(2), given, session)
    const chosen = input.startsWith('a.') ? readFile(given) : null
    return chosen === null ? next : { ...next, files: { ...next.files, [input.slice(2)]: chosen } }
  }, draft)
}

const allMatching = (draft: Draft, click: ReadClick, here: Link, session: Session): Draft => {
  if (!click.inputs.includes(ALL_INPUT) || session.event.formInputs[ALL_INPUT] === undefined) return draft
  const filters = Object.entries(here.params).filter(([param]) => param !== 'cursor')
  return { ...draft, selected: { allMatching: Object.fromEntries(filters) } }
}

/** What was remembered of a screen's draft, with what stands in the inputs of the clicked card; kept again. Issues of an earlier attempt are gone. */
export const takeDraft = (click: ReadClick, here: Link, session: Session): Draft => {
  const name = nameOfScreen(here, session)
  const kept: Draft = { ...session.memory.draft(name), issues: undefined }
  if (click.inputs.length === 0) return kept
  const found = findTyped(click, kept, session)
  const issues = notFound(found, click)
  const merged = { ...mergeInputs(kept, click.inputs, session.event.formInputs, found), ...(issues.length > 0 ? { issues } : {}) }
  const draft = allMatching(withFiles(merged, click, session), click, here, session)
  session.memory.keepDraft(name, draft)
  return draft
}
