import { holds, isAdministrator } from '../../../shared/access/access.policy'
import type { BodyOf } from '../../../shared/api/contract'
import type { Billing } from '../../../shared/billing/billing.model'
import type { Issue } from '../../../shared/errors'
import { parseEmail } from '../../../shared/kit/email'
import { done, refused, type Handler } from '../../http/handler'
import { toAscii } from '../../identity/address'
import type { Tx } from '../../store/bulk'
import type { EventChanges } from '../../store/events.model'
import type { ActionDeps } from '../deps'
import { answerOf, changeScopeOf } from '../planned'

type Edit = BodyOf<'billing.edit'>

const COUNTRY = /^[A-Z]{2}$/
const NOTHING: Billing = { version: 1, company: '', address: '', country: '', vat: '', email: '' }

/** `GET /v1/billing`: empty until somebody has filled it in. */
export const billingGet = ({ store }: ActionDeps): Handler<'billing.get'> => async (_input, { viewer }) => {
  if (!holds(viewer, 'billing.view')) return refused('access.denied')
  return done(await store.read(viewer.organizationId, (db) => readBilling(db, viewer.organizationId)))
}

/** `PUT /v1/billing`: all of it at once. */
export const billingEdit = ({ store }: ActionDeps): Handler<'billing.edit'> => async ({ body }, ctx) => {
  if (!holds(ctx.viewer, 'billing.manage')) return refused('access.denied')
  const parsed = parseEdit(body)
  if (!parsed.ok) return refused('request.invalid', { issues: parsed.issues })
  const { edit } = parsed
  return answerOf(await store.change<Billing>(changeScopeOf(ctx), async (change) => {
    const { id } = change.organization
    const before = await readBilling(change.db, id)
    if (ctx.version !== null && ctx.version !== before.version) return { ok: false, code: 'version.conflict', extra: before }
    const changes = changesOf(before, edit)
    if (Object.keys(changes).length === 0) return { ok: true, value: before }
    const after: Billing = { ...edit, version: before.version + 1 }
    await change.db.insertInto('billing').values({ organization_id: id, ...after }).onConflict((conflict) => conflict.column('organization_id').doUpdateSet(after)).execute()
    change.record({ category: 'audit', kind: 'billing.edited', ofAdmin: isAdministrator(ctx.viewer), target: { type: 'billing', id, label: after.company }, changes })
    return { ok: true, value: after }
  }))
}

async function readBilling(db: Tx, organizationId: string): Promise<Billing> {
  const row = await db.selectFrom('billing').select(['version', 'company', 'address', 'country', 'vat', 'email']).where('organization_id', '=', organizationId).executeTakeFirst()
  return row ?? NOTHING
}

/** Everything that is wrong with it, or as it is stored: the country in capitals, the address in one form. */
function parseEdit(body: Edit): { ok: true; edit: Edit } | { ok: false; issues: Issue[] } {
  const country = body.country.toUpperCase()
  const email = body.email === '' ? null : parseEmail(body.email, toAscii, 'email')
  const issues: Issue[] = [
    ...(country === '' || COUNTRY.test(country) ? [] : [{ code: 'field.invalid' as const, path: 'country' }]),
    ...(email === null || email.ok ? [] : email.issues),
  ]
  if (issues.length > 0) return { ok: false, issues }
  return { ok: true, edit: { ...body, country, email: email?.ok ? email.value.address : '' } }
}

const changesOf = (before: Billing, after: Edit): EventChanges =>
  Object.fromEntries((Object.keys(after) as (keyof Edit)[]).filter((key) => before[key] !== after[key]).map((key) => [key, { from: before[key], to: after[key] }]))
