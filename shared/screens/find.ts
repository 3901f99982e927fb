import * as v from 'valibot'
import type { Call } from '../api/call'
import { fold } from '../kit/text'
import type { Draft, FindSource, Named } from './vocabulary'

/** Finding records by typing, the same in both hosts: what is asked, what is offered, what was meant. */

type Listed = Call<unknown>['endpoint']

/** What may follow the letters typed so far: `value` stands for it in a text, `label` tells it apart, `id` is the record's. */
export type Suggestion = { id: string; value: string; label: string }

/** Lists that can put the closest names first, so that the one meant is among the first few however many hold its letters. */
const CLOSEST: readonly Listed[] = ['workspaces.list']

/** Asks a list for the letters typed so far. */
export const suggestCall = (endpoint: Listed, typed: string, limit: number): Call<unknown> =>
  ({ endpoint, params: {}, query: { q: typed, limit: String(limit), ...(CLOSEST.includes(endpoint) ? { sort: 'closest' } : {}) }, body: undefined })

const itemSchema = v.object({ id: v.optional(v.string(), ''), name: v.optional(v.string()), email: v.optional(v.string()), firstName: v.optional(v.string()), lastName: v.optional(v.string()) })
const listSchema = v.object({ items: v.array(v.unknown()) })

const suggestionOf = (item: unknown): Suggestion[] => {
  const parsed = v.safeParse(itemSchema, item)
  if (!parsed.success) return []
  const { id, email, name, firstName, lastName } = parsed.output
  const value = email ?? name
  if (value === undefined) return []
  const full = [firstName, lastName].filter(Boolean).join(' ')
  return [{ id, value, label: full === '' ? value : `${full} · ${value}` }]
}

/** What a list answered: addresses of people, names of everything else. */
export const suggestionsIn = (reply: unknown): Suggestion[] => {
  const list = v.safeParse(listSchema, reply)
  return list.success ? list.output.items.flatMap(suggestionOf) : []
}

/** Whether a text names something, whatever its case and accents. */
export const isNameOf = (typed: string, name: string): boolean => fold(typed.trim()) === fold(name.trim())

/** What is said of a text that names no record of a list. */
export const UNKNOWN = { 'workspaces.list': 'workspace.unknown' } as const satisfies Record<FindSource, string>

const NAME_OF = '#name '

/** What a draft holds beside the ids that were chosen: their names, which no reply of the screen may know. */
export const namesOf = (chosen: readonly Named[]): Record<string, string> => Object.fromEntries(chosen.map(({ value, label }) => [`${NAME_OF}${value}`, label]))

/** The names that a draft holds. */
export const namesIn = (draft: Draft): Named[] =>
  Object.entries(draft.values).flatMap(([key, label]) => (key.startsWith(NAME_OF) && typeof label === 'string' ? [{ value: key.slice(NAME_OF.length), label }] : []))
