/** A time zone is stored once a person chose one: until then their times follow the mail client, which knows better than any guess. */
export const TIME_ZONE_SQL = `
alter table users alter column time_zone set default '';
-- UTC was stored for everybody; owners are held to the policies, too, and belong to no organization.
alter table users no force row level security;
update users set time_zone = '' where time_zone = 'UTC';
alter table users force row level security;
`
