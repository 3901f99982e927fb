import { clientText, eventSentence } from './events.text'
import type { LogEvent } from '../../logs/logs.model'
import type { Env, Icon, TimelineEntry } from '../vocabulary'

/** Which picture stands beside an event: by the noun its kind begins with. */
const ICONS: [RegExp, Icon][] = [
  [/^(signed_in|sign_in_refused|identity)/, 'signIn'], [/^user_import/, 'import'], [/^user/, 'user'], [/^license/, 'license'], [/^activation/, 'mail'],
  [/^domain/, 'domain'], [/^(workspace)/, 'workspace'], [/^contact/, 'contact'], [/^role/, 'role'], [/^(order|billing)/, 'billing'], [/^(organization|service_key|log)/, 'settings'], [/^access/, 'warning'],
]

const iconOf = (event: LogEvent): Icon => ICONS.find(([pattern]) => pattern.test(event.kind))?.[1] ?? 'message'

/** One event as a sentence. */
export const eventText = (event: LogEvent, env: Env): string => eventSentence(event, env.t)

/** One event as a line of a timeline, with where it came from. */
export const eventEntry = (event: LogEvent, env: Env): TimelineEntry => ({
  id: String(event.sequence),
  at: event.at,
  icon: iconOf(event),
  text: eventText(event, env),
  note: [clientText(event.client, env.t), event.ip ?? ''].filter(Boolean).join(' · '),
  ...(event.target?.type === 'user' && event.target.id !== null ? { open: { screen: 'user' as const, params: { userId: event.target.id } } } : {}),
})
