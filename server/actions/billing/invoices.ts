import { holds } from '../../../shared/access/access.policy'
import type { Invoice } from '../../../shared/billing/billing.model'
import { done, refused, type Handler } from '../../http/handler'
import type { Row } from '../../store/tables'
import type { ActionDeps } from '../deps'
import { CURSOR_INVALID, pageByTime } from '../lists'

/** `GET /v1/invoices`: newest first, each with its lines. */
export const invoicesList = ({ store }: ActionDeps): Handler<'invoices.list'> => async ({ query }, { viewer }) => {
  if (!holds(viewer, 'billing.view')) return refused('access.denied')
  const { organizationId } = viewer
  return store.read(organizationId, async (db) => {
    const all = db.selectFrom('invoices').selectAll().where('organization_id', '=', organizationId)
    const paged = await pageByTime(store, { organizationId, list: 'invoices', query }, (after, limit) => {
      const rest = after === null ? all : all.where((eb) => eb.or([eb('created_at', '<', after.at), eb.and([eb('created_at', '=', after.at), eb('id', '>', after.id)])]))
      return rest.orderBy('created_at', 'desc').orderBy('id').limit(limit).execute()
    })
    if (paged === null) return refused('request.invalid', { issues: [CURSOR_INVALID] })
    const ids = paged.rows.map(({ id }) => id)
    const lines = ids.length === 0 ? [] : await db.selectFrom('invoice_lines').selectAll().where('organization_id', '=', organizationId).where('invoice_id', 'in', ids).orderBy('line').execute()
    return done({ items: paged.rows.map((row) => toInvoice(row, lines)), next: paged.next })
  })
}

const toInvoice = (row: Row<'invoices'>, lines: readonly Row<'invoice_lines'>[]): Invoice => ({
  id: row.id, number: row.number, issuedOn: row.issued_on, totalCents: row.total_cents, currency: row.currency,
  lines: lines.filter((line) => line.invoice_id === row.id).map(({ text, plan, quantity, amount_cents: amountCents }) => ({ text, plan, quantity, amountCents })),
})
