/** Months of the log that two servers, or a server and a command, need at the same moment are made once. */
export const MONTHS_SQL = `
-- The look that counts is the one under the lock, and it is a query: to_regclass() answers from a memory that
-- waiting for a lock of this kind does not refresh.
create or replace function ensure_event_partitions(first_day date, months integer) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  month date := date_trunc('month', first_day)::date;
  stop date := (date_trunc('month', first_day) + make_interval(months => months))::date;
  part text;
begin
  while month < stop loop
    part := 'events_' || to_char(month, 'YYYYMM');
    if to_regclass(part) is null then
      perform pg_advisory_xact_lock(hashtext('orgdesk.partitions'));
      if not exists (select from pg_class where relname = part and relnamespace = 'public'::regnamespace) then
        execute format('create table %I (like events including defaults including constraints)', part);
        execute format('alter table %I enable row level security', part);
        execute format('alter table %I force row level security', part);
        execute format('create trigger %I before truncate on %I for each statement execute function refuse_event_change()', part || '_no_truncate', part);
        execute format('alter table events attach partition %I for values from (%L) to (%L)',
          part, month::timestamp at time zone 'UTC', (month + interval '1 month')::timestamp at time zone 'UTC');
      end if;
    end if;
    month := (month + interval '1 month')::date;
  end loop;
end $$;
`
