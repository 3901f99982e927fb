/** That rows belong to something that is there, checked once a statement where lists are stored: of storing one, a seventh went to looking up the same organization again and again. */
export const BELONGING_SQL = `
-- A foreign key looks its parent up for every row. These have one parent in a whole statement. The parent is locked as a
-- foreign key would lock it, so that nobody deletes it meanwhile. Nothing ever changes whose a row is.
create function require_organizations() returns trigger language plpgsql as $$
declare
  held integer;
begin
  select count(*) into held from (select from organizations where id in (select organization_id from added) for key share) as parents;
  if held < (select count(distinct organization_id) from added) then
    raise exception 'rows of % belong to no organization', tg_table_name using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;
create function require_imports() returns trigger language plpgsql as $$
declare
  held integer;
begin
  select count(*) into held from (
    select from user_imports where (organization_id, id) in (select organization_id, import_id from added) for key share) as parents;
  if held < (select count(distinct (organization_id, import_id)) from added) then
    raise exception 'rows of % belong to no import', tg_table_name using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;

-- What is deleted goes whole, whoever deletes it: row-level security holds for an owner who is no superuser, too.
create function delete_with_organization() returns trigger language plpgsql as $$
declare
  before text := coalesce(current_setting('app.system', true), '');
begin
  perform set_config('app.system', 'on', true);
  delete from outbox where organization_id = old.id;
  delete from users where organization_id = old.id;
  perform set_config('app.system', before, true);
  return null;
end $$;
create function delete_with_import() returns trigger language plpgsql as $$
declare
  before text := coalesce(current_setting('app.system', true), '');
begin
  perform set_config('app.system', 'on', true);
  delete from user_import_rows where organization_id = old.organization_id and import_id = old.id;
  perform set_config('app.system', before, true);
  return null;
end $$;

-- Users need no check of their own: the count of them, which the same statement writes, refers to the organization.
alter table users drop constraint users_organization_id_fkey;
alter table outbox drop constraint outbox_organization_id_fkey;
alter table user_import_rows drop constraint user_import_rows_organization_id_import_id_fkey;
create trigger outbox_belongs after insert on outbox referencing new table as added for each statement execute function require_organizations();
create trigger user_import_rows_belong after insert on user_import_rows referencing new table as added for each statement execute function require_imports();
create trigger organizations_deleted after delete on organizations for each row execute function delete_with_organization();
create trigger user_imports_deleted after delete on user_imports for each row execute function delete_with_import();

-- A sample of 3,000 rows says how large a table is, too, which is what plans by key depend on.
alter function refresh_people_statistics() set default_statistics_target = 10;

-- One index for both: an address within an organization is found, and is one user's, as well with its columns the other way round.
drop index users_by_email, users_by_address;
create unique index users_by_email on users (email_key, organization_id) where status <> 'removed';
`
