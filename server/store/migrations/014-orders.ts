/** Orders that exchange one plan for another and remember the lines of their invoice, and invoices by time. */
export const ORDERS_SQL = `
alter table orders add column from_plan text collate "C" references plans (id);
alter table orders add column lines jsonb not null default '[]';
alter table orders add constraint orders_exchange check (from_plan is null or (from_plan <> plan and quantity > 0));
create index invoices_by_time on invoices (organization_id, created_at desc, id);
create index payment_events_by_time on payment_events (received_at);
`
