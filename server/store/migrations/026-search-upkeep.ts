/** Merging new words and letters into the indexes that searches use is nobody's wait: it is done beside the writes. */
export const SEARCH_UPKEEP_SQL = `
-- An inverted index first keeps what is added in a list, and whoever makes that too long sorts all of it in: some tenths
-- of a second, with the organization locked. Runs with the owner's rights. Answers how many pages of lists there were.
create function merge_search_lists() returns bigint
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  part oid;
  merged bigint := 0;
begin
  for part in
    select i.oid from pg_index x join pg_class i on i.oid = x.indexrelid join pg_am a on a.oid = i.relam
    where i.relkind = 'i' and a.amname = 'gin'
      and (x.indrelid in ('users'::regclass, 'messages'::regclass) or x.indrelid in (select inhrelid from pg_inherits where inhparent = 'events'::regclass))
  loop
    merged := merged + gin_clean_pending_list(part);
  end loop;
  return merged;
end $$;
revoke execute on function merge_search_lists() from public;
grant execute on function merge_search_lists() to orgdesk_app;
`
