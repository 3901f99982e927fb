import * as v from 'valibot'
import { contract, type EndpointKey } from '../../shared/api/contract'
import type { Call } from '../../shared/api/call'
import { sendOne } from '../send'
import type { Session } from './session'

const FROM_LETTERS = 2
const MAX_SUGGESTIONS = 10

const isListKey = (key: string): key is EndpointKey => Object.prototype.hasOwnProperty.call(contract, key) && key.endsWith('.list')

const namedSchema = v.object({ items: v.array(v.object({ email: v.optional(v.string()), name: v.optional(v.string()) })) })

/** Addresses, else names, of what a list finds for the letters in the input that asked; nothing when the server does not answer. */
export const suggestions = (session: Session): string[] => {
  const { e: endpoint = '', r: input = '' } = session.event.parameters
  const typed = (session.event.formInputs[input]?.[0] ?? '').trim()
  if (typed.length < FROM_LETTERS || !isListKey(endpoint)) return []
  const call: Call<unknown> = { endpoint, params: {}, query: { q: typed, limit: String(MAX_SUGGESTIONS) }, body: undefined }
  const reply = sendOne({ call }, session.sender)
  const named = v.safeParse(namedSchema, reply.ok ? reply.value : null)
  return named.success ? [...new Set(named.output.items.flatMap((item) => item.email ?? item.name ?? []))].slice(0, MAX_SUGGESTIONS) : []
}
