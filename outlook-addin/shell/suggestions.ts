import type { EndpointKey } from '../../shared/api/contract'
import { suggestCall, suggestionsIn, type Suggestion } from '../../shared/screens/find'
import type { Send } from '../send'

const SHOWN = 8

/** What a list endpoint knows of a beginning: addresses of people, names of everything else. Nothing where it fails. */
export const suggestionsOf = async (send: Send, endpoint: EndpointKey, typed: string): Promise<Suggestion[]> => {
  const reply = await send(suggestCall(endpoint, typed, SHOWN))
  return suggestionsIn(reply.ok ? reply.value : null).slice(0, SHOWN)
}
