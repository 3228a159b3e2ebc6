/**
 * Tables of replication. They hold no business data and no station has any right on them. One statement that may run
 * any number of times; a later change is added at the end as `alter table … add column if not exists`.
 */
export const SYNC_TABLES = `
create schema if not exists sync;

create table if not exists sync.server (
  one bool primary key default true check (one),
  epoch int not null,
  schema_version int not null,
  min_push_version int not null,
  min_pull_version int not null,
  fingerprint text
);
-- One ordered history per organization. Its row is locked while a commit is sealed.
create table if not exists sync.streams (
  stream int primary key,
  org_code text not null unique,
  org_name text not null,
  channel text not null,
  floor_seq bigint not null default 0,
  backed_up_seq bigint not null default 0
);
-- By whom the daily maintenance was done last: nobody named is the operator's scheduler.
alter table sync.streams add column if not exists maintained_at timestamptz not null default now();
alter table sync.streams add column if not exists maintained_by text;
-- Locked, never changed: one push at a time per organization.
create table if not exists sync.lanes (organization_id int primary key);

create table if not exists sync.devices (
  role_name name primary key,
  organization_id int not null references sync.streams,
  kind text not null check (kind in ('station', 'reporting', 'centre')),
  station_code text not null,
  plant_ids uuid[],
  state text not null check (state in ('invited', 'active', 'revoked')),
  invited_until timestamptz,
  enrolled_at timestamptz not null default now(),
  unique (organization_id, station_code)
);
create table if not exists sync.clients (
  client_id uuid primary key,
  role_name name not null,
  organization_id int not null,
  incarnation int not null,
  nonce text not null,
  last_unit_no bigint not null default 0,
  station_id text,
  state text not null check (state in ('active', 'retired')),
  app_version text,
  schema_version int,
  fingerprint text,
  last_seen_at timestamptz,
  pulled_seq bigint,
  queue int,
  clock_offset_ms bigint
);
-- When the station last told about itself; its pushes do not count.
alter table sync.clients add column if not exists told_at timestamptz;
create index if not exists clients_role on sync.clients (role_name);

-- One central transaction of one organization. seq is empty until the seal gives it its place.
create table if not exists sync.commits (
  tx bigint generated always as identity primary key,
  stream int not null,
  xid xid8 not null default pg_current_xact_id(),
  seq bigint,
  prev_hash bytea,
  hash bytea,
  committed_at timestamptz,
  change_count int,
  client_id uuid,
  first_unit_no bigint,
  last_unit_no bigint,
  writer name not null default session_user
);
create unique index if not exists commits_open on sync.commits (xid, stream) where seq is null;
create unique index if not exists commits_seq on sync.commits (stream, seq) where seq is not null;
create index if not exists commits_client on sync.commits (client_id, seq) where client_id is not null;

create table if not exists sync.changes (
  tx bigint not null,
  change_no bigint generated always as identity,
  table_name text not null,
  row_id uuid not null,
  op "char" not null,
  row_version bigint,
  plant_id uuid,
  old_plant_id uuid,
  document_id uuid,
  by_client uuid, -- author, where another client's push carried out a unit that had waited
  primary key (tx, change_no)
);
create index if not exists changes_document on sync.changes (document_id) where document_id is not null;
create table if not exists sync.tombstones (
  organization_id int not null,
  table_name text not null,
  row_id uuid not null,
  row_version bigint not null,
  primary key (organization_id, table_name, row_id)
);
-- Which commit took a person's access away: units made in the knowledge of it are refused.
create table if not exists sync.deactivations (
  organization_id int not null,
  user_id uuid not null,
  tx bigint not null,
  primary key (organization_id, user_id)
);
-- Earlier states of the rows from which rights follow, with the commit that ended them.
create table if not exists sync.rights_before (
  organization_id int not null,
  table_name text not null,
  row_id uuid not null,
  tx bigint not null,
  image jsonb not null
);
create index if not exists rights_before_of on sync.rights_before (organization_id, table_name);

create table if not exists sync.units (
  client_id uuid not null,
  unit_no bigint not null,
  organization_id int not null,
  unit_id uuid not null,
  same_as bigint,       -- not empty: sent before under a retired identity, stored there
  payload_hash text not null,
  payload jsonb,        -- kept while the unit is not applied
  outcome text not null check (outcome in ('applied', 'merged', 'conflict', 'rejected', 'parked')),
  detail jsonb,
  tx bigint not null,
  primary key (client_id, unit_no)
);
create unique index if not exists units_id on sync.units (organization_id, unit_id) where same_as is null;
-- Rows that are not at the centre because the unit that makes them was not applied.
create table if not exists sync.blocked_rows (
  organization_id int not null,
  table_name text not null,
  row_id uuid not null,
  unit_id uuid not null,
  primary key (organization_id, table_name, row_id, unit_id)
);
create table if not exists sync.parked (
  organization_id int not null,
  unit_id uuid not null,
  client_id uuid not null,
  unit_no bigint not null,
  waits_table text,
  waits_row uuid,
  failures int not null default 0,
  retry_at timestamptz, -- empty: only a person or the missing row starts it again
  primary key (organization_id, unit_id)
);
create index if not exists parked_waits on sync.parked (organization_id, waits_table, waits_row);

create table if not exists sync.series (
  organization_id int not null,
  series text not null check (length(series) <= 50),
  next_value bigint not null check (next_value > 0),
  primary key (organization_id, series)
);
create table if not exists sync.leases (
  organization_id int not null,
  series text not null,
  from_value bigint not null,
  to_value bigint not null,
  client_id uuid not null,
  leased_at timestamptz not null default now(),
  primary key (organization_id, series, from_value)
);
-- forfeited: by a copied installation or after a restore. Nobody gets the numbers again; the gap is explained here.
alter table sync.leases add column if not exists incarnation int not null default 1;
alter table sync.leases add column if not exists state text not null default 'leased' check (state in ('leased', 'forfeited'));

create table if not exists sync.blobs (
  organization_id int not null,
  sha256 bytea not null,
  size_bytes bigint not null,
  is_complete bool not null default false,
  begun_at timestamptz not null default now(),
  primary key (organization_id, sha256)
);
create table if not exists sync.blob_chunks (
  organization_id int not null,
  sha256 bytea not null,
  n int not null,
  bytes bytea not null,
  primary key (organization_id, sha256, n),
  foreign key (organization_id, sha256) references sync.blobs on delete cascade
);
-- The bytes of pictures and documents do not get smaller.
alter table sync.blob_chunks alter column bytes set storage external;
`;
