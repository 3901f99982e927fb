/**
 * Domains of different organizations may lie below each other; the longest approved match decides. The
 * function tells an organization which names below its own are others', and nothing else of them.
 */
export const DOMAINS_SQL = `
create index approved_domains_by_ending on approved_domains (reverse(name) collate "C");

create function names_held_below(organization uuid) returns setof text
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  before text := coalesce(current_setting('app.system', true), '');
begin
  if organization is distinct from nullif(current_setting('app.organization_id', true), '')::uuid then
    return;
  end if;
  -- Row-level security holds for the owner, too: this one question is asked across organizations.
  perform set_config('app.system', 'on', true);
  return query select other.name::text from approved_domains own
    join approved_domains other on reverse(other.name) collate "C" > reverse(own.name) || '.' and reverse(other.name) collate "C" < reverse(own.name) || '/'
    where own.organization_id = organization and other.organization_id <> organization;
  perform set_config('app.system', before, true);
end $$;
revoke execute on function names_held_below(uuid) from public;
grant execute on function names_held_below(uuid) to orgdesk_app;
`
