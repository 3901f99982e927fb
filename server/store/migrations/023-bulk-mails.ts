/** A mail that somebody waits for goes before thousands that nobody does. */
export const BULK_MAILS_SQL = `
alter table outbox add column is_bulk boolean not null default false;
drop index outbox_due;
create index outbox_due on outbox (is_bulk, run_at, id) where state = 'queued';
`
