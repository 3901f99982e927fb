import { viewerAbilities, type Viewer as PolicyViewer } from '../../shared/access/access.policy'
import type { Alert, Me } from '../../shared/access/me.model'
import { OVERDUE_STAGE, renewalStage } from '../../shared/billing/renewal'
import { POOL_WARNS_AT, type LicensePool } from '../../shared/licenses/licenses.model'
import { done, type Handler } from '../http/handler'
import type { Identity } from '../identity/identity'
import type { Viewer } from '../identity/viewer'
import type { Tx } from '../store/bulk'
import { kept } from '../store/kept'
import { findActivations } from './activation/activations.read'
import type { ActionDeps } from './deps'
import type { Terms } from './licenses/read'
import { dayOf, renewsByItself } from './orders/renewals'
import { settingsOf } from './settings'
import { readUsers } from './users/record'

/** `GET /v1/me`: the viewer, or what an identity without a user may know. */
export const meGet = (deps: ActionDeps): Handler<'me.get'> => async (_input, { identity, viewer, now }) => done(await readMe(deps, identity, viewer, now))

/** Who nobody is: may do nothing anywhere. */
const NOBODY: PolicyViewer = { userId: '', role: '', permissions: [], organizationId: '' }

/** The viewer as screens know them. */
export async function readMe({ store, directory, payment }: ActionDeps, identity: Identity, viewer: Viewer | null, now: Date): Promise<Me> {
  const [organizations, activations, inside] = await Promise.all([
    directory.organizations(identity),
    findActivations(store, identity, now),
    viewer === null ? null : store.read(viewer.organizationId, (db) => readInside(db, viewer, { paysFirst: payment.provider !== 'manual', now })),
  ])
  return {
    user: inside?.user ?? null,
    organization: inside?.organization ?? null,
    organizations,
    permissions: [...(viewer?.permissions ?? [])],
    abilities: viewerAbilities(viewer ?? NOBODY),
    own: inside?.user?.abilities ?? {},
    license: inside?.user?.license ?? null,
    alerts: inside?.alerts ?? [],
    activations,
    identity: { issuer: identity.issuer, email: identity.email },
  }
}

async function readInside(db: Tx, viewer: Viewer, terms: Terms) {
  const [[user], organization, poolAlerts, notices] = await Promise.all([
    readUsers(db, viewer, [viewer.userId]),
    kept(db).selectFrom('organizations').select(['id', 'name', 'settings']).where('id', '=', viewer.organizationId).executeTakeFirstOrThrow(),
    readPoolAlerts(db, viewer, terms),
    readNotices(db, viewer),
  ])
  return {
    user: user ?? null,
    organization: { id: organization.id, name: organization.name, settings: settingsOf(organization.settings) },
    alerts: [...poolAlerts, ...notices],
  }
}

async function readPoolAlerts(db: Tx, viewer: Viewer, terms: Terms): Promise<Alert[]> {
  const { 'licenses.view': mayView, 'orders.add': mayBuy } = viewerAbilities(viewer)
  if (mayView !== true) return []
  // The pools' own counts: this runs with every screen, and counting licenses would not.
  const pools = await kept(db).selectFrom('license_pools').innerJoin('plans', 'plans.id', 'license_pools.plan').select(['plan', 'quantity', 'assigned', 'renews_on', 'price_cents'])
    .where('organization_id', '=', viewer.organizationId).orderBy('plans.rank').execute()
  return [...pools.flatMap(alertOf), ...(mayBuy === true ? pools.flatMap((pool) => renewalAlert(pool, terms)) : [])]
}

function alertOf({ plan, quantity, assigned }: Pick<LicensePool, 'plan' | 'quantity' | 'assigned'>): Alert[] {
  const available = quantity - assigned
  if (quantity === 0 || assigned < quantity * POOL_WARNS_AT) return []
  const params = { plan, quantity, available }
  return [available === 0 ? { code: 'alert.licenses_out', tone: 'danger', params, target: plan } : { code: 'alert.licenses_low', tone: 'warning', params, target: plan }]
}

/** A term that nears its end, or is over, and does not renew by itself. */
function renewalAlert({ plan, quantity, renews_on: on, price_cents: priceCents }: { plan: string; quantity: number; renews_on: string | null; price_cents: number }, { paysFirst, now }: Terms): Alert[] {
  if (on === null || quantity === 0 || renewsByItself(priceCents, paysFirst)) return []
  const stage = renewalStage(on, dayOf(now))
  if (stage === 0) return []
  return [{ code: stage < OVERDUE_STAGE ? 'alert.renewal_due' : 'alert.renewal_overdue', tone: 'warning', params: { plan, quantity, on }, target: plan }]
}

/** Open notices about domains; those about licenses are counted fresh instead. */
async function readNotices(db: Tx, viewer: Viewer): Promise<Alert[]> {
  if (!viewer.permissions.includes('domains.view')) return []
  const rows = await kept(db).selectFrom('notices').select(['kind', 'subject', 'tone', 'params'])
    .where('organization_id', '=', viewer.organizationId).where('resolved_at', 'is', null).where('kind', 'like', 'domain%').orderBy('created_at').limit(20).execute()
  return rows.map(({ kind, subject, tone, params }) => ({ code: `alert.${kind}`, tone, params, target: subject }))
}
