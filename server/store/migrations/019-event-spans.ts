/**
 * Between which moments each stretch of a log happened. Lines are read by sequence; where a period is asked for that
 * is long past, this says where to begin, instead of going back through all that came since.
 */
export const EVENT_SPANS_SQL = `
create table event_spans (
  organization_id uuid not null references organizations (id) on delete cascade,
  block bigint not null,
  min_at timestamptz not null,
  max_at timestamptz not null,
  primary key (organization_id, block)
);
create function event_block(sequence bigint) returns bigint language sql immutable parallel safe return sequence / 4096;
-- Row-level security is forced, and holds for an owner who is no superuser, too.
select set_config('app.system', 'on', true);
insert into event_spans select organization_id, event_block(sequence), min(at), max(at) from events group by 1, 2;

alter table event_spans enable row level security;
alter table event_spans force row level security;
create policy scope on event_spans using (coalesce(organization_id = (select nullif(current_setting('app.organization_id', true), '')::uuid)
    or (select current_setting('app.system', true) = 'on'), false));
grant select, insert, update on event_spans to orgdesk_app;

create function span_added_events() returns trigger language plpgsql as $$
begin
  insert into event_spans as kept select organization_id, event_block(sequence), min(at), max(at) from added group by 1, 2
    on conflict (organization_id, block) do update set min_at = least(kept.min_at, excluded.min_at), max_at = greatest(kept.max_at, excluded.max_at)
    where excluded.min_at < kept.min_at or excluded.max_at > kept.max_at;
  return null;
end $$;
create trigger events_spanned after insert on events referencing new table as added for each statement execute function span_added_events();
`
