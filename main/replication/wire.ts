import { z } from 'zod';
import type { Row } from '../platform/row-changes.ts';

/** What travels between a station and the centre. Shapes of the centre's answers are checked here, at the door. */
export type ChangeOp = 'I' | 'U' | 'D' | 'J';
export interface UnitChange {
  table: string;
  id: string;
  /** I insert, U update, D delete, J row of a station that joins: inserted where the id is free. */
  op: ChangeOp;
  base_version: number | null;
  /** U: the changed columns as they were; D: the whole row. */
  base: Row | null;
  /** I, J: the whole row; U: the changed columns. */
  patch: Row | null;
}
export interface UnitMeta {
  unit_id: string;
  schema_version: number;
  intent: string;
  actor_id: string;
  session_id: string | null;
  reason: string | null;
  occurred_at_ms: number;
  clock_offset_ms: number | null;
  monotonic_no: number;
  /** The station's cursor when the unit was made: what its author could have seen. */
  seen_seq: number;
  audit_head: { chain_no: number; hash: string } | null;
}
export interface Unit extends UnitMeta {
  unit_no: number;
  /** SHA-256 of the canonical text of everything but `unit_no`, `payload_hash` and `audit`. */
  payload_hash: string;
  changes: UnitChange[];
  /** Rows of the audit trail, taken whatever becomes of the unit. */
  audit: Row[];
}
/** New rows of one table that follow each other: what all of them say goes once. */
export interface NewRows {
  table: string;
  op: 'I' | 'J';
  same: Row;
  rows: Row[];
}
/** A unit as it goes to a centre that `reads_common_values`; `within` is what the objects in columns of the audit rows have in common. */
export interface SentUnit extends Omit<Unit, 'changes' | 'audit'> {
  changes: (UnitChange | NewRows)[];
  audit: Row[] | { same: Row; within: Record<string, Row>; rows: Row[] };
}
/** The same unit with every row whole. */
export function plainUnit({ changes, audit, ...unit }: SentUnit): Unit {
  const within = (row: Row): Row =>
    Array.isArray(audit)
      ? {}
      : Object.fromEntries(
          Object.entries(audit.within).map(([key, same]) => [key, { ...same, ...(row[key] as Row) }]),
        );
  return {
    ...unit,
    changes: changes.flatMap(change =>
      'rows' in change
        ? change.rows.map(row => ({
            table: change.table,
            id: String(row.id),
            op: change.op,
            base_version: null,
            base: null,
            patch: { ...change.same, ...row },
          }))
        : [change],
    ),
    audit: Array.isArray(audit) ? audit : audit.rows.map(row => ({ ...audit.same, ...row, ...within(row) })),
  };
}

/** Its columns are checked against the definition where the row is taken; it is not copied here. */
const json = z.custom<Row>(value => typeof value === 'object' && value !== null && !Array.isArray(value));
export const OUTCOMES = ['applied', 'merged', 'conflict', 'rejected', 'parked'] as const;
const outcome = z.object({
  unit_no: z.int(),
  unit_id: z.string(),
  outcome: z.enum(OUTCOMES),
  detail: z.unknown().optional(),
});
export type Outcome = z.infer<typeof outcome>;

export const helloAnswer = z.object({
  organization_id: z.int(),
  org_code: z.string(),
  org_name: z.string(),
  station_code: z.string(),
  plant_ids: z.array(z.string()).nullable(),
  epoch: z.int(),
  server_ms: z.number(),
  schema_version: z.int(),
  min_push_version: z.int(),
  min_pull_version: z.int(),
  last_unit_no: z.int(),
  head_seq: z.int(),
  backed_up_seq: z.int(),
  floor_seq: z.int(),
  channel: z.string(),
  limits: z.object({ units: z.int(), bytes: z.int(), rows: z.int() }),
  /** Several rows may come as what they have in common and each row's own; not at the centre of an older program. */
  reads_common_values: z.boolean().default(false),
  /** Stations of the organization; null from the centre of an older program. */
  stations: z.int().nullable().default(null),
});
export type HelloAnswer = z.infer<typeof helloAnswer>;

export const pushAnswer = z.object({ last_unit_no: z.int(), outcomes: z.array(outcome) });
const tableOfPage = z.object({
  table: z.string(),
  rows: z.array(json),
  gone: z.array(
    z.object({ id: z.string(), version: z.int().nullable(), kind: z.enum(['deleted', 'evicted']) }),
  ),
});
export const pullPage = z.object({
  to_seq: z.int(),
  to_hash: z.string().nullable(),
  head_seq: z.int(),
  more: z.boolean(),
  applied_unit_no: z.int(),
  outcomes: z.array(outcome),
  tables: z.array(tableOfPage),
  /** The centre's clock; null from the centre of an older program. */
  server_ms: z.number().nullable().default(null),
  /** Where the page goes on when one commit changed very many rows. */
  rest_after: z.int().nullable().default(null),
});
export const pullPart = pullPage.pick({ tables: true, rest_after: true });
export type PullPage = z.infer<typeof pullPage>;

/** Tables with a window hold different histories at each station: their checksums say nothing. */
export const snapshotTables = z.array(
  z.object({ table: z.string(), rows: z.number(), is_comparable: z.boolean().default(true) }),
);
export const snapshotPage = z.object({
  head_seq: z.int(),
  head_hash: z.string().nullable(),
  rows: z.array(json),
  more: z.boolean(),
});
export type SnapshotPage = z.infer<typeof snapshotPage>;
export const bucketDigests = z.object({
  head_seq: z.int(),
  buckets: z.array(z.object({ bucket: z.int(), count: z.int(), xor: z.string() })),
});
export type BucketDigest = z.infer<typeof bucketDigests>['buckets'][number];
export const commitHashes = z.array(z.object({ seq: z.int(), hash: z.string() }));
export const leasedNumbers = z.object({ from: z.int(), to: z.int() });
export const leasedFloor = z.unknown();
export const returnedNumbers = z.object({ returned: z.int() });
export const blobState = z.object({ state: z.enum(['complete', 'partial']), next_chunk: z.int() });
export const stationList = z.array(
  z.object({
    station_code: z.string(),
    state: z.string(),
    last_seen_at_ms: z.number().nullable(),
    queue: z.int().nullable(),
    clock_offset_ms: z.number().nullable(),
    app_version: z.string().nullable(),
    schema_version: z.int().nullable(),
    pulled_seq: z.int().nullable(),
    head_seq: z.int(),
  }),
);
/** The daily maintenance of the centre; nobody named did it: the operator's scheduler. */
export const upkeep = z.object({
  maintained_at_ms: z.number(),
  maintained_by: z.string().nullable(),
  is_due: z.boolean(),
});
export const bucketRows = z.array(json);

/** A queue carried by hand: written by the station, answered by the operator's command at the centre. */
export const queueFile = z.object({
  kind: z.literal('millwright-queue'),
  station_code: z.string(),
  client_id: z.string(),
  cursor_seq: z.int(),
  cursor_hash: z.string().nullable(),
  units: z.array(z.record(z.string(), z.unknown())),
});
export const answerFile = z.object({
  kind: z.literal('millwright-answer'),
  client_id: z.string(),
  from_seq: z.int(),
  outcomes: z.array(outcome),
  pages: z.array(pullPage),
});
