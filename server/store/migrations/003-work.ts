/** Orders and imports, keys and downloads, and what the server remembers to do. */
export const WORK_SQL = `
create table billing (
  organization_id uuid primary key references organizations (id) on delete cascade,
  company text not null default '',
  address text not null default '',
  country text not null default '',
  vat text not null default '',
  email text not null default '',
  version integer not null default 1
);

create table orders (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  plan text collate "C" not null references plans (id),
  quantity integer not null check (quantity <> 0),
  amount_cents integer not null,
  currency text not null,
  status text not null check (status in ('pending_payment', 'done', 'failed', 'cancelled')),
  provider text not null,
  provider_reference text collate "C",
  checkout_url text,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  settled_at timestamptz,
  primary key (organization_id, id)
);
create index orders_by_time on orders (organization_id, created_at desc, id);
create unique index orders_by_reference on orders (provider, provider_reference) where provider_reference is not null;

create table payment_events (
  provider text collate "C" not null,
  id text collate "C" not null,
  organization_id uuid,
  received_at timestamptz not null,
  primary key (provider, id)
);

create table invoices (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  number text collate "C" not null,
  issued_on date not null,
  total_cents integer not null,
  currency text not null,
  created_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, number)
);

create table invoice_lines (
  organization_id uuid not null,
  invoice_id uuid not null,
  line integer not null,
  order_id uuid,
  text text not null,
  plan text not null,
  quantity integer not null,
  amount_cents integer not null,
  primary key (organization_id, invoice_id, line),
  foreign key (organization_id, invoice_id) references invoices (organization_id, id) on delete cascade,
  foreign key (organization_id, order_id) references orders (organization_id, id)
);

create table user_imports (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  name text not null,
  media_type text not null,
  status text collate "C" not null check (status in ('queued', 'running', 'done', 'failed')),
  without_license boolean not null,
  plan_digest text,
  language text not null,
  total integer not null default 0,
  applied integer not null default 0,
  rejected integer not null default 0,
  failure text,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (organization_id, id)
);
create index user_imports_by_time on user_imports (organization_id, created_at desc, id);

create table user_import_sources (
  organization_id uuid not null,
  import_id uuid not null,
  bytes bytea not null,
  header jsonb,
  primary key (organization_id, import_id),
  foreign key (organization_id, import_id) references user_imports (organization_id, id) on delete cascade
);

create table user_import_rows (
  organization_id uuid not null,
  import_id uuid not null,
  "row" integer not null,
  cells jsonb not null,
  planned jsonb not null,
  outcome text collate "C" not null check (outcome in ('waiting', 'applied', 'rejected')),
  status text,
  issues jsonb,
  user_id uuid,
  primary key (organization_id, import_id, "row"),
  foreign key (organization_id, import_id) references user_imports (organization_id, id) on delete cascade
);
create index user_import_rows_by_outcome on user_import_rows (organization_id, import_id, outcome, "row");

create table service_keys (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  purpose text not null check (purpose in ('ingest', 'provisioning')),
  name text not null,
  key_hash bytea not null unique,
  created_at timestamptz not null,
  created_by uuid,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (organization_id, id)
);

create table downloads (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  ticket_hash bytea not null unique,
  user_id uuid not null,
  resource text not null,
  format text not null,
  filter jsonb not null,
  language text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (organization_id, id)
);
create index downloads_expiring on downloads (expires_at);

create table notices (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  kind text collate "C" not null,
  subject text collate "C" not null,
  tone text not null check (tone in ('info', 'warning', 'danger')),
  params jsonb not null,
  created_at timestamptz not null,
  resolved_at timestamptz,
  primary key (organization_id, id)
);
create unique index notices_open on notices (organization_id, kind, subject) where resolved_at is null;

-- Work of the server itself has no organization.
create table jobs (
  id uuid primary key,
  organization_id uuid references organizations (id) on delete cascade,
  kind text collate "C" not null,
  payload jsonb not null,
  dedupe_key text collate "C",
  state text collate "C" not null default 'queued' check (state in ('queued', 'done', 'failed')),
  run_at timestamptz not null,
  attempts integer not null default 0,
  max_attempts integer not null default 10,
  lease uuid,
  last_error text,
  created_at timestamptz not null,
  finished_at timestamptz
);
create index jobs_due on jobs (run_at, id) where state = 'queued';
create index jobs_finished on jobs (finished_at) where state <> 'queued';
create unique index jobs_once on jobs (dedupe_key) where state = 'queued' and dedupe_key is not null;

create table outbox (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  kind text collate "C" not null,
  to_email text not null,
  to_name text not null,
  language text not null,
  params jsonb not null,
  -- Tokens and codes; emptied when the mail is sent.
  secrets jsonb,
  dedupe_key text collate "C",
  state text collate "C" not null default 'queued' check (state in ('queued', 'sent', 'failed')),
  run_at timestamptz not null,
  attempts integer not null default 0,
  max_attempts integer not null default 12,
  lease uuid,
  last_error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (organization_id, id)
);
create index outbox_due on outbox (run_at, id) where state = 'queued';
create unique index outbox_once on outbox (organization_id, dedupe_key) where dedupe_key is not null;

create table idempotency_keys (
  organization_id uuid not null references organizations (id) on delete cascade,
  actor text collate "C" not null,
  route text collate "C" not null,
  key text collate "C" not null,
  body_hash text not null,
  status integer not null,
  reply jsonb,
  expires_at timestamptz not null,
  primary key (organization_id, actor, route, key)
);
create index idempotency_keys_expiring on idempotency_keys (expires_at);

-- Counters of limits; losing them in a crash is harmless.
create unlogged table limit_counters (
  bucket text collate "C" not null,
  window_start timestamptz not null,
  count integer not null,
  primary key (bucket, window_start)
);
create index limit_counters_by_window on limit_counters (window_start);

-- Keys that several servers share: cursors, signed heads.
create table server_keys (
  name text collate "C" primary key,
  value bytea not null,
  created_at timestamptz not null
);
`
