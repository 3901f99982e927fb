import type { Translate } from '../../i18n/translate'
import type { LogEvent } from '../../logs/logs.model'

/** How a person of the log is called: by name, or by the address where there is none. */
export const personText = (person: { name: string; email: string }): string => person.name || person.email

/** One event as a sentence; a kind that this version does not know is shown by its own word, never dropped. */
export const eventSentence = (event: Pick<LogEvent, 'kind' | 'actor' | 'target' | 'subjects' | 'erased'>, t: Translate): string => {
  const key = `log.${event.kind}`
  const actor = personText(event.actor) || t(event.erased ? 'logs.erased' : 'client.system')
  const target = (event.target?.label ?? event.subjects.map(personText).filter(Boolean).join(', ')) || t('logs.erased')
  return t.has(key) ? t(key, { actor, target }) : `${event.kind} · ${target}`
}

/** Where an event came from, in words; a client that names itself is called as it does. */
export const clientText = (client: string, t: Translate): string => {
  const key = `client.${client}`
  return t.has(key) ? t(key) : client
}
