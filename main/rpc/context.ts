import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Id } from '../../db/kit/columns.ts';
import type { AnyTable, InsertOf, PatchOf, RowOf } from '../../db/kit/define-table.ts';
import type { InspectionResult, PlanType } from '../../preload/contract/inspection.ts';
import type { NcrCategory } from '../../preload/contract/ncr-categories.ts';
import type { SettingKey, SettingValue } from '../../preload/contract/settings.ts';
import type { AuditEvent } from '../platform/audit-trail.ts';
import type { Log } from '../platform/log.ts';
import type { ReplicationStatus } from '../replication/port.ts';

export type ReadDb = Pick<BetterSQLite3Database, 'select' | 'selectDistinct' | '$count'>;

/** Who acts. `may` is the whole permission check: role, plant access, scope, expiry. */
export interface Actor {
  readonly user_id: Id<'users'>;
  readonly username: string;
  readonly full_name: string;
  readonly initials: string;
  readonly locale: 'en' | 'fr' | 'es';
  readonly session_id: string | null;
  readonly plant_id: Id<'plants'>;
  readonly is_locked: boolean;
  /** Nothing but changing the password, looking at oneself and leaving is allowed. */
  readonly must_change_password: boolean;
  /** False for the program itself. */
  readonly is_person: boolean;
  may(permission: string): boolean;
}

const SYSTEM_ID = '00000000-0000-7000-8000-000000000000';
/** The program acting by itself (may do everything), or nobody yet (may do nothing). */
export function systemActor(name: 'system' | 'nobody'): Actor {
  return {
    user_id: SYSTEM_ID as Id<'users'>,
    username: name,
    full_name: name === 'system' ? 'Millwright' : '',
    initials: 'MW',
    locale: 'en',
    session_id: null,
    plant_id: SYSTEM_ID as Id<'plants'>,
    is_locked: false,
    must_change_password: false,
    is_person: false,
    may: () => name === 'system',
  };
}

export type SqlValue = string | number | bigint | null;
/** Prepared once per text and connection; reading only. */
export interface Statements {
  all<Row>(sql: string, params?: Record<string, SqlValue> | SqlValue[]): Row[];
  get<Row>(sql: string, params?: Record<string, SqlValue> | SqlValue[]): Row | undefined;
  /** Streams rows; do not write while iterating. */
  iterate<Row>(sql: string, params?: Record<string, SqlValue> | SqlValue[]): IterableIterator<Row>;
}

/** What a service needs to read; the same in a query, a command and a job. */
export interface ReadCtx {
  readonly db: ReadDb;
  readonly sql: Statements;
  readonly actor: Actor;
  readonly organization_id: number;
  readonly station_id: string;
  readonly now_ms: number;
  /** Calendar day `YYYY-MM-DD` in the zone of the actor's plant. */
  today(): string;
  setting<K extends SettingKey>(key: K): SettingValue<K>;
  readonly log: Log;
}
export interface QueryCtx extends ReadCtx {
  /** Folder of this station; its parts are named by `foldersOf`. */
  readonly data_folder: string;
  /** How this station stands to its centre, from what is known here. */
  replicationStatus(): ReplicationStatus;
  /** A one-time ticket under which the window may fetch this file. */
  offerDownload(file: { path: string; name: string; mime_type: string }): string;
}

/** Writes go through these: standard columns are filled in and the row is checked against its definition. */
export interface CommandCtx extends QueryCtx {
  newId<T extends string>(table: T): Id<T>;
  insert<D extends AnyTable>(def: D, values: InsertOf<D>): RowOf<D>;
  /** Refuses `row_not_found`, or `row_changed` when `expected_version` is older than the row. */
  update<D extends AnyTable>(def: D, id: string, patch: PatchOf<D>, expected_version?: number): RowOf<D>;
  remove<D extends AnyTable>(def: D, id: string): void;
  /** The next number of the block this station leased from its centre, or null when none is left. */
  takeLeasedNumber(series: string): number | null;
  /** An audit row of its own: sign-in, export, approval. Changes of rows are recorded without being asked. */
  record(event: AuditEvent): void;
  /** Why, in the user's words; stored with every audit row of this command. */
  because(reason: string): void;
  /** Announces to later modules, handled inside the same transaction. */
  announce(event: DomainEvent): void;
  /** A one-time ticket under which the window may send one file of at most this size. */
  expectUpload(max_bytes: number): string;
  /** The file that was received under an upload ticket: stored, hashed, its type found in the content. */
  received(ticket: string): ReceivedFile;
}
export interface ReceivedFile {
  sha256: string;
  size_bytes: number;
  mime_type: string;
  file_extension: string;
}

/** An inspection of a build was signed. A correction has a revision above 1. */
export interface InspectionSubmitted {
  kind: 'inspection_submitted';
  order_id: Id<'orders'>;
  log_id: Id<'inspection_logs'>;
  plan_type: PlanType;
  overall_result: InspectionResult;
  attempt_no: number;
  revision_no: number;
  failure: {
    category: NcrCategory;
    description: string;
    needs_rework: boolean;
    characteristic_codes: string[];
  } | null;
}
/** Somebody answered what a step of a workflow asked for. */
export interface ApprovalAnswered {
  kind: 'approval_answered';
  entity_type: string;
  entity_id: string;
  transition_code: string;
  is_approved: boolean;
  requested_by: Id<'users'>;
  request_comment: string | null;
  answer_comment: string | null;
  /** What whoever asked entered for the step. */
  step: Record<string, unknown>;
}
/** Typed events from earlier to later modules. */
export type DomainEvent =
  | { kind: 'order_submitted'; order_ids: Id<'orders'>[]; order_number: string }
  | { kind: 'bom_sent_back'; order_id: Id<'orders'>; bom_version: number; reason: string }
  | {
      kind: 'bom_approved';
      order_id: Id<'orders'>;
      bom_version: number;
      /** The version that was in force until now; null for the first one. */
      replaced_bom_id: Id<'bom_headers'> | null;
    }
  | ApprovalAnswered
  | InspectionSubmitted;
export type DomainEventOf<K extends DomainEvent['kind']> = Extract<DomainEvent, { kind: K }>;
export type Subscriptions = {
  [K in DomainEvent['kind']]?: (ctx: CommandCtx, event: DomainEventOf<K>) => void;
};
