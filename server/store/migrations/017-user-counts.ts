/** How many users of each status an organization has, kept by the database with whatever changes them: counting 100,000 takes longer than reading a page of them. */
export const USER_COUNTS_SQL = `
create table user_counts (
  organization_id uuid not null references organizations (id) on delete cascade,
  status text collate "C" not null,
  count bigint not null,
  primary key (organization_id, status)
);
-- Owners are held to the policies, too, and belong to no organization.
alter table users no force row level security;
insert into user_counts select organization_id, status, count(*) from users group by 1, 2;
alter table users force row level security;

alter table user_counts enable row level security;
alter table user_counts force row level security;
create policy scope on user_counts using (coalesce(organization_id = (select nullif(current_setting('app.organization_id', true), '')::uuid)
    or (select current_setting('app.system', true) = 'on'), false));
grant select, insert, update, delete on user_counts to orgdesk_app;

create function count_added_users() returns trigger language plpgsql as $$
begin
  insert into user_counts as kept select organization_id, status, count(*) from added group by 1, 2
    on conflict (organization_id, status) do update set count = kept.count + excluded.count;
  return null;
end $$;
create function count_changed_users() returns trigger language plpgsql as $$
begin
  insert into user_counts as kept
    select organization_id, status, sum(n) from (
      select organization_id, status, 1 as n from added union all select organization_id, status, -1 from gone) as changes
    group by 1, 2 having sum(n) <> 0
    on conflict (organization_id, status) do update set count = kept.count + excluded.count;
  return null;
end $$;
-- Where the organization itself is deleted, its counts may have gone before its users.
create function count_deleted_users() returns trigger language plpgsql as $$
begin
  update user_counts as kept set count = kept.count - less.n
    from (select organization_id, status, count(*) as n from gone group by 1, 2) as less
    where kept.organization_id = less.organization_id and kept.status = less.status;
  return null;
end $$;
create trigger users_added after insert on users referencing new table as added for each statement execute function count_added_users();
create trigger users_changed after update on users referencing old table as gone new table as added for each statement execute function count_changed_users();
create trigger users_deleted after delete on users referencing old table as gone for each statement execute function count_deleted_users();
`
