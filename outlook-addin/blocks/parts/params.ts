import type { ChoiceField, Field, Params } from '../../../shared/screens/vocabulary'

/** The parameters after a change: an empty value leaves, and so does the place in the list. */
export const changedParams = (params: Params, changes: Params): Params =>
  Object.fromEntries(Object.entries({ ...params, ...changes, cursor: '' }).filter(([, value]) => value !== ''))

/** Whether a field offers options, rather than text to type. */
export const isChoice = (field: Field): field is ChoiceField => field.as === 'one' || field.as === 'many'
