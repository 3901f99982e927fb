import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import type { Invoice } from '../../billing/billing.model'
import { anyParams, defineScreen } from '../define'
import type { Block, BlockOf, Env } from '../vocabulary'
import { planText } from '../words'

type Replies = { invoices: ReplyOf<'invoices.list'> }

type Line = Invoice['lines'][number]

const whatText = ({ text, plan, quantity }: Line, env: Env): string =>
  plan === '' ? text : env.t(quantity < 0 ? 'orders.fewer' : 'orders.count', { count: Math.abs(quantity), plan: planText(plan, env) })

const lineText = (line: Line, currency: string, env: Env): string => env.t('invoices.line', { what: whatText(line, env), amount: env.t.money(line.amountCents, currency) })

const rowOf = (invoice: Invoice, env: Env): BlockOf<'table'>['rows'][number] => ({
  id: invoice.id, title: invoice.number, cells: [invoice.number, env.t.date(invoice.issuedOn), env.t.money(invoice.totalCents, invoice.currency)],
  sub: invoice.lines.map((line) => lineText(line, invoice.currency, env)).join(' · '),
})

const listBlock = ({ items, next, total }: Replies['invoices'], env: Env): Block =>
  items.length === 0
    ? { is: 'empty', title: env.t('invoices.none_title'), text: env.t('invoices.none_text') }
    : {
        is: 'table', icon: 'billing', label: env.t('invoices.title'), page: { next, total }, rows: items.map((invoice) => rowOf(invoice, env)),
        columns: [{ id: 'number', label: env.t('invoices.number'), rank: 1 }, { id: 'issued_on', label: env.t('common.date'), rank: 1 }, { id: 'amount', label: env.t('orders.amount'), rank: 1, end: true }],
      }

/** What has been billed, line by line, newest first. */
export const invoicesScreen = defineScreen<Replies>({
  id: 'invoices',
  parse: anyParams,
  needs: (params, env) => ({ invoices: call('invoices.list', { query: { cursor: params['cursor'], limit: String(env.can.pageSize) } }) }),
  shape: ['table'],
  cache: { forS: 60, tags: ['orders'] },
  watch: { topics: ['orders'] },
  view: ({ invoices }, _params, _draft, env) => ({ title: env.t('invoices.title'), blocks: invoices.ok ? [listBlock(invoices.value, env)] : [] }),
})
