import { randomBytes } from 'node:crypto'
import { holds, type Viewer } from '../../../shared/access/access.policy'
import { parseDomainName, refusalOfDomain, type DomainName } from '../../../shared/domains/domains.parse'
import { CHALLENGE_LABEL, type Domain } from '../../../shared/domains/domains.model'
import { planDomainRemove, type DomainSnapshot } from '../../../shared/domains/domains.plan'
import { domainAbilities } from '../../../shared/domains/domains.policy'
import { CLAIM_LASTS_MS, nextClaimCheckMs } from '../../../shared/domains/domains.schedule'
import type { Plan } from '../../../shared/change-plan'
import { findDomain, storeCheck } from '../../domains/check'
import { readClaims } from '../../domains/claims'
import { toUnicode } from '../../domains/lists'
import { closeNotices, recordDomain, reviewContest, type DomainRow } from '../../domains/news'
import { refused, type Handler } from '../../http/handler'
import { toAscii } from '../../identity/address'
import type { Tx } from '../../store/bulk'
import { takeFromLimit } from '../../store/limits'
import { releaseName } from '../../store/domains'
import type { Change } from '../../store/transactions'
import type { ActionDeps } from '../deps'
import { countUsers, parentOf, readDomain } from './record'
import { answerOf, changeScopeOf, runPlanned, type Refusal } from '../planned'

/** How many looks at DNS one person may ask for in an hour. */
export const CHECKS_PER_HOUR = 20
const HOUR_MS = 3_600_000
const PROOF_BYTES = 16

/**
 * `POST /v1/domains`: a claim, which proves nothing yet. A name that somebody else holds is accepted
 * like any other: nobody learns here who the other customers are.
 */
export const domainsAdd = ({ store, domains }: ActionDeps): Handler<'domains.add'> => async ({ body }, ctx) => {
  const { viewer } = ctx
  if (!holds(viewer, 'domains.manage')) return refused('access.denied')
  const parsed = parseDomainName(body.name, toAscii, toUnicode)
  if (!parsed.ok) return refused('request.invalid', { issues: parsed.issues })
  const refusal = refusalOfDomain(parsed.value.name, domains.lists) ?? (parsed.value.name.includes('.') ? null : 'domain.malformed')
  if (refusal === 'domain.malformed') return refused('request.invalid', { issues: [{ code: refusal, path: 'name' }] })
  if (refusal !== null) return refused(refusal)
  return answerOf(await store.change<Domain>(changeScopeOf(ctx), async (change) => {
    const existing = await change.db.selectFrom('domains').select('id').where('organization_id', '=', viewer.organizationId).where('name', '=', parsed.value.name).executeTakeFirst()
    if (existing !== undefined) return { ok: false, code: 'domain.exists' }
    const row = await insertClaim(change, parsed.value, viewer)
    recordDomain(change, row, 'domain.added', { name: { from: null, to: row.name } }, true)
    return { ok: true, value: await readDomain(change.db, viewer, row) }
  }))
}

async function insertClaim({ db, newId, now }: Change, { name, unicodeName }: DomainName, viewer: Viewer): Promise<DomainRow> {
  const nextMs = nextClaimCheckMs(now.getTime(), now.getTime())
  return db.insertInto('domains').values({
    organization_id: viewer.organizationId, id: newId(), name, unicode_name: unicodeName, status: 'pending', record_host: `${CHALLENGE_LABEL}.${name}`, record_value: `orgdesk=${randomBytes(PROOF_BYTES).toString('hex')}`,
    last_check: null, next_check_at: nextMs === null ? null : new Date(nextMs), expires_at: new Date(now.getTime() + CLAIM_LASTS_MS), missing_since: null, reason: null, warning: null,
    created_at: now, created_by: viewer.userId, approved_at: null, contested_at: null,
  }).returningAll().executeTakeFirstOrThrow()
}

/** `POST /v1/domains/{domainId}/check`: looks at DNS now. A domain that failed starts again by it. */
export const domainsCheck = ({ store, domains, limitFactor }: ActionDeps): Handler<'domains.check'> => async ({ params }, ctx) => {
  const { viewer, now } = ctx
  if (!holds(viewer, 'domains.view')) return refused('access.denied')
  const row = await store.read(viewer.organizationId, (db) => findDomain(db, viewer.organizationId, params.domainId))
  if (row === undefined) return refused('not_found')
  const allowed = domainAbilities(row, viewer)['domain.check']
  if (allowed !== true) return refused(allowed ?? 'access.denied')
  const waitS = await store.system((db) => takeFromLimit(db, { bucket: `domain.check ${viewer.userId}`, limit: CHECKS_PER_HOUR * limitFactor, windowMs: HOUR_MS }, now))
  if (waitS !== null) return refused('limit.reached', { retryAfterS: waitS })
  const look = await domains.lookUp({ name: row.name, host: row.record_host })
  return answerOf(await store.change<Domain>(changeScopeOf(ctx), async (change) => {
    const fresh = await findDomain(change.db, viewer.organizationId, params.domainId)
    if (fresh === undefined) return { ok: false, code: 'not_found' }
    return { ok: true, value: await readDomain(change.db, viewer, await storeCheck(change, fresh, look, true)) }
  }))
}

type Removal = { row: DomainRow; snapshot: DomainSnapshot }

/** `DELETE /v1/domains/{domainId}`: says how many users hold addresses in it, and what follows. */
export const domainsRemove = ({ store }: ActionDeps): Handler<'domains.remove'> => async ({ params }, ctx) => {
  const { viewer } = ctx
  const outcome = await runPlanned<Removal, { plan: Plan }, null>(store, ctx, {
    load: (db) => loadRemoval(db, viewer, params.domainId, ctx.version),
    decide: ({ snapshot }) => planDomainRemove(snapshot, viewer),
    apply: async (change, { row, snapshot }) => {
      await removeDomain(change, row, snapshot.users)
      return null
    },
  })
  return !outcome.ok || 'planned' in outcome ? outcome : { ok: true, value: undefined }
}

async function loadRemoval(db: Tx, viewer: Viewer, domainId: string, version: number | null): Promise<{ ok: true; value: Removal } | Refusal> {
  if (!holds(viewer, 'domains.view')) return { ok: false, code: 'access.denied' }
  const row = await findDomain(db, viewer.organizationId, domainId)
  if (row === undefined) return { ok: false, code: 'not_found' }
  if (version !== null && version !== row.version) return { ok: false, code: 'version.conflict', extra: await readDomain(db, viewer, row) }
  const claims = await readClaims(db, viewer.organizationId)
  const users = (await countUsers(db, viewer.organizationId, claims)).get(row.name) ?? 0
  return { ok: true, value: { row, snapshot: { id: row.id, name: row.name, label: row.unicode_name, status: row.status, users, coveredBy: parentOf(row.name, claims) } } }
}

async function removeDomain(change: Change, row: DomainRow, users: number): Promise<void> {
  await releaseName(change.db, row.organization_id, row.id)
  await change.db.deleteFrom('domains').where('organization_id', '=', row.organization_id).where('id', '=', row.id).execute()
  await closeNotices(change, row.id)
  recordDomain(change, row, 'domain.removed', { status: { from: row.status, to: null }, users: { from: users, to: users } }, true)
  if (row.status === 'contested') reviewContest(change, row.name)
}
