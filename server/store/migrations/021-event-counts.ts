/** Whom a line names that has no user: a key knows no null. */
const NOBODY = "'00000000-0000-0000-0000-000000000000'"

/** The lines that statistics count, each with its sender and as ones or zeros. */
const linesOf = (table: string, one: 1 | -1 = 1): string => `
    select organization_id, (at at time zone 'UTC')::date as day, of_admin, actor_id, subjects,
      event_sender_id(subjects) as sender_id, event_sender_email(subjects) as sender_email, event_sender_name(subjects) as sender_name,
      case kind when 'sent' then ${one} else 0 end as sent, case kind when 'opened' then ${one} else 0 end as opened, case kind when 'signed' then ${one} else 0 end as signed
    from ${table} where category = 'activity' and kind in ('sent', 'opened', 'signed')`

const SUMS = 'sum(sent), sum(opened), sum(signed)'
const CHANGES = 'having sum(sent) <> 0 or sum(opened) <> 0 or sum(signed) <> 0'
const ADDED = 'sent = kept.sent + excluded.sent, opened = kept.opened + excluded.opened, signed = kept.signed + excluded.signed'
const OF_SENDER = 'organization_id, day, user_id, of_admin, sender_id, sender_email, sender_name'

/** The counts of `lines` in the log of each sender, and of whoever else is named in them. */
const COUNTS_BY_SENDER = `
    select ${OF_SENDER}, ${SUMS} from (
      select organization_id, day, sender_id as user_id, of_admin, sender_id, sender_email, sender_name, sent, opened, signed from lines
      union all
      select organization_id, day, user_id, of_admin, sender_id, sender_email, sender_name, sent, opened, signed from lines
        cross join lateral (select actor_id as user_id union select (subject ->> 'id')::uuid from jsonb_array_elements(subjects) as subject) as named
        where (actor_id <> sender_id or jsonb_array_length(subjects) > 1) and user_id <> sender_id
    ) as in_logs group by 1, 2, 3, 4, 5, 6, 7 ${CHANGES}`

/** Adds what `lines` come to. In the order of the keys, so that two who add at once wait for each other one way round. */
const addCounts = (lines: string): string => `
  with lines as materialized (${lines}
  ), totals as (
    insert into event_counts as kept select organization_id, day, of_admin, ${SUMS} from lines group by 1, 2, 3 ${CHANGES} order by 1, 2, 3
      on conflict (organization_id, day, of_admin) do update set ${ADDED}
  )
  insert into event_sender_counts as kept ${COUNTS_BY_SENDER} order by 1, 2, 3, 4, 5, 6, 7
    on conflict (${OF_SENDER}) do update set ${ADDED};`

/** What has come to nothing goes: it would keep the name of somebody who was erased. */
const dropEmpty = (table: string): string => `
  delete from ${table} as kept using (select distinct organization_id, (at at time zone 'UTC')::date as day from gone) as touched
    where kept.organization_id = touched.organization_id and kept.day = touched.day and kept.sent = 0 and kept.opened = 0 and kept.signed = 0;`

/**
 * Messages, openings and signatures of each day, kept by the database with the lines: to count the lines of a month
 * takes seconds where there are ten million. They have no reference to organizations, as lines have none.
 */
export const EVENT_COUNTS_SQL = `
-- Who sent a message is its line's first subject: by id, else by address. Cut to what a key can hold.
create function event_sender_id(subjects jsonb) returns uuid language sql immutable parallel safe
  return coalesce((subjects -> 0 ->> 'id')::uuid, ${NOBODY});
create function event_sender_email(subjects jsonb) returns text language sql immutable parallel safe
  return case when subjects -> 0 ->> 'id' is null then left(coalesce(subjects -> 0 ->> 'email', ''), 320) else '' end;
create function event_sender_name(subjects jsonb) returns text language sql immutable parallel safe
  return left(coalesce(nullif(subjects -> 0 ->> 'name', ''), subjects -> 0 ->> 'email', ''), 320);

create table event_counts (
  organization_id uuid not null,
  day date not null,
  of_admin boolean not null,
  sent bigint not null,
  opened bigint not null,
  signed bigint not null,
  primary key (organization_id, day, of_admin)
);
-- The same by sender, once in the log of the sender (where there is none, of ${NOBODY}) and once in that of everybody
-- else who is named. Room is left in pages, so that counts change where they are.
create table event_sender_counts (
  organization_id uuid not null,
  day date not null,
  user_id uuid not null,
  of_admin boolean not null,
  sender_id uuid not null,
  sender_email text not null,
  sender_name text not null,
  sent bigint not null,
  opened bigint not null,
  signed bigint not null,
  primary key (${OF_SENDER})
) with (fillfactor = 80);

-- Row-level security is forced, and holds for an owner who is no superuser, too.
select set_config('app.system', 'on', true);
insert into event_sender_counts with lines as not materialized (${linesOf('events')}
  ) ${COUNTS_BY_SENDER};
insert into event_counts select organization_id, day, of_admin, ${SUMS} from event_sender_counts where user_id = sender_id group by 1, 2, 3;

do $$
declare
  name text;
begin
  foreach name in array array['event_counts', 'event_sender_counts'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy scope on %I using (coalesce(organization_id = (select nullif(current_setting(''app.organization_id'', true), '''')::uuid)
      or (select current_setting(''app.system'', true) = ''on''), false))', name);
    execute format('grant select, insert, update on %I to orgdesk_app', name);
  end loop;
end $$;

create function count_added_events() returns trigger language plpgsql as $$
begin
  if not exists (select from added where category = 'activity' and kind in ('sent', 'opened', 'signed')) then
    return null;
  end if;
  ${addCounts(linesOf('added'))}
  return null;
end $$;
-- Erasing takes names out of lines, and so out of the counts.
create function count_changed_events() returns trigger language plpgsql as $$
begin
  ${addCounts(`${linesOf('added')} union all ${linesOf('gone', -1)}`)}
  ${dropEmpty('event_sender_counts')}
  return null;
end $$;
create function count_purged_events() returns trigger language plpgsql as $$
begin
  ${addCounts(linesOf('gone', -1))}
  ${dropEmpty('event_counts')}
  ${dropEmpty('event_sender_counts')}
  return null;
end $$;
create trigger events_counted after insert on events referencing new table as added for each statement execute function count_added_events();
create trigger events_recounted after update on events referencing old table as gone new table as added for each statement execute function count_changed_events();
create trigger events_uncounted after delete on events referencing old table as gone for each statement execute function count_purged_events();

-- After a bulk load, plans must not wait for the next autovacuum. Runs with the owner's rights.
create or replace function refresh_statistics() returns void language plpgsql security definer
  set search_path = public, pg_temp set default_statistics_target = 25 as $$
begin
  analyze users, licenses, identities, workspace_members, contacts, messages, message_recipients, events, event_people, ingested_event_ids,
    event_counts, event_sender_counts;
end $$;
`
