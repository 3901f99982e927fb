/** Rows of an import that are settled where they stand, and text folded in less time. */
export const IMPORTS_SQL = `
-- A row is settled once: with no index on what came of it and room in its page, no index hears of that.
drop index user_import_rows_by_outcome;
alter table user_import_rows set (fillfactor = 75);
-- Rows are settled in the order of the file; up to this one none waits.
alter table user_imports add column settled_row integer not null default 0;
select set_config('app.system', 'on', true);
update user_imports set settled_row = coalesce((select max(r."row") from user_import_rows r
  where r.organization_id = user_imports.organization_id and r.import_id = user_imports.id and r.outcome <> 'waiting'), 0);

-- The same text as before: folding changes nothing else in ASCII than its case. A function of SQL that calls
-- one that is not immutable is never inlined, and costs ten times as much for each call.
create or replace function fold(value text) returns text language plpgsql immutable strict parallel safe
  as $$ begin
    if octet_length(value) = length(value) then
      return lower(value);
    end if;
    return lower(public.unaccent('public.unaccent', normalize(value, NFKC)));
  end $$;
`
