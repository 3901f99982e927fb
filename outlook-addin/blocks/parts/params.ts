import type { Params } from '../../../shared/screens/vocabulary'

/** The parameters after a change: an empty value leaves, and so does the place in the list. */
export const changedParams = (params: Params, changes: Params): Params =>
  Object.fromEntries(Object.entries({ ...params, ...changes, cursor: '' }).filter(([, value]) => value !== ''))
