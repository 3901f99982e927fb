/** Who may touch what: the role that the server works as, and row-level security on every table. */
export const ACCESS_SQL = `
do $$ begin
  create role orgdesk_app nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  if not pg_has_role(current_user, 'orgdesk_app', 'member') then
    execute format('grant orgdesk_app to %I', current_user);
  end if;
end $$;
grant usage on schema public to orgdesk_app;

create function in_scope(organization uuid) returns boolean language sql stable parallel safe
  return organization = nullif(current_setting('app.organization_id', true), '')::uuid
    or current_setting('app.system', true) = 'on';

do $$
declare
  name text;
  scoped text[] := array[
    'roles', 'users', 'identities', 'identity_links', 'license_pools', 'licenses', 'activation_links', 'workspaces',
    'workspace_members', 'contacts', 'domains', 'approved_domains', 'chain_heads', 'signed_heads', 'events', 'event_people',
    'ingested_event_ids', 'messages', 'message_recipients', 'billing', 'orders', 'payment_events', 'invoices', 'invoice_lines',
    'user_imports', 'user_import_sources', 'user_import_rows', 'service_keys', 'downloads', 'notices', 'jobs', 'outbox', 'idempotency_keys'];
begin
  foreach name in array scoped || array['organizations'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy scope on %I using (in_scope(%I)) with check (in_scope(%I))', name,
      case name when 'organizations' then 'id' else 'organization_id' end,
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

revoke execute on function ensure_event_partitions(date, integer) from public;
grant execute on function ensure_event_partitions(date, integer) to orgdesk_app;
`
