/** Words of the log, so that free text finds a line among millions. */
export const EVENT_SEARCH_SQL = `
-- Anything that is no letter or digit parts words, the same in lines and in what somebody looks for.
create function searchable(value text) returns text language plpgsql immutable strict parallel safe
  as $$ begin
    return translate(public.fold(left(value, 20000)), E'@.,;:!?/|()[]{}<>"\\'\`´’~^*+=#%&$\\\\_-\\t\\r\\n', repeat(' ', 40));
  end $$;

-- Words rather than trigrams: a tenth of the entries per line, and lines arrive by the thousand a second.
create function event_words(actor_email text, actor_name text, subjects jsonb, target_label text, message_id text, changes jsonb, ip text) returns tsvector
  language plpgsql immutable parallel safe cost 500
  as $$ begin
    return to_tsvector('pg_catalog.simple', public.searchable(concat_ws(' ', actor_email, actor_name, target_label, message_id, ip,
      case when subjects <> '[]' then jsonb_path_query_array(subjects, '$[*].email')::text || jsonb_path_query_array(subjects, '$[*].name')::text end,
      case when changes <> '{}' then jsonb_path_query_array(changes, '$.*.*')::text end)));
  end $$;

-- Every word of the text must begin a word of the line; null where the text holds no word.
create function event_query(value text) returns tsquery language plpgsql immutable strict parallel safe
  as $$ begin
    return (select to_tsquery('pg_catalog.simple', string_agg(word || ':*', ' & '))
      from (select word from regexp_split_to_table(public.searchable(value), ' +') as word where word <> '' limit 8) as words);
  end $$;

-- Row-level security lets only leak-free functions use an index; elsewhere searches stay right and are slower.
do $$ begin
  alter function event_words(text, text, jsonb, text, text, jsonb, text) leakproof;
  alter function pg_catalog.ts_match_vq(tsvector, tsquery) leakproof;
exception when insufficient_privilege then null;
end $$;

create index events_by_words on events using gin
  (organization_id, event_words(actor_email, actor_name, subjects, target_label, message_id, changes, ip));
`
