import * as v from 'valibot'
import type { EndpointKey } from '../../shared/api/contract'
import type { Suggestion } from '../blocks/pane'
import type { Send } from '../send'

const SHOWN = 8

const itemSchema = v.object({ id: v.optional(v.string()), name: v.optional(v.string()), email: v.optional(v.string()), firstName: v.optional(v.string()), lastName: v.optional(v.string()) })
const listSchema = v.object({ items: v.array(v.unknown()) })

const suggestionOf = (item: unknown): Suggestion[] => {
  const parsed = v.safeParse(itemSchema, item)
  if (!parsed.success) return []
  const { email, name, firstName, lastName } = parsed.output
  const value = email ?? name
  if (value === undefined) return []
  const full = [firstName, lastName].filter(Boolean).join(' ')
  return [{ value, label: full === '' ? value : `${full} · ${value}` }]
}

/** What a list endpoint knows of a beginning: addresses of people, names of everything else. Nothing where it fails. */
export const suggestionsOf = async (send: Send, endpoint: EndpointKey, typed: string): Promise<Suggestion[]> => {
  const reply = await send<unknown>({ endpoint, params: {}, query: { q: typed, limit: String(SHOWN) }, body: undefined })
  const list = v.safeParse(listSchema, reply.ok ? reply.value : null)
  return list.success ? list.output.items.flatMap(suggestionOf).slice(0, SHOWN) : []
}
