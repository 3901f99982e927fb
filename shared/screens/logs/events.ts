import type { LogEvent } from '../../logs/logs.model'
import type { Env, Icon, TimelineEntry } from '../vocabulary'

/** Which picture stands beside an event: by the noun its kind begins with. */
const ICONS: [RegExp, Icon][] = [
  [/^(signed_in|sign_in_refused|identity)/, 'signIn'], [/^user_import/, 'import'], [/^user/, 'user'], [/^license/, 'license'], [/^activation/, 'mail'],
  [/^domain/, 'domain'], [/^(workspace)/, 'workspace'], [/^contact/, 'contact'], [/^role/, 'role'], [/^(order|billing)/, 'billing'], [/^(organization|service_key|log)/, 'settings'], [/^access/, 'warning'],
]

const iconOf = (event: LogEvent): Icon => ICONS.find(([pattern]) => pattern.test(event.kind))?.[1] ?? 'message'

const personText = (person: { name: string; email: string }): string => person.name || person.email

/** One event as a sentence; a kind that this version does not know is shown by its own word, never dropped. */
export const eventText = (event: LogEvent, env: Env): string => {
  const key = `log.${event.kind}`
  const target = event.target?.label ?? event.subjects.map(personText).join(', ')
  return env.t.has(key) ? env.t(key, { actor: personText(event.actor) || env.t('client.system'), target }) : `${event.kind} · ${target}`
}

/** One event as a line of a timeline, with where it came from. */
export const eventEntry = (event: LogEvent, env: Env): TimelineEntry => ({
  id: String(event.sequence),
  at: event.at,
  icon: iconOf(event),
  text: eventText(event, env),
  note: [env.t(`client.${event.client as 'web'}`), event.ip ?? ''].filter(Boolean).join(' · '),
  ...(event.target?.type === 'user' && event.target.id !== null ? { open: { screen: 'user' as const, params: { userId: event.target.id } } } : {}),
})
