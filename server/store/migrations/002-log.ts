/** The log, and the messages it tells of. Events are appended, never changed. */
export const LOG_SQL = `
-- The last link of each organization's chain; written under the organization's lock.
create table chain_heads (
  organization_id uuid primary key references organizations (id) on delete cascade,
  sequence bigint not null,
  hash bytea not null,
  recorded_at timestamptz not null
);

create table signed_heads (
  organization_id uuid not null references organizations (id) on delete cascade,
  sequence bigint not null,
  hash bytea not null,
  signed_at timestamptz not null,
  signature text not null,
  primary key (organization_id, sequence)
);

-- No reference to users or organizations: events outlive both.
create table events (
  organization_id uuid not null,
  sequence bigint not null,
  id uuid not null,
  at timestamptz not null,
  recorded_at timestamptz not null,
  category text collate "C" not null check (category in ('activity', 'audit', 'sign_in')),
  kind text collate "C" not null,
  actor_id uuid,
  actor_email text collate "C",
  actor_name text,
  -- Whether the actor or a subject was an administrator then; decides who may read the line.
  of_admin boolean not null,
  subjects jsonb not null,
  target_type text collate "C",
  target_id text collate "C",
  target_label text,
  message_id text collate "C",
  changes jsonb not null,
  ip text collate "C",
  client text collate "C" not null,
  request_id text not null,
  salt bytea,
  commitment bytea not null,
  previous_hash bytea not null,
  hash bytea not null,
  primary key (organization_id, sequence, recorded_at)
) partition by range (recorded_at);
create index events_by_time on events (organization_id, at);
create index events_by_kind on events (organization_id, kind, sequence);
create index events_by_category on events (organization_id, category, sequence);
create index events_by_ip on events (organization_id, ip, sequence) where ip is not null;
create index events_by_message on events (organization_id, message_id, sequence) where message_id is not null;

-- Actor and subjects of each event, so that one user's log is a range of one index.
create table event_people (
  organization_id uuid not null,
  user_id uuid not null,
  sequence bigint not null,
  primary key (organization_id, user_id, sequence)
);

create table ingested_event_ids (
  organization_id uuid not null references organizations (id) on delete cascade,
  event_id text collate "C" not null,
  recorded_at timestamptz not null,
  primary key (organization_id, event_id)
);

create function refuse_event_change() returns trigger language plpgsql as $$
begin
  raise exception 'events are append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger events_append_only before update or delete on events
  for each row execute function refuse_event_change();
create trigger events_no_truncate before truncate on events
  for each statement execute function refuse_event_change();
create trigger event_people_append_only before update or delete on event_people
  for each row execute function refuse_event_change();
create trigger event_people_no_truncate before truncate on event_people
  for each statement execute function refuse_event_change();

-- Creates the monthly partitions that are missing from the month of first_day on. Runs with the owner's rights.
create function ensure_event_partitions(first_day date, months integer) returns void
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
    end if;
    if to_regclass(part) is null then
      execute format('create table %I (like events including defaults including constraints)', part);
      execute format('alter table %I enable row level security', part);
      execute format('alter table %I force row level security', part);
      execute format('create trigger %I before truncate on %I for each statement execute function refuse_event_change()', part || '_no_truncate', part);
      -- Attaching, unlike creating in place, lets writers of other months go on.
      execute format('alter table events attach partition %I for values from (%L) to (%L)',
        part, month::timestamp at time zone 'UTC', (month + interval '1 month')::timestamp at time zone 'UTC');
    end if;
    month := (month + interval '1 month')::date;
  end loop;
end $$;

create table messages (
  organization_id uuid not null references organizations (id) on delete cascade,
  id text collate "C" not null,
  reference text not null default '',
  subject text not null default '',
  type text not null default '',
  sender_email text not null default '',
  sender_key text collate "C" not null default '',
  sender_id uuid,
  sender_name text not null default '',
  search text collate "C" not null generated always as (fold(reference || ' ' || subject || ' ' || sender_email || ' ' || sender_name)) stored,
  files integer not null default 0,
  openings integer not null default 0,
  activities integer not null default 0,
  sent_at timestamptz not null,
  last_activity_at timestamptz,
  expires_at timestamptz,
  status text collate "C" not null check (status in ('live', 'expired', 'revoke_requested', 'revoked', 'failed')),
  revoke_requested_at timestamptz,
  revoke_requested_by uuid,
  revoked_at timestamptz,
  primary key (organization_id, id)
);
create index messages_by_time on messages (organization_id, sent_at desc, id);
create index messages_by_sender on messages (organization_id, sender_id, sent_at desc, id);
create index messages_by_status on messages (organization_id, status, sent_at desc, id);
create index messages_expiring on messages (expires_at) where status = 'live' and expires_at is not null;
create index messages_by_search on messages using gin (organization_id, search gin_trgm_ops);

create table message_recipients (
  organization_id uuid not null,
  message_id text collate "C" not null,
  email_key text collate "C" not null,
  email text not null,
  state text not null,
  at timestamptz,
  primary key (organization_id, message_id, email_key),
  foreign key (organization_id, message_id) references messages (organization_id, id) on delete cascade
);
`
