const SIGNS = ['@', '.', '/', '-', '_', '~', '<', '&', '+']

/** `translate` compares every letter of the text with every sign; to look for one sign after the other takes a third. */
const parted = (text: string): string => SIGNS.reduce((left, sign) => `replace(${left}, '${sign}', ' ')`, text)

/** The words of a line in half the time once more, most of what it takes to write one: the same words as before. */
export const LINE_WORDS_SQL = `
-- As in step 10. A target that is named like the first subject adds no word.
create or replace function event_words(actor_email text, actor_name text, subjects jsonb, target_label text, message_id text, changes jsonb, ip text) returns tsvector
  language plpgsql immutable parallel safe cost 500
  as $$ declare
    line text := left(concat_ws(' ', actor_email, actor_name, nullif(target_label, subjects -> 0 ->> 'name'), message_id, ip,
      case when subjects <> '[]' then jsonb_path_query_array(subjects, '$[*].email')::text || jsonb_path_query_array(subjects, '$[*].name')::text end,
      case when changes <> '{}' then jsonb_path_query_array(changes, '$.*.*')::text end), 20000);
  begin
    return to_tsvector('pg_catalog.simple', ${parted(`case
      when octet_length(line) = length(line) then lower(line)
      else lower(public.unaccent('public.unaccent', case when line is nfkc normalized then line else normalize(line, NFKC) end)) end`)});
  end $$;

-- A new text of a function is no longer marked as free of leaks; see step 5.
do $$ begin
  alter function event_words(text, text, jsonb, text, text, jsonb, text) leakproof;
exception when insufficient_privilege then null;
end $$;
`
