/** The words of a line in half the time, for logs of millions: the same words as before. */
export const WORDS_SQL = `
-- Folding changes nothing else in ASCII than its case. Only the signs that the parser would take for a part of
-- an address, a path, a number or a tag are replaced: at all others it parts words by itself, as searchable() does.
create or replace function event_words(actor_email text, actor_name text, subjects jsonb, target_label text, message_id text, changes jsonb, ip text) returns tsvector
  language plpgsql immutable parallel safe cost 500
  as $$ declare
    line text := left(concat_ws(' ', actor_email, actor_name, target_label, message_id, ip,
      case when subjects <> '[]' then jsonb_path_query_array(subjects, '$[*].email')::text || jsonb_path_query_array(subjects, '$[*].name')::text end,
      case when changes <> '{}' then jsonb_path_query_array(changes, '$.*.*')::text end), 20000);
  begin
    line := case when octet_length(line) = length(line) then lower(line) else public.fold(line) end;
    return to_tsvector('pg_catalog.simple', translate(line, '@./-_~<&+', '         '));
  end $$;

-- A new text of a function is no longer marked as free of leaks; see step 5.
do $$ begin
  alter function event_words(text, text, jsonb, text, text, jsonb, text) leakproof;
exception when insufficient_privilege then null;
end $$;
`
