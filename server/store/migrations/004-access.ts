/** Who may touch what: the role that the server works as, and row-level security on every table. */
export const ACCESS_SQL = `
do $$ begin
  create role orgdesk_app nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  if not pg_has_role(current_user, 'orgdesk_app', case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end) then
    execute format('grant orgdesk_app to %I', current_user);
  end if;
end $$;
grant usage on schema public to orgdesk_app;

do $$
declare
  name text;
  -- The settings are read once per query. coalesce keeps the planner from counting the organization's
  -- selectivity twice, which would make it sort whole organizations to read one page.
  rule text := 'coalesce(%I = (select nullif(current_setting(''app.organization_id'', true), '''')::uuid)
    or (select current_setting(''app.system'', true) = ''on''), false)';
  scoped text[] := array[
    'roles', 'users', 'identities', 'identity_links', 'license_pools', 'licenses', 'activation_links', 'workspaces',
    'workspace_members', 'contacts', 'domains', 'approved_domains', 'chain_heads', 'signed_heads', 'events', 'event_people',
    'ingested_event_ids', 'messages', 'message_recipients', 'billing', 'orders', 'payment_events', 'invoices', 'invoice_lines',
    'user_imports', 'user_import_sources', 'user_import_rows', 'service_keys', 'downloads', 'notices', 'jobs', 'outbox', 'idempotency_keys'];
begin
  foreach name in array scoped || array['organizations'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy scope on %I using (' || rule || ')', name,
      case name when 'organizations' then 'id' else 'organization_id' end);
    if name in ('events', 'event_people') then
      execute format('grant select, insert on %I to orgdesk_app', name);
    else
      execute format('grant select, insert, update, delete on %I to orgdesk_app', name);
    end if;
  end loop;
end $$;

alter table server_keys enable row level security;
alter table server_keys force row level security;
create policy scope on server_keys
  using (current_setting('app.system', true) = 'on') with check (current_setting('app.system', true) = 'on');
grant select, insert, update, delete on server_keys, limit_counters to orgdesk_app;
grant select on plans to orgdesk_app;

-- Row-level security lets only leak-free operators use an index. LIKE is one, but not marked so, and only a
-- superuser may say it; elsewhere searches stay right and are slower.
do $$ begin
  alter function pg_catalog.textlike(text, text) leakproof;
exception when insufficient_privilege then null;
end $$;

-- After a bulk load, plans must not wait for the next autovacuum. Runs with the owner's rights.
create function refresh_statistics() returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  analyze users, licenses, identities, workspace_members, contacts, messages, message_recipients, events, event_people, ingested_event_ids;
end $$;
revoke execute on function refresh_statistics() from public;
grant execute on function refresh_statistics() to orgdesk_app;

revoke execute on function ensure_event_partitions(date, integer) from public;
grant execute on function ensure_event_partitions(date, integer) to orgdesk_app;
`
