/** Erasing what the log says of one person, and nothing else. */
export const ERASING_SQL = `
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
  raise exception 'events are append-only' using errcode = 'insufficient_privilege';
end $$;

-- Drops salt and text of every line that a person did or is named in; the chain still verifies. Runs with the
-- owner's rights, because the server itself may change no line. Answers how many lines there were.
create function erase_event_text(organization uuid, person uuid) returns bigint
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  erased bigint;
begin
  perform set_config('app.erasing', 'on', true);
  update events set salt = null, actor_email = null, actor_name = null, target_label = null, changes = '{}', ip = null,
    subjects = (select coalesce(jsonb_agg(jsonb_build_object('id', subject -> 'id', 'email', '', 'name', '')), '[]') from jsonb_array_elements(subjects) as subject)
  where organization_id = organization and salt is not null
    and sequence in (select sequence from event_people where organization_id = organization and user_id = person);
  get diagnostics erased = row_count;
  perform set_config('app.erasing', '', true);
  return erased;
end $$;
revoke execute on function erase_event_text(uuid, uuid) from public;
grant execute on function erase_event_text(uuid, uuid) to orgdesk_app;
`
