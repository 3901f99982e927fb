import freeEmailDomains from 'free-email-domains'
import { viewerAbilities } from '../../../shared/access/access.policy'
import type { ReplyOf } from '../../../shared/api/contract'
import { done, refused, type Handler } from '../../http/handler'
import { toAscii } from '../../identity/address'
import type { LinkedTenant } from '../../identity/identity'
import type { Viewer } from '../../identity/viewer'
import type { Row } from '../../store/tables'
import type { ActionDeps } from '../deps'
import { answerOf, changeScopeOf } from '../planned'
import { isUuid } from '../../store/ids'

type IdentityLink = ReplyOf<'identity_links.add'>

const HOST = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/
/** Where Microsoft keeps personal accounts: nobody's organization. */
const PERSONAL_ACCOUNTS = '9188040d-6c67-4c5b-b112-36a304b66dad'
const PUBLIC = new Set<string>(freeEmailDomains)

const mayManage = (viewer: Viewer): boolean => viewerAbilities(viewer)['identity_links.manage'] === true

/** A tenant in the one form in which tokens name it; null for what no organization's tenant can be. */
export function readTenant({ kind, tenant }: LinkedTenant): string | null {
  const text = tenant.toLowerCase()
  if (kind === 'microsoft') return isUuid(text) && text !== PERSONAL_ACCOUNTS ? text : null
  const host = toAscii(text)
  return host !== null && HOST.test(host) && !PUBLIC.has(host) ? host : null
}

const toRecord = (row: Pick<Row<'identity_links'>, 'id' | 'kind' | 'tenant' | 'created_at'>): IdentityLink => ({ id: row.id, kind: row.kind, tenant: row.tenant, createdAt: row.created_at.toISOString() })

/** `GET /v1/identity-links`: the tenants whose proof of an address is accepted. */
export const identityLinksList = ({ store }: ActionDeps): Handler<'identity_links.list'> => async (_input, { viewer }) => {
  if (!mayManage(viewer)) return refused('access.denied')
  const rows = await store.read(viewer.organizationId, (db) => db.selectFrom('identity_links').select(['id', 'kind', 'tenant', 'created_at'])
    .where('organization_id', '=', viewer.organizationId).orderBy('kind').orderBy('tenant').execute())
  return done({ items: rows.map(toRecord) })
}

/** `POST /v1/identity-links`: accept the proof of a tenant, so that one click works for its people. */
export const identityLinksAdd = ({ store }: ActionDeps): Handler<'identity_links.add'> => async ({ body }, ctx) => {
  if (!mayManage(ctx.viewer)) return refused('access.denied')
  const tenant = readTenant(body)
  if (tenant === null) return refused('request.invalid', { issues: [{ code: 'field.invalid', path: 'tenant' }] })
  return answerOf(await store.change<IdentityLink>(changeScopeOf(ctx), async ({ db, organization, newId, now, record }) => {
    const row = { organization_id: organization.id, id: newId(), kind: body.kind, tenant, created_at: now, created_by: ctx.viewer.userId }
    const inserted = await db.insertInto('identity_links').values(row).onConflict((conflict) => conflict.columns(['organization_id', 'kind', 'tenant']).doNothing()).executeTakeFirst()
    if (inserted.numInsertedOrUpdatedRows !== 1n) return { ok: false, code: 'identity_link.exists' }
    record({ category: 'audit', kind: 'identity_link.added', ofAdmin: true, target: { type: 'identity_link', id: row.id, label: `${row.kind} ${tenant}` } })
    return { ok: true, value: toRecord(row), status: 201 }
  }))
}

/** `DELETE /v1/identity-links/{linkId}`: stop accepting the proof of a tenant; identities that are linked already stay. */
export const identityLinksRemove = ({ store }: ActionDeps): Handler<'identity_links.remove'> => async ({ params }, ctx) => {
  if (!mayManage(ctx.viewer)) return refused('access.denied')
  if (!isUuid(params.linkId)) return refused('not_found')
  const outcome = await store.change<null>(changeScopeOf(ctx), async ({ db, organization, record }) => {
    const row = await db.deleteFrom('identity_links').where('organization_id', '=', organization.id).where('id', '=', params.linkId).returning(['id', 'kind', 'tenant']).executeTakeFirst()
    if (row === undefined) return { ok: false, code: 'not_found' }
    record({ category: 'audit', kind: 'identity_link.removed', ofAdmin: true, target: { type: 'identity_link', id: row.id, label: `${row.kind} ${row.tenant}` } })
    return { ok: true, value: null }
  })
  return outcome.ok ? done(undefined) : answerOf(outcome)
}
