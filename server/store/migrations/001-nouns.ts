/** Organizations, people, what they hold and where they work. Text in keys is compared by code point (collation "C"). */
export const NOUNS_SQL = `
create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists btree_gin;

-- The one place that folds text for search and sorting: compatibility forms, accents and case removed.
create function fold(value text) returns text language sql immutable strict parallel safe
  as $$ select lower(public.unaccent('public.unaccent', normalize(value, NFKC))) $$;

create table organizations (
  id uuid primary key,
  name text not null,
  address text not null default '',
  contact_email text not null default '',
  settings jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  deleted_at timestamptz
);

create table plans (
  id text collate "C" primary key,
  name text not null,
  rank integer not null,
  attachment_mb integer not null,
  messages_per_month integer,
  signatories integer not null,
  price_cents integer not null,
  currency text not null
);
insert into plans (id, name, rank, attachment_mb, messages_per_month, signatories, price_cents, currency) values
  ('eco', 'Eco', 1, 100, 50, 0, 300, 'EUR'),
  ('advanced', 'Advanced', 2, 1000, 500, 2, 800, 'EUR'),
  ('pro', 'Pro', 3, 5000, null, 20, 1500, 'EUR');

create table roles (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  name text not null,
  name_key text collate "C" not null generated always as (fold(name)) stored,
  permissions text[] not null,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, name_key)
);

create table users (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  email text not null,
  -- The address folded by the application: lower case, domain in ASCII.
  email_key text collate "C" not null,
  domain text collate "C" not null,
  first_name text not null default '',
  last_name text not null default '',
  name_key text collate "C" not null generated always as
    (fold(coalesce(nullif(btrim(first_name || ' ' || last_name), ''), email))) stored,
  search text collate "C" not null generated always as
    (fold(first_name || ' ' || last_name || ' ' || email || ' ' || email_key)) stored,
  role text collate "C" not null check (role in ('org_admin', 'billing_admin', 'user_admin', 'member', 'custom')),
  custom_role_id uuid,
  status text collate "C" not null check (status in ('pending', 'active', 'suspended', 'removed')),
  previous_status text check (previous_status in ('pending', 'active', 'suspended')),
  language text not null default 'en',
  time_zone text not null default 'UTC',
  mobile text not null default '',
  sms_country text not null default '',
  second_factor boolean not null default false,
  protected_replies boolean not null default false,
  version integer not null default 1,
  invited_by uuid,
  created_at timestamptz not null,
  activated_at timestamptz,
  last_active_at timestamptz,
  removed_at timestamptz,
  -- What a restore needs and nothing else keeps: plan, workspaces.
  removed_state jsonb,
  primary key (organization_id, id),
  check ((role = 'custom') = (custom_role_id is not null)),
  check ((status = 'removed') = (removed_at is not null)),
  foreign key (organization_id, custom_role_id) references roles (organization_id, id)
);
create unique index users_by_email on users (organization_id, email_key) where status <> 'removed';
create index users_by_any_email on users (organization_id, email_key, id);
-- Across organizations: who signs in is looked for by address, and by nothing else.
create index users_by_address on users (email_key) where status <> 'removed';
create index users_by_name on users (organization_id, name_key, id) where status <> 'removed';
create index users_by_activity on users (organization_id, last_active_at, id) where status <> 'removed';
create index users_by_creation on users (organization_id, created_at, id) where status <> 'removed';
create index users_by_domain on users (organization_id, domain, id) where status <> 'removed';
create index users_by_role on users (organization_id, role, status, id);
create index users_by_status on users (organization_id, status, name_key, id);
create index users_by_custom_role on users (organization_id, custom_role_id) where custom_role_id is not null;
create index users_removed on users (removed_at) where status = 'removed';
create index users_by_search on users using gin (organization_id, search gin_trgm_ops);

create table identities (
  organization_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  issuer text collate "C" not null,
  subject text collate "C" not null,
  email text,
  linked_at timestamptz not null,
  last_used_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, issuer, subject),
  foreign key (organization_id, user_id) references users (organization_id, id) on delete cascade
);
create index identities_by_subject on identities (issuer, subject);
create index identities_by_user on identities (organization_id, user_id);

create table identity_links (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('microsoft', 'google')),
  tenant text collate "C" not null,
  created_at timestamptz not null,
  created_by uuid,
  primary key (organization_id, id),
  unique (organization_id, kind, tenant)
);
create index identity_links_by_tenant on identity_links (kind, tenant);

create table license_pools (
  organization_id uuid not null references organizations (id) on delete cascade,
  plan text collate "C" not null references plans (id),
  quantity integer not null default 0 check (quantity >= 0),
  assigned integer not null default 0,
  renews_on date,
  -- The highest warning already given, so that each crossing warns once.
  warned_percent integer not null default 0,
  primary key (organization_id, plan),
  constraint license_pools_seats check (assigned >= 0 and assigned <= quantity)
);

create table licenses (
  organization_id uuid not null,
  user_id uuid not null,
  plan text collate "C" not null,
  state text not null check (state in ('assigned', 'active')),
  assigned_at timestamptz not null,
  assigned_by uuid,
  activated_at timestamptz,
  expires_on date,
  primary key (organization_id, user_id),
  check ((state = 'active') = (activated_at is not null)),
  foreign key (organization_id, user_id) references users (organization_id, id) on delete cascade,
  foreign key (organization_id, plan) references license_pools (organization_id, plan)
);
create index licenses_by_plan on licenses (organization_id, plan, state, user_id);

create table activation_links (
  organization_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  plan text,
  token_hash bytea not null,
  sent_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  replaced_at timestamptz,
  reminded_at timestamptz,
  code_hash bytea,
  code_expires_at timestamptz,
  code_attempts integer not null default 0,
  primary key (organization_id, id),
  foreign key (organization_id, user_id) references users (organization_id, id) on delete cascade
);
create unique index activation_links_by_token on activation_links (token_hash);
create index activation_links_by_user on activation_links (organization_id, user_id, created_at desc);
create unique index activation_links_live on activation_links (organization_id, user_id)
  where used_at is null and replaced_at is null;

create table workspaces (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  name text not null,
  name_key text collate "C" not null generated always as (fold(name)) stored,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, name_key)
);

create table workspace_members (
  organization_id uuid not null,
  workspace_id uuid not null,
  user_id uuid not null,
  added_at timestamptz not null,
  primary key (organization_id, workspace_id, user_id),
  foreign key (organization_id, workspace_id) references workspaces (organization_id, id) on delete cascade,
  foreign key (organization_id, user_id) references users (organization_id, id) on delete cascade
);
create index workspace_members_by_user on workspace_members (organization_id, user_id);

create table contacts (
  organization_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  email text not null,
  email_key text collate "C" not null,
  name text not null default '',
  name_key text collate "C" not null generated always as (fold(coalesce(nullif(btrim(name), ''), email))) stored,
  search text collate "C" not null generated always as (fold(name || ' ' || email || ' ' || email_key)) stored,
  assigned_to uuid,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, workspace_id, email_key),
  foreign key (organization_id, workspace_id) references workspaces (organization_id, id) on delete cascade,
  -- A contact is assigned within its workspace: who leaves it, leaves the contact.
  foreign key (organization_id, workspace_id, assigned_to)
    references workspace_members (organization_id, workspace_id, user_id) on delete set null (assigned_to)
);
create index contacts_by_email on contacts (organization_id, email_key);
create index contacts_by_name on contacts (organization_id, name_key, id);
create index contacts_by_assignee on contacts (organization_id, assigned_to) where assigned_to is not null;
create index contacts_by_assignment on contacts (organization_id, workspace_id, assigned_to);

create table domains (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  name text collate "C" not null,
  unicode_name text not null,
  status text collate "C" not null check (status in ('pending', 'approved', 'contested', 'failed', 'refused')),
  record_host text not null,
  record_value text not null,
  last_check jsonb,
  checks integer not null default 0,
  next_check_at timestamptz,
  expires_at timestamptz,
  missed integer not null default 0,
  missing_since timestamptz,
  reason text,
  warning text,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  approved_at timestamptz,
  contested_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, name)
);
create index domains_due on domains (next_check_at) where next_check_at is not null;

-- One organization per approved domain, across all of them.
create table approved_domains (
  name text collate "C" primary key,
  organization_id uuid not null,
  domain_id uuid not null,
  approved_at timestamptz not null,
  unique (organization_id, domain_id),
  foreign key (organization_id, domain_id) references domains (organization_id, id) on delete cascade
);
`
