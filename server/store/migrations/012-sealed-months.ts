/** Months of the log that may go, and what is left of them; files that are made beforehand and mailed as a link. */
export const SEALED_MONTHS_SQL = `
-- What a purged month leaves behind: between which lines it lay, signed. The chain goes on over it.
create table log_seals (
  organization_id uuid not null,
  month text collate "C" not null check (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  first_sequence bigint not null,
  last_sequence bigint not null,
  lines bigint not null,
  hash_before bytea not null,
  hash_after bytea not null,
  -- The line that tells of the purge and names the signature.
  event_sequence bigint not null,
  sealed_at timestamptz not null,
  signature text not null,
  primary key (organization_id, month),
  check (last_sequence >= first_sequence and lines = last_sequence - first_sequence + 1 and event_sequence > last_sequence)
);

-- Files of the whole log that somebody has received to their end.
create table log_exports (
  organization_id uuid not null,
  id uuid not null,
  after_sequence bigint not null,
  head_sequence bigint not null,
  format text collate "C" not null,
  exported_by text not null,
  exported_at timestamptz not null,
  primary key (organization_id, id)
);

create table exports (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  user_id uuid not null,
  resource text collate "C" not null,
  format text collate "C" not null,
  filter jsonb not null,
  language text not null,
  name text not null,
  status text collate "C" not null check (status in ('queued', 'running', 'done', 'failed')),
  total bigint not null,
  written bigint not null default 0,
  -- The lines of the log that the file holds, where it holds all of them.
  after_sequence bigint,
  head_sequence bigint,
  failure text,
  created_at timestamptz not null,
  finished_at timestamptz,
  expires_at timestamptz,
  primary key (organization_id, id)
);
create index exports_of_user on exports (organization_id, user_id, created_at desc);
create index exports_expiring on exports (expires_at) where expires_at is not null;

create table export_parts (
  organization_id uuid not null,
  export_id uuid not null,
  part integer not null,
  bytes bytea not null,
  primary key (organization_id, export_id, part),
  foreign key (organization_id, export_id) references exports (organization_id, id) on delete cascade
);
-- They are packed already.
alter table export_parts alter column bytes set storage external;

-- A mailed link is opened by scanners first: it shows a page, and only its button brings the file.
alter table downloads add column mailed boolean not null default false;

do $$
declare
  name text;
  rule text := 'coalesce(organization_id = (select nullif(current_setting(''app.organization_id'', true), '''')::uuid)
    or (select current_setting(''app.system'', true) = ''on''), false)';
begin
  foreach name in array array['log_seals', 'log_exports', 'exports', 'export_parts'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy scope on %I using (' || rule || ')', name);
    execute format('grant select, insert on %I to orgdesk_app', name);
  end loop;
end $$;
grant update, delete on exports, export_parts to orgdesk_app;

create trigger log_seals_append_only before update or delete on log_seals for each row execute function refuse_event_change();
create trigger log_seals_no_truncate before truncate on log_seals for each statement execute function refuse_event_change();

-- A seal follows the one before it, ends at a line that is there, and lies beyond what the organization keeps.
create function guard_log_seal() returns trigger language plpgsql as $$
declare
  earlier log_seals;
  month_end timestamptz := ((new.month || '-01')::date + interval '1 month')::timestamp at time zone 'UTC';
  kept_months integer;
begin
  select * into earlier from log_seals where organization_id = new.organization_id order by last_sequence desc limit 1;
  select (settings ->> 'retentionMonths')::integer into kept_months from organizations where id = new.organization_id;
  if kept_months is null
    or month_end > (date_trunc('month', new.sealed_at at time zone 'UTC') - make_interval(months => kept_months)) at time zone 'UTC'
    or new.first_sequence <> coalesce(earlier.last_sequence, 0) + 1
    or new.hash_before is distinct from coalesce(earlier.hash_after, decode(repeat('00', 32), 'hex'))
    or new.month <= earlier.month
    or not exists (select from events where organization_id = new.organization_id and sequence = new.last_sequence
      and hash = new.hash_after and recorded_at < month_end)
  then
    raise exception 'this month cannot be sealed' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger log_seals_guard before insert on log_seals for each row execute function guard_log_seal();

create or replace function refuse_event_change() returns trigger language plpgsql as $$
declare
  erasable text[] := array['salt', 'actor_email', 'actor_name', 'subjects', 'target_label', 'changes', 'ip'];
begin
  -- What the chain covers stays as it is; the text that it is only committed to may go, all of a line at once.
  if tg_op = 'UPDATE' and tg_table_name like 'events%' and current_setting('app.erasing', true) = 'on' then
    if to_jsonb(new) - erasable = to_jsonb(old) - erasable and new.salt is null then
      return new;
    end if;
  end if;
  -- Whole lines go only where a seal stands for them.
  if tg_op = 'DELETE' and tg_table_name like 'event%' and current_setting('app.purging', true) = 'on' then
    if exists (select from log_seals where organization_id = old.organization_id and last_sequence >= old.sequence) then
      return old;
    end if;
  end if;
  raise exception 'events are append-only' using errcode = 'insufficient_privilege';
end $$;

-- Takes the oldest sealed lines out, no more than so many, and with the last of them whom they were about. Runs with
-- the owner's rights, because the server itself may remove no line. Answers how many lines went.
create function purge_sealed_events(organization uuid, most integer) returns bigint
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  sealed bigint := (select max(last_sequence) from log_seals where organization_id = organization);
  upto bigint;
  purged bigint;
begin
  if sealed is null then
    return 0;
  end if;
  select max(sequence) into upto
    from (select sequence from events where organization_id = organization and sequence <= sealed order by sequence limit most) as oldest;
  perform set_config('app.purging', 'on', true);
  delete from events where organization_id = organization and sequence <= upto;
  get diagnostics purged = row_count;
  if purged < most then
    delete from event_people where organization_id = organization and sequence <= sealed;
  end if;
  perform set_config('app.purging', '', true);
  return purged;
end $$;
revoke execute on function purge_sealed_events(uuid, integer) from public;
grant execute on function purge_sealed_events(uuid, integer) to orgdesk_app;
`
