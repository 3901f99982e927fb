/** Terms of licenses: orders that renew, how far people have been told of a term's end, and an end for what was bought before. */
export const RENEWALS_SQL = `
alter table orders add column renewal boolean not null default false;
alter table orders add constraint orders_renewal check (not renewal or (from_plan is null and quantity > 0));
alter table license_pools add column renewal_told smallint not null default 0;
create index license_pools_by_renewal on license_pools (renews_on) where renews_on is not null;
-- Row-level security is forced, and holds for an owner who is no superuser, too.
select set_config('app.system', 'on', true);
-- Terms run from the first order of a plan; years that are over count as settled.
update license_pools set renews_on = (bought.day + make_interval(years => extract(year from age(current_date, bought.day))::int + 1))::date
  from (select organization_id, plan, min(settled_at at time zone 'UTC')::date as day from orders where status = 'done' and quantity > 0 group by 1, 2) bought
  where license_pools.organization_id = bought.organization_id and license_pools.plan = bought.plan and license_pools.quantity > 0;
`
