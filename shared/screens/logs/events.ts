import { clientText, eventSentence } from './events.text'
import type { LogEvent } from '../../logs/logs.model'
import type { Env, Icon, TimelineEntry } from '../vocabulary'

/** Which picture stands beside an event: by the noun its kind begins with. */
const ICONS: [RegExp, Icon][] = [
  [/^(log|file)\./, 'log'], [/^(signed_in|sign_in_refused|identity)/, 'signIn'], [/^user_import/, 'import'], [/^user/, 'user'], [/^license/, 'license'], [/^activation/, 'mail'],
  [/^domain/, 'domain'], [/^(workspace)/, 'workspace'], [/^contact/, 'contact'], [/^role/, 'role'], [/^(order|billing)/, 'billing'], [/^(organization|service_key)/, 'settings'], [/^access/, 'warning'],
]

const iconOf = (event: LogEvent): Icon => ICONS.find(([pattern]) => pattern.test(event.kind))?.[1] ?? 'message'

/** One event as a sentence. */
export const eventText = (event: LogEvent, env: Env): string => eventSentence(event, env.t)

/** What an event is about, where there is a screen for it; the message whose screen it stands on is no place to go. */
const leadsTo = ({ target }: LogEvent, shown: string | null): Pick<TimelineEntry, 'open'> => {
  if (target === null || target.id === null) return {}
  if (target.type === 'user') return { open: { screen: 'user', params: { userId: target.id } } }
  return target.type === 'message' && target.id !== shown ? { open: { screen: 'message', params: { messageId: target.id } } } : {}
}

/** Draws one event as a line of a timeline; `shown` is the message that is on screen already. */
export type EntryOf = (event: LogEvent, env: Env, shown?: string | null) => TimelineEntry

/** One event with where it came from and where it leads, without what it changed. */
export const plainEntry = (event: LogEvent, env: Env, shown: string | null = null): TimelineEntry => ({
  ...leadsTo(event, shown),
  id: String(event.sequence),
  at: event.at,
  icon: iconOf(event),
  text: eventText(event, env),
  note: [clientText(event.client, env.t), event.ip ?? '', event.erased ? env.t('logs.erased_note') : ''].filter(Boolean).join(' · '),
})
