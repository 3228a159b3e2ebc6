import { z } from 'zod';
import { CONFLICT_STATES } from '../../db/schema/infrastructure.ts';
import { localizedText } from './product-model.ts';
import { command, empty, idOf, job, type ModuleContract, query } from './rpc.ts';

const address = { host: z.string(), port: z.int(), database: z.string() };
const progress = z.object({ phase: z.string(), done: z.number(), total: z.number() });
export const replicationStatus = z.object({
  state: z.enum([
    'standalone',
    'offline',
    'connecting',
    'pushing',
    'pulling',
    'catching_up',
    'online',
    'stopped',
  ]),
  /** A refusal code with its values. */
  trouble: z
    .object({ code: z.string(), details: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
  centre: z
    .object({ ...address, org_code: z.string(), org_name: z.string(), station_code: z.string() })
    .nullable(),
  waiting_units: z.int(),
  oldest_waiting_at_ms: z.int().nullable(),
  waiting_files: z.int(),
  refused_rows: z.int(),
  last_contact_at_ms: z.int().nullable(),
  complete_to_ms: z.int().nullable(),
  clock_offset_ms: z.int().nullable(),
  /** The daily maintenance of the centre; `by` names the station that did it because nobody at the centre did. */
  maintained: z.object({ at_ms: z.int(), by: z.string().nullable() }).nullable(),
  progress: progress.nullable(),
});

export const centreFacts = z.object({
  ...address,
  org_code: z.string(),
  org_name: z.string(),
  station_code: z.string(),
  /** Null: every plant of the organization. */
  plant_ids: z.array(z.string()).nullable(),
  schema_version: z.int(),
  is_encrypted: z.boolean(),
  rows: z.int(),
});

export const stationFacts = z.object({
  station_code: z.string().max(100),
  state: z.string().max(50),
  is_this: z.boolean(),
  last_seen_at_ms: z.int().nullable(),
  queue: z.int().nullable(),
  clock_offset_ms: z.int().nullable(),
  app_version: z.string().max(50).nullable(),
  schema_version: z.int().nullable(),
  behind: z.int().nullable(),
});

export const integrityReport = z.object({
  checked_at_ms: z.int(),
  tables: z.array(
    z.object({
      table: z.string(),
      rows_here: z.int(),
      rows_there: z.int(),
      differing_buckets: z.int(),
    }),
  ),
  repaired_rows: z.int(),
  is_equal: z.boolean(),
});

export const SIDES = ['mine', 'theirs'] as const;
/** How a value of a field is shown and, where a person may type a new one, entered. */
export const FIELD_KINDS = [
  'text',
  'integer',
  'quantity',
  'percent',
  'boolean',
  'instant',
  'day',
  'choice',
  'reference',
  'json',
  'secret',
] as const;
const contestedAnswer = z.object({
  label: localizedText,
  base: localizedText,
  mine: localizedText,
  theirs: localizedText,
});
/** One column of one record, as it was, as the author left it, and as it is now. */
export const contestedField = z.object({
  table: z.string(),
  row_id: z.string(),
  row_label: z.string().nullable(),
  field: z.string(),
  kind: z.enum(FIELD_KINDS),
  /** Of a configuration the answers that are not the same on all sides, in words. */
  answers: z.array(contestedAnswer).nullable(),
  choices: z.array(z.string()).nullable(),
  base: z.unknown(),
  mine: z.unknown(),
  theirs: z.unknown(),
  /** False: changed on one side only; shown because it belongs to the same step. */
  is_contested: z.boolean(),
  is_editable: z.boolean(),
  is_required: z.boolean(),
  suggested: z.enum(SIDES),
});
/** Whole records that the step made or removed, by their kind. */
const contestedRows = z.object({
  table: z.string(),
  /** The name of a single one. */
  row_label: z.string().nullable(),
  op: z.enum(['made', 'removed']),
  count: z.int(),
});
export const SUGGESTIONS = ['mine', 'theirs', 'combine', 'edit', 'dismiss', 'wait'] as const;
const conflictSummary = z.object({
  conflict_id: idOf('conflicts'),
  outcome: z.enum(['CONFLICT', 'REJECTED', 'PARKED']),
  state: z.enum(CONFLICT_STATES),
  table: z.string(),
  row_id: z.string(),
  row_label: z.string().nullable(),
  reason_code: z.string(),
  reason_values: z.record(z.string(), z.unknown()),
  intent: z.string(),
  /** More than one: what one person did in one form, settled as one. */
  steps: z.int(),
  author_name: z.string().nullable(),
  is_mine: z.boolean(),
  station_code: z.string(),
  occurred_at_ms: z.int(),
  received_at_ms: z.int(),
  resolved_by_name: z.string().nullable(),
  resolved_at_ms: z.int().nullable(),
  resolution_note: z.string().nullable(),
});
export const conflictDetail = conflictSummary.extend({
  /** Who changed or removed the record last, and when by that station's clock. */
  theirs_name: z.string().nullable(),
  theirs_at_ms: z.int().nullable(),
  is_gone: z.boolean(),
  /** Where a person goes on with the record; null when it has no page or is not there. */
  opens: z.object({ page: z.enum(['order', 'item']), id: z.string() }).nullable(),
  is_signed_by_author: z.boolean(),
  fields: z.array(contestedField),
  rows: z.array(contestedRows),
  may_resolve: z.boolean(),
  /** What can be done with this one; others are refused. */
  can: z.array(z.enum(['keep_mine', 'keep_theirs', 'combine', 'edit', 'dismiss'])),
  suggested: z.enum(SUGGESTIONS),
  suggested_because: z.string(),
});

export const RESOLUTIONS = ['keep_mine', 'keep_theirs', 'combine', 'edit', 'dismiss'] as const;
const choice = z.object({
  table: z.string().max(100),
  row_id: z.string().max(36),
  field: z.string().max(100),
  /** A side, or with `edit` a new value in `value`. */
  take: z.enum([...SIDES, 'value']),
  value: z.unknown().optional(),
});
const enrolment_code = z.string().trim().min(1).max(20_000);
const allow = 'settings:update';
/** What reaching the centre may refuse. */
const UNREACHED = [
  'not_joined',
  'centre_unreachable',
  'centre_name_unknown',
  'centre_certificate_expired',
  'centre_certificate_wrong',
  'centre_without_encryption',
  'centre_not_encrypted',
  'centre_sign_in_refused',
  'centre_database_unknown',
  'centre_not_prepared',
  'centre_not_accepting',
  'centre_not_enrolled',
  'centre_too_old',
  'centre_older',
  'centre_busy',
  'centre_fork',
  'centre_gap',
  'centre_restored',
  'centre_resync',
  'centre_answer_unknown',
  'identity_contested',
  'disk_full',
];

export const replication = {
  status: query({ allow: 'signed_in', input: empty, output: replicationStatus, while_locked: true }),
  syncNow: job({ allow: 'signed_in', input: empty, output: replicationStatus, refusals: UNREACHED }),
  /** Which of these records carry changes that have not been sent yet. */
  unsent: query({
    allow: 'signed_in',
    input: z.object({ table: z.string().max(100), ids: z.array(z.string().max(36)).max(1000) }),
    output: z.array(z.string()),
  }),
  /** Steps that wait, oldest first, in a form that can be worded. */
  waiting: query({
    allow: 'signed_in',
    input: z.object({ limit: z.int().min(1).max(200).default(20) }),
    output: z.array(
      z.object({
        unit_id: z.string(),
        intent: z.string(),
        author_name: z.string().nullable(),
        occurred_at_ms: z.int().nullable(),
        table: z.string().nullable(),
        row_label: z.string().nullable(),
        /** What happened to the record; the step may hold more rows. */
        op: z.enum(['I', 'U', 'D', 'J']).nullable(),
        changes: z.int(),
      }),
    ),
  }),

  probe: job({
    allow,
    input: z.object({ enrolment_code }),
    output: centreFacts,
    refusals: [...UNREACHED, 'enrolment_code_invalid', 'enrolment_code_expired'],
  }),
  join: job({
    allow,
    input: z.object({ enrolment_code, bring_rows: z.boolean() }),
    output: replicationStatus,
    refusals: [
      ...UNREACHED,
      'enrolment_code_invalid',
      'enrolment_code_expired',
      'already_joined',
      'station_older',
    ],
  }),
  /** A new code for a station that belongs to the centre already: it goes on with its rows and with what waits. */
  renew: job({
    allow,
    input: z.object({ enrolment_code }),
    output: replicationStatus,
    refusals: [...UNREACHED, 'enrolment_code_invalid', 'enrolment_code_expired', 'already_joined'],
  }),
  leave: job({
    allow,
    input: z.object({ forget_queue: z.boolean(), reason: z.string().trim().min(1).max(500) }),
    output: replicationStatus,
    refusals: [...UNREACHED, 'queue_not_empty'],
  }),
  stations: job({ allow, input: empty, output: z.array(stationFacts), refusals: UNREACHED }),
  checkIntegrity: job({ allow, input: empty, output: integrityReport, refusals: UNREACHED }),
  repair: job({ allow, input: empty, output: integrityReport, refusals: UNREACHED }),
  /** Everything that waits, as a file for a station that cannot reach the network. */
  exportQueue: job({
    allow,
    input: empty,
    output: z.object({ ticket: z.string(), name: z.string(), units: z.int() }),
    refusals: UNREACHED,
  }),
  /** The bytes of the answer go to PUT /transfer/<ticket>. */
  prepareAnswer: command({ allow, input: empty, output: z.object({ ticket: z.string() }) }),
  importAnswer: job({
    allow,
    input: z.object({ ticket: z.string().min(1).max(100) }),
    output: z.object({ units: z.int(), rows: z.int() }),
    refusals: [
      ...UNREACHED,
      'ticket_unknown',
      'file_not_an_answer',
      'answer_of_another_station',
      'answer_out_of_order',
    ],
  }),

  /** Newest first. `open` and `all` hold what the person made or may change. */
  listConflicts: query({
    allow: 'signed_in',
    input: z.object({
      show: z.enum(['open', 'mine', 'all']).default('open'),
      limit: z.int().min(1).max(1000).default(200),
    }),
    output: z.object({ rows: z.array(conflictSummary), open: z.int() }),
  }),
  conflict: query({
    allow: 'signed_in',
    input: z.object({ conflict_id: idOf('conflicts') }),
    output: conflictDetail,
    refusals: ['conflict_not_found', 'not_allowed'],
  }),
  /** Writes the chosen values as ordinary changes on top of the record as it is now, and closes the entry. */
  resolveConflict: command({
    allow: 'signed_in',
    input: z.object({
      conflict_id: idOf('conflicts'),
      resolution: z.enum(RESOLUTIONS),
      choices: z.array(choice).max(500).default([]),
      note: z.string().trim().max(2000).optional(),
    }),
    output: conflictSummary,
    refusals: [
      'conflict_not_found',
      'conflict_settled',
      'conflict_record_gone',
      'conflict_field_unknown',
      'conflict_field_fixed',
      'resolution_not_offered',
      'not_allowed',
      'value_not_valid',
      'already_exists',
    ],
  }),
} satisfies ModuleContract;
export type ConflictDetail = z.output<typeof conflictDetail>;
export type ContestedField = z.output<typeof contestedField>;
export type IntegrityReport = z.output<typeof integrityReport>;
export type StationFacts = z.output<typeof stationFacts>;
