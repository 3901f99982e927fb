import { holds, isAdministrator } from '../../../shared/access/access.policy'
import type { Retention } from '../../../shared/logs/reports.model'
import { planPurge, purgeAbility, type PurgeSnapshot } from '../../../shared/logs/purge.plan'
import { done, refused, type Handler } from '../../http/handler'
import type { Viewer } from '../../identity/viewer'
import type { Tx } from '../../store/bulk'
import { findSealable, keptSince, readSeals, sealedHead, type Seal } from '../../store/log.seals'
import type { ActionDeps } from '../deps'
import { runPlanned } from '../planned'
import { settingsOf } from '../settings'

/** The work of one purge; its payload is `through`, the last sequence to go, and who asked. */
export const PURGE_JOB = 'log.purge'

type Loaded = PurgeSnapshot & { retentionMonths: number | null; seals: Seal[] }

/** `GET /v1/events/retention`. */
export const eventsRetention = ({ store }: ActionDeps): Handler<'events.retention'> => async (_input, { viewer, now }) => {
  if (!holds(viewer, 'settings.manage')) return refused('access.denied')
  return done(await store.read(viewer.organizationId, async (db) => toRetention(await loadRetention(db, viewer.organizationId, now), viewer)))
}

/** `POST /v1/events/purge`: asks for it; a job verifies the lines, seals them and takes them out. */
export const eventsPurge = ({ store }: ActionDeps): Handler<'events.purge'> => async (_input, ctx) => {
  const { viewer, now } = ctx
  return runPlanned<Loaded, ReturnType<typeof planPurge>, Retention>(store, ctx, {
    load: async (db) => ({ ok: true, value: await loadRetention(db, viewer.organizationId, now) }),
    decide: (loaded) => planPurge(loaded, viewer),
    apply: async (change, loaded) => {
      const [first] = loaded.months
      const last = loaded.months.at(-1)
      change.record({
        category: 'audit', kind: 'log.purge_requested', ofAdmin: isAdministrator(viewer), target: { type: 'log_month', id: last?.month ?? null, label: `${first?.month ?? ''} – ${last?.month ?? ''}` },
        changes: { lines: { from: loaded.lines, to: 0 }, through: { from: null, to: loaded.through } },
      })
      change.job({ kind: PURGE_JOB, payload: { through: loaded.through, requestedBy: { id: viewer.userId, email: viewer.email, name: viewer.name } }, dedupeKey: `${PURGE_JOB} ${viewer.organizationId}` })
      return toRetention({ ...loaded, purging: true }, viewer)
    },
  })
}

/** What lies beyond the retention of an organization at a moment; nothing where it keeps everything. */
export async function loadRetention(db: Tx, organizationId: string, now: Date): Promise<Loaded> {
  const { settings } = await db.selectFrom('organizations').select('settings').where('id', '=', organizationId).executeTakeFirstOrThrow()
  const { retentionMonths } = settingsOf(settings)
  const seals = await readSeals(db, organizationId)
  const found = retentionMonths === null ? [] : await findSealable(db, organizationId, keptSince(now, retentionMonths))
  const months = found.map(({ month, firstSequence, lastSequence }) => ({ month, lines: lastSequence - firstSequence + 1 }))
  const through = found.at(-1)?.lastSequence ?? 0
  const exported = found.length === 0 ? undefined : await db.selectFrom('log_exports').select(['exported_at', 'exported_by']).where('organization_id', '=', organizationId)
    .where('after_sequence', '<=', sealedHead(seals).sequence).where('head_sequence', '>=', through).orderBy('exported_at', 'desc').limit(1).executeTakeFirst()
  const waiting = await db.selectFrom('jobs').select('id').where('organization_id', '=', organizationId).where('kind', '=', PURGE_JOB).where('state', '=', 'queued').limit(1).executeTakeFirst()
  return {
    retentionMonths, months, lines: months.reduce((sum, { lines }) => sum + lines, 0), through,
    exported: exported === undefined ? null : { at: exported.exported_at.toISOString(), by: exported.exported_by }, purging: waiting !== undefined, seals,
  }
}

const toRetention = ({ seals, ...rest }: Loaded, viewer: Viewer): Retention => ({
  ...rest,
  sealed: seals.map(({ month, lines, sealed_at: sealedAt }) => ({ month, lines, sealedAt: sealedAt.toISOString() })).toReversed(),
  abilities: { 'log.purge': purgeAbility(rest, viewer) },
})
