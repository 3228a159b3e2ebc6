PRAGMA foreign_keys=OFF;
CREATE TABLE `__new_audit_logs` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`station_id` text NOT NULL,
	`chain_no` integer NOT NULL,
	`at_ms` integer NOT NULL,
	`entity_type` text NOT NULL,
	`entity_id` text,
	`entity_identifier` text,
	`action` text NOT NULL,
	`action_category` text NOT NULL,
	`user_id` text,
	`user_name` text,
	`session_id` text,
	`request_id` text NOT NULL,
	`intent` text NOT NULL,
	`reason` text,
	`changes_before` text,
	`changes_after` text,
	`changes_diff` text,
	`metadata` text,
	`severity` text DEFAULT 'INFO' NOT NULL,
	`success` integer DEFAULT true NOT NULL,
	`error_message` text,
	`prev_hash` text NOT NULL,
	`hash` text NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL
);

INSERT INTO `__new_audit_logs`("id", "organization_id", "station_id", "chain_no", "at_ms", "entity_type", "entity_id", "entity_identifier", "action", "action_category", "user_id", "user_name", "session_id", "request_id", "intent", "reason", "changes_before", "changes_after", "changes_diff", "metadata", "severity", "success", "error_message", "prev_hash", "hash", "row_version", "created_at_ms", "created_by", "updated_at_ms", "updated_by") SELECT "id", "organization_id", "station_id", "chain_no", "at_ms", "entity_type", "entity_id", "entity_identifier", "action", "action_category", "user_id", "user_name", "session_id", "request_id", "intent", "reason", "changes_before", "changes_after", "changes_diff", "metadata", "severity", "success", "error_message", "prev_hash", "hash", "row_version", "created_at_ms", "created_by", "updated_at_ms", "updated_by" FROM `audit_logs`;
DROP TABLE `audit_logs`;
ALTER TABLE `__new_audit_logs` RENAME TO `audit_logs`;
PRAGMA foreign_keys=ON;
CREATE INDEX `audit_logs_station_id_chain_no_index` ON `audit_logs` (`station_id`,`chain_no`);
CREATE INDEX `audit_logs_entity_type_entity_id_at_ms_index` ON `audit_logs` (`entity_type`,`entity_id`,`at_ms`);
CREATE INDEX `audit_logs_at_ms_index` ON `audit_logs` (`at_ms`);
CREATE INDEX `audit_logs_user_id_at_ms_index` ON `audit_logs` (`user_id`,`at_ms`);
CREATE INDEX `audit_logs_action_at_ms_index` ON `audit_logs` (`action`,`at_ms`);

-- The station's side of replication. Units are the changes of one command; nothing ever rewrites one.
CREATE TABLE sync_state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sync_units (
  n INTEGER PRIMARY KEY,
  unit_id TEXT NOT NULL UNIQUE,
  meta TEXT,
  payload_hash TEXT,
  audit_from INTEGER,
  audit_to INTEGER,
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'applied', 'merged', 'conflict', 'rejected', 'parked')),
  detail TEXT,
  settled_at_ms INTEGER,
  server_seq INTEGER
);
CREATE INDEX sync_units_pending ON sync_units (n) WHERE state = 'pending';
CREATE TABLE sync_unit_changes (
  n INTEGER NOT NULL,
  change_no INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  row_id TEXT NOT NULL,
  op TEXT NOT NULL CHECK (op IN ('I', 'U', 'D', 'J')),
  base_version INTEGER,
  base TEXT,
  patch TEXT,
  PRIMARY KEY (n, change_no)
) WITHOUT ROWID;
CREATE INDEX sync_unit_changes_row ON sync_unit_changes (row_id, table_name, n);
-- The last central image of a row with changes that wait; NULL: the centre has none.
CREATE TABLE sync_shadow (table_name TEXT NOT NULL, row_id TEXT NOT NULL, central TEXT, central_version INTEGER, PRIMARY KEY (table_name, row_id)) WITHOUT ROWID;
CREATE TABLE sync_commits (seq INTEGER PRIMARY KEY, hash TEXT NOT NULL) WITHOUT ROWID;
-- Rows from the centre that this version of the program cannot read.
CREATE TABLE sync_refused_rows (table_name TEXT NOT NULL, row_id TEXT NOT NULL, central TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (table_name, row_id)) WITHOUT ROWID;
CREATE TABLE sync_blobs (sha256 TEXT PRIMARY KEY, direction TEXT NOT NULL CHECK (direction IN ('up', 'down')), size_bytes INTEGER NOT NULL, next_chunk INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, retry_at_ms INTEGER NOT NULL DEFAULT 0, trouble TEXT) WITHOUT ROWID;
-- Ids met while a whole table is loaded: what was not met is gone at the centre.
CREATE TABLE sync_seen (table_name TEXT NOT NULL, row_id TEXT NOT NULL, PRIMARY KEY (table_name, row_id)) WITHOUT ROWID;
