import type { Logger } from 'pino'
import type { Instant } from '../../shared/kit/result'
import { LEASE_MS, whileHeld } from '../store/leases'
import { completeMail, failMail, takeMails, type QueuedMail } from '../store/outbox'
import type { Store } from '../store/store'
import type { OutgoingMail, SendMail } from './mail'

/** Writes out a stored mail; null for a kind that nobody writes. */
export type RenderMail = (mail: QueuedMail) => Omit<OutgoingMail, 'messageId' | 'to'> | null

/**
 * What sending the outbox needs; `domain` stands after the `@` of message ids. `isBusy`: whether somebody waits for
 * other work of this thread, so that mails that nobody waits for make room.
 */
export type OutboxDeps = { store: Store; send: SendMail; render: RenderMail; domain: string; isBusy: () => boolean; clock: () => Date; newId: () => string; logger: Logger }

/** What is due meanwhile waits for the rest of a batch. */
const BATCH = 20
const PARALLEL = 4

/** Sends what is due, one batch; answers how many were taken. A mail is sent at least once, and by one server at a time. */
export async function drainOutbox(deps: OutboxDeps): Promise<number> {
  const { store } = deps
  const isBusy = deps.isBusy()
  const mails = await store.system((db) => takeMails(db, { now: deps.clock(), limit: isBusy ? BATCH / PARALLEL : BATCH, leaseMs: LEASE_MS, lease: deps.newId() }))
  const waiting = [...mails]
  const work = async (): Promise<void> => {
    for (let mail = waiting.shift(); mail !== undefined; mail = waiting.shift()) await sendOne(deps, mail)
  }
  // A batch is short where they go one by one: what comes meanwhile waits no longer than else.
  const parallel = isBusy && mails.every((mail) => mail.is_bulk) ? 1 : PARALLEL
  if (mails.length > 0) await whileHeld(deps, 'outbox', mails, () => Promise.all(Array.from({ length: parallel }, work)))
  return mails.length
}

async function sendOne(deps: OutboxDeps, mail: QueuedMail): Promise<void> {
  const written = deps.render(mail)
  const outcome = written === null
    ? ({ ok: false, isFinal: true, reason: 'unknown kind' } as const)
    : await deps.send({ ...written, messageId: messageIdOf(mail.id, deps.domain), to: { email: mail.to_email, name: mail.to_name } })
  const now = deps.clock()
  await deps.store.system((db) => {
    if (outcome.ok) return completeMail(db, mail, now)
    const attempts = outcome.isFinal ? mail.max_attempts : mail.attempts
    return failMail(db, { ...mail, attempts }, outcome.reason, now)
  })
  if (!outcome.ok) deps.logger.warn({ mail: mail.id, kind: mail.kind, attempts: mail.attempts, reason: outcome.reason }, 'mail not sent')
}

/** The same for every attempt to send the same row. */
export const messageIdOf = (id: string, domain: string): string => `<${id}@${domain}>`

/** How many mails wait, and since when the oldest one is due. */
export async function outboxState(store: Store): Promise<{ waiting: number; oldest: Instant | null }> {
  const row = await store.system((db) => db.selectFrom('outbox').select(({ fn }) => [fn.countAll<number>().as('waiting'), fn.min('run_at').as('oldest')]).where('state', '=', 'queued').executeTakeFirstOrThrow())
  return { waiting: Number(row.waiting), oldest: row.oldest === null ? null : new Date(row.oldest).toISOString() }
}
