import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'
import type { ErrorCode, Issue } from '../../shared/errors'
import { toJson, type Tx } from './bulk'
import type { Connections, Held } from './connections'
import { linesWriter, readHead } from './events.append'
import type { EventPerson, NewEvent } from './events.model'
import { findReply, storeReply, tryOwnKey, type Idempotency } from './idempotency'
import { isUuid } from './ids'
import { queueJobs, type NewJob } from './jobs'
import { queueMails, type NewMail } from './outbox'
import { kept } from './kept'
import { inPortions } from './portions'
import { codeOf, messageOf } from './postgres/problems'
import type { OrganizationRow } from './tables'

/** Who does something, as the log will remember them; the system itself has no id. */
export type Actor = EventPerson

/** Who changes what, when and through which request. `idempotency.bodyHash` stands for method, path and body. */
export type ChangeScope = {
  organizationId: string
  actor: Actor
  requestId: string
  ip: string | null
  client: string
  now: Date
  idempotency?: Idempotency
  /** Between the portions of a long change; left out, it goes on at once. */
  breathe?: () => Promise<void>
}

/** What a change may do; all of it is stored together or not at all. */
export type Change = {
  db: Tx
  /** Locked until the change ends: whatever counts seats or admins counts under this lock. */
  organization: OrganizationRow
  record: (event: NewEvent) => void
  mail: (mail: NewMail) => void
  job: (job: NewJob) => void
  newId: () => string
  now: Date
  /** To be called between the portions of a long change. */
  breathe: () => Promise<void>
  /**
   * For a statement that nothing waits for: it goes out now, before all that is asked later. While the database is at
   * it, the change goes on; where it fails, so does the change. Several only where all of them are asked at once: the
   * change may end before they are answered, and whatever is asked then is refused.
   */
  send: (statement: Promise<unknown>) => void
}

/**
 * What came of it. A refusal rolls everything back. `value` is what a repeat is answered with,
 * so where a key is given it must be plain JSON; `repeated` marks such an answer.
 */
export type Outcome<T> =
  | { ok: true; value: T; status?: number; repeated?: true }
  | { ok: false; code: ErrorCode; issues?: Issue[]; extra?: unknown }

const SYSTEM_SCOPE = "select set_config('app.system', 'on', true)"
const RETRIES = 5
const RETRY_STEP_MS = 15
/** Lines, or mails, that one statement stores. */
const PORTION = 100
/** Runs reading work in one consistent snapshot of one organization. */
export function readIn<T>(connections: Connections, organizationId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return readOnly(connections, scopeTo(organizationId), work)
}

/** Runs reading work across organizations, in one consistent snapshot: identity lookup. */
export function lookIn<T>(connections: Connections, work: (tx: Tx) => Promise<T>): Promise<T> {
  return readOnly(connections, SYSTEM_SCOPE, work)
}

/** Runs work across organizations: jobs, the operator's commands. */
export function asSystem<T>(connections: Connections, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(connections, `begin; ${SYSTEM_SCOPE}`, async (tx) => ({ end: 'commit', value: await work(tx) }))
}

/**
 * Runs one change under the organization's lock, with its events, mails, jobs and stored reply. What `ask` reads goes out
 * with the lock and is answered behind it, as of then: others wait for one answer less.
 */
export function changeIn<T, A>(connections: Connections, newId: () => string, scope: ChangeScope, work: Work<T, A>, ask: ((db: Tx) => Promise<A>) | undefined): Promise<Outcome<T>> {
  return inTransaction(connections, `begin isolation level read committed; ${scopeTo(scope.organizationId)}`, (tx) => runChange(tx, newId, scope, work, ask))
}

/** What a change does, with what was read for it. */
export type Work<T, A> = (change: Change, asked: A) => Promise<Outcome<T>>

