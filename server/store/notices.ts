import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { Client } from 'pg'
import type { StoreConnection } from './database'
import type { Store } from './store'

/** Short texts that servers on one database tell each other, at most once, and not to who is away just then. */
export type Notices = {
  /** Tells all other servers, soon; one that cannot be told is not waited for. */
  tell: (text: string) => void
  stop: () => Promise<void>
}

/** `serverId` tells servers apart. `heard` is called with what others tell, `missed` after a gap in which something may have been told. */
export type NoticesOptions = { connection: StoreConnection; store: Pick<Store, 'system'>; serverId: string; heard: (text: string) => void; missed: () => void }

const CHANNEL = 'orgdesk'
const COME_BACK_MS = 1_000
const PULSE_MS = 20_000
const ANSWER_WITHIN_MS = 5_000

/** A line that went dead without a word would be listened to for ever: answers once it is one. */
const untilSilent = (client: Client): Promise<void> => new Promise((resolve) => {
  const ask = (): void => void client.query('select').then(() => { setTimeout(ask, PULSE_MS).unref() }, () => resolve())
  ask()
})

/** Listens on a connection of its own until that is lost, and answers then. */
async function listen({ connection, serverId, heard, missed }: NoticesOptions, isBack: boolean, stopped: Promise<void>): Promise<void> {
  const client = new Client({ ...connection, connectionTimeoutMillis: ANSWER_WITHIN_MS, query_timeout: ANSWER_WITHIN_MS })
  const lost = new Promise<void>((resolve) => { client.on('error', () => resolve()).on('end', () => resolve()) })
  client.on('notification', ({ payload = '' }) => {
    if (!payload.startsWith(serverId)) heard(payload.slice(serverId.length))
  })
  try {
    await client.connect()
    await client.query(`listen ${CHANNEL}`)
    if (isBack) missed()
    await Promise.race([lost, untilSilent(client), stopped])
  } finally {
    await Promise.race([client.end().catch(() => undefined), sleep(ANSWER_WITHIN_MS, undefined, { ref: false })])
  }
}

/**
 * Opens the line between the servers of a database; it comes back by itself. What is told goes out in transactions of
 * their own, all that waits in one: told within each change it would make all changes of the database wait for each other.
 */
export function openNotices(options: NoticesOptions): Notices {
  const stopping = new AbortController()
  const stopped = new Promise<void>((resolve) => { stopping.signal.addEventListener('abort', () => resolve()) })
  const waiting = new Set<string>()
  let telling: Promise<void> | null = null
  const keep = async (): Promise<void> => {
    for (let isBack = false; !stopping.signal.aborted; isBack = true) {
      await listen(options, isBack, stopped).catch(() => undefined)
      await sleep(COME_BACK_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  const tellAll = async (): Promise<void> => {
    while (waiting.size > 0) {
      const payloads = [...waiting].map((text) => options.serverId + text)
      waiting.clear()
      await options.store.system((db) => sql`select pg_notify(${CHANNEL}, payload) from unnest(${payloads}::text[]) as payload`.execute(db)).catch(() => undefined)
    }
    telling = null
  }
  const kept = keep()
  return {
    tell: (text) => {
      waiting.add(text)
      telling ??= tellAll()
    },
    stop: async () => {
      await telling
      stopping.abort()
      await kept
    },
  }
}
