import type { LogEvent } from '../../logs/logs.model'
import type { Env, TimelineEntry } from '../vocabulary'
import { changeLines } from './changes'
import { plainEntry, type EntryOf } from './events'

/** What changed, where anything did. */
const changesOf = (event: LogEvent, { t }: Env): Pick<TimelineEntry, 'changes'> => {
  const lines = changeLines(event, t)
  return lines.length === 0 ? {} : { changes: { lines, label: t('logs.changes', { count: lines.length }) } }
}

/** One event as a line of a timeline, with all that there is to say of it. */
export const eventEntry: EntryOf = (event, env, shown) => ({ ...plainEntry(event, env, shown), ...changesOf(event, env) })