async function runChange<T, A>(tx: Tx, newId: () => string, scope: ChangeScope, work: Work<T, A>, ask: ((db: Tx) => Promise<A>) | undefined): Promise<Ended<Outcome<T>>> {
  // Before the organization's lock: a repeat must learn that the first is still running, not wait for it.
  const earlier = await findEarlier<T>(tx, scope)
  if (earlier !== null) return { end: 'rollback', value: earlier }
  // Sent together: the head is read once the lock is held, and known before there is a line to chain to it.
  const [organization, head, asked] = await Promise.all([
    kept(tx).selectFrom('organizations').selectAll()
      .where('id', '=', scope.organizationId).where('deleted_at', 'is', null).forUpdate().executeTakeFirst(),
    readHead(tx, scope.organizationId),
    ask?.(tx),
  ])
  if (organization === undefined) return { end: 'rollback', value: { ok: false, code: 'not_found' } }
  const jobs: NewJob[] = []
  const sent: Promise<unknown>[] = []
  const { now } = scope
  const log = inPortions(PORTION, linesWriter(tx, { ...scope, newId }, head))
  const outbox = inPortions<NewMail>(PORTION, (mails) => queueMails(tx, scope.organizationId, mails, now, newId))
  // Without `ask`, nothing is expected: A is undefined.
  const outcome = await work({
    db: tx, organization, newId, now, breathe: scope.breathe ?? goOn,
    send: (statement) => {
      statement.catch(() => undefined)
      sent.push(statement)
    },
    record: log.add, mail: outbox.add, job: (job) => jobs.push(job),
  }, asked as A)
  if (!outcome.ok) return { end: 'rollback', value: outcome }
  const stored = Promise.all([
    ...sent,
    outbox.end(),
    queueJobs(tx, scope.organizationId, jobs, now, newId),
    log.end(),
    scope.idempotency === undefined ? null : storeReply(tx, keyOf(scope, scope.idempotency), outcome.status ?? 200, toJson(outcome.value ?? null), now),
  ])
  // By the next turn all of them are sent; one that could not even be asked ends the change here.
  await Promise.race([stored, turn()])
  return { end: 'commit', value: outcome, stored }
}

async function findEarlier<T>(tx: Tx, scope: ChangeScope): Promise<Outcome<T> | null> {
  if (scope.idempotency === undefined) return null
  const key = keyOf(scope, scope.idempotency)
  // Sent together, but read one after the other: the reply is looked for once the key is owned.
  const [isOwned, found] = await Promise.all([tryOwnKey(tx, key), findReply(tx, key, scope.now)])
  if (!isOwned) return { ok: false, code: 'idempotency.in_flight' }
  if (found === null) return null
  if (found.body_hash !== key.bodyHash) return { ok: false, code: 'idempotency.mismatch' }
  // What was stored is what the same route answered: its type is T by construction.
  return { ok: true, value: found.reply as T, status: found.status, repeated: true }
}

function keyOf(scope: ChangeScope, idempotency: Idempotency): Idempotency & { organizationId: string; actor: string } {
  return { ...idempotency, organizationId: scope.organizationId, actor: scope.actor.id ?? scope.actor.email }
}

/** The setting ends with the transaction, so a pooled connection carries nothing over. */
function scopeTo(organizationId: string): string {
  if (!isUuid(organizationId)) throw new Error('an organization id is a UUID')
  return `select set_config('app.organization_id', '${organizationId}', true)`
}

const goOn = async (): Promise<void> => undefined

/** How work ends; `stored` is what was sent and not yet answered. */
type Ended<T> = { end: 'commit' | 'rollback' | 'leave'; value: T; stored?: Promise<unknown> }

function readOnly<T>(connections: Connections, scope: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(connections, `begin isolation level repeatable read read only; ${scope}`, async (tx) => ({ end: 'leave', value: await work(tx) }))
}

/** Begins with one message, ends once, and tries again where PostgreSQL gave up: on a conflict between transactions, or on a plan that it had kept. */
async function inTransaction<T>(connections: Connections, begin: string, work: (tx: Tx) => Promise<Ended<T>>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const held = await connections.hold()
    let isStale = false
    try {
      return await runOnce(held, begin, work)
    } catch (error) {
      isStale = isStalePlan(error)
      if (attempt >= RETRIES || !(isStale || isConflict(error))) throw error
    } finally {
      held.release(isStale)
    }
    await sleep(RETRY_STEP_MS * attempt * (1 + Math.random()))
  }
}

async function runOnce<T>({ tx, begin, end, leave }: Held, opening: string, work: (tx: Tx) => Promise<Ended<T>>): Promise<T> {
  // The first statement goes out with it. Were it not begun, that one would find no scope, and so no rows.
  const begun = begin(opening)
  begun.catch(() => undefined)
  let ended: Promise<void> | null = null
  try {
    const { end: how, value, stored } = await work(tx)
    await begun
    if (how === 'leave') {
      leave()
      return value
    }
    // Behind all that is still on its way, so that nobody waits for the lock while answers travel. Where one of those
    // fails, the database takes a commit for a rollback, and the change fails for that one's reason.
    ended = end(how)
    ended.catch(() => undefined)
    await stored
    await ended
    return value
  } catch (error) {
    // A broken connection cannot roll back; the server has done so by itself. A commit that failed is followed by a
    // rollback, too: whoever comes next must find nothing of this, whatever came of it.
    await ended?.catch(() => undefined)
    await end('rollback').catch(() => undefined)
    throw error
  }
}

/** The tables have changed under the statements that the connection keeps: another one finds them as they are. */
function isStalePlan(error: unknown): boolean {
  return codeOf(error) === '0A000' && messageOf(error).startsWith('cached plan')
}

function isConflict(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error))
}
