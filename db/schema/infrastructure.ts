import { z } from 'zod';
import { boolean, id, instant, integer, json, oneOf, ref, text } from '../kit/columns.ts';
import { activeFlag, appendOnly, defineTable, localOnly, twoWay } from '../kit/define-table.ts';

const jsonObject = z.record(z.string(), z.unknown());
const jsonValue: z.ZodType<unknown> = z.unknown();

export const AUDIT_ACTIONS = [
  'CREATE',
  'READ',
  'UPDATE',
  'DELETE',
  'LOGIN',
  'LOGOUT',
  'APPROVE',
  'REJECT',
  'EXPORT',
  'IMPORT',
  'PRINT',
  'SIGN',
  'SYSTEM',
] as const;
export const audit_logs = defineTable(
  'audit_logs',
  {
    station_id: text(36).about('station that wrote the row; the hash chain runs per station'),
    chain_no: integer(1, Number.MAX_SAFE_INTEGER),
    at_ms: instant(),
    entity_type: text(100),
    entity_id: text(100).optional(),
    entity_identifier: text(200).optional(),
    action: oneOf(...AUDIT_ACTIONS),
    action_category: text(50),
    user_id: id<'users'>().optional().about('no reference: the trail outlives its people'),
    user_name: text(200).optional(),
    session_id: text(36).optional(),
    request_id: text(36).about('one command; all its rows share it'),
    intent: text(100).about('procedure that was called'),
    reason: text(2000).optional(),
    changes_before: json(jsonObject).optional(),
    changes_after: json(jsonObject).optional(),
    changes_diff: json(z.record(z.string(), z.tuple([z.unknown(), z.unknown()]))).optional(),
    metadata: json(jsonObject).optional(),
    severity: oneOf('INFO', 'WARNING', 'ERROR', 'CRITICAL').default('INFO'),
    success: boolean().default(true),
    error_message: text(500).optional(),
    prev_hash: text(64),
    hash: text(64),
  },
  {
    row_is: 'One recorded action: who changed what, from which value to which, when, where and why.',
    sync: appendOnly('organization', 30),
    audited: false,
    partitions: { every: 'half_year', keep_years: 7 },
    indexes: [
      ['station_id', 'chain_no'],
      ['entity_type', 'entity_id', 'at_ms'],
      ['at_ms'],
      ['user_id', 'at_ms'],
      ['action', 'at_ms'],
    ],
  },
);

export const system_settings = defineTable(
  'system_settings',
  {
    setting_key: text(200),
    setting_value: text(20_000),
    updated_reason: text(500).optional(),
  },
  {
    row_is: 'A setting that differs from its default; types, defaults and descriptions are declared in code.',
    sync: twoWay('central_wins'),
    guarded_by: 'settings',
    unique: [['setting_key']],
    identified_by: 'setting_key',
  },
);

export const file_uploads = defineTable(
  'file_uploads',
  {
    original_name: text(255),
    file_size_bytes: integer(0, Number.MAX_SAFE_INTEGER),
    mime_type: text(200).about('found in the content, not taken from the name'),
    file_extension: text(20),
    sha256: text(64),
    description: text(500).optional(),
    is_active: activeFlag(),
    deleted_at_ms: instant().optional(),
  },
  {
    row_is: 'A stored file; the bytes lie in the content-addressed store under their SHA-256.',
    sync: twoWay('merge_columns'),
    indexes: [['sha256']],
    identified_by: 'original_name',
  },
);

export const FILE_ROLES = [
  'PO_DOCUMENT',
  'TECHNICAL_DRAWING',
  'ORDER_CONFIRMATION',
  'QC_FORM',
  'TEST_RESULT',
  'PHOTO',
  'CERTIFICATE',
  'OTHER',
] as const;
export const file_links = defineTable(
  'file_links',
  {
    file_upload_id: ref('file_uploads'),
    entity_type: text(50),
    entity_id: text(100),
    link_role: oneOf(...FILE_ROLES),
    is_active: activeFlag(),
  },
  {
    row_is: 'A file attached to a record in a role.',
    sync: twoWay('merge_columns'),
    unique: [['file_upload_id', 'entity_type', 'entity_id', 'link_role']],
    indexes: [['entity_type', 'entity_id']],
  },
);

export const number_sequences = defineTable(
  'number_sequences',
  {
    series: text(50),
    pattern: text(100).about('### is the running number, {year} the calendar year'),
    next_value: integer(1),
  },
  { row_is: 'The next number of a series at this station.', sync: localOnly(), unique: [['series']] },
);

export const NOTIFICATION_TYPES = [
  'ORDER_STATUS_CHANGE',
  'TASK_ASSIGNMENT',
  'QC_REQUIRED',
  'SYSTEM_UPDATE',
  'ERROR',
  'INFO',
] as const;
export const NOTIFICATION_PACES = ['IMMEDIATE', 'HOURLY', 'DAILY', 'WEEKLY'] as const;
export const notifications = defineTable(
  'notifications',
  {
    user_id: ref('users'),
    notification_type: oneOf(...NOTIFICATION_TYPES),
    message_code: text(100).about('text of the catalogue in the reader’s language'),
    message_values: json(z.record(z.string(), z.union([z.string(), z.number()]))),
    entity_type: text(50).optional(),
    entity_id: text(100).optional(),
    priority: oneOf('LOW', 'NORMAL', 'HIGH', 'URGENT').default('NORMAL'),
    held_until_ms: instant().optional().about('not shown before: quiet hours, or messages wanted together'),
    is_read: boolean().default(false),
    read_at_ms: instant().optional(),
  },
  {
    row_is: 'A message to one user.',
    sync: twoWay('last_arrival'),
    audited: false,
    indexes: [['user_id', 'is_read', 'created_at_ms']],
  },
);

/** What a person wants to be told of; a type that is not named is told at once. */
export const notificationChoices = z.partialRecord(
  z.enum(NOTIFICATION_TYPES),
  z.object({ is_wanted: z.boolean(), pace: z.enum(NOTIFICATION_PACES) }),
);
export const notification_preferences = defineTable(
  'notification_preferences',
  {
    user_id: ref('users'),
    choices: json(notificationChoices),
    quiet_from_min: integer(0, 1439).optional().about('minutes after midnight in the plant; both or neither'),
    quiet_to_min: integer(0, 1439).optional(),
  },
  {
    row_is: 'What one user wants to be told of, how often, and when to be left in peace.',
    sync: twoWay('last_arrival'),
    audited: false,
    unique: [['user_id']],
  },
);

export const CONFLICT_STATES = [
  'OPEN',
  'KEPT_MINE',
  'KEPT_THEIRS',
  'COMBINED',
  'DISMISSED',
  'APPLIED_LATER',
] as const;
/** A field in which a unit and the centre disagree. */
export const conflictField = z.object({
  table: z.string(),
  row_id: z.string(),
  field: z.string(),
  base: jsonValue,
  mine: jsonValue,
  theirs: jsonValue,
});
export const conflicts = defineTable(
  'conflicts',
  {
    unit_id: text(36),
    station_code: text(50),
    outcome: oneOf('CONFLICT', 'REJECTED', 'PARKED'),
    table_name: text(100),
    row_id: text(36),
    row_label: text(200).optional(),
    reason_code: text(100),
    reason_values: json(jsonObject),
    fields: json(z.array(conflictField)),
    unit: json(jsonObject)
      .secret_value()
      .about('the whole unit as it was sent, without its audit rows; may hold password hashes'),
    author_id: id<'users'>(),
    occurred_at_ms: instant().about('clock of the station'),
    received_at_ms: instant().about('clock of the centre'),
    state: oneOf(...CONFLICT_STATES),
    resolved_by: ref('users').optional(),
    resolved_at_ms: instant().optional(),
    resolution_note: text(2000).optional(),
  },
  {
    row_is: 'A unit that the centre did not apply, waiting for a person or already settled.',
    sync: twoWay('merge_columns'),
    unique: [['unit_id']],
    indexes: [
      ['state', 'received_at_ms'],
      ['table_name', 'row_id'],
    ],
    identified_by: 'row_label',
  },
);

export const saved_views = defineTable(
  'saved_views',
  {
    user_id: ref('users'),
    list: text(50),
    view_name: text(80),
    definition: json(jsonValue).about('filters, sort, columns and their widths'),
    is_shared: boolean().default(false),
  },
  {
    row_is: 'A named view of a list, of one user or shared.',
    sync: twoWay('last_arrival'),
    audited: false,
    unique: [['user_id', 'list', 'view_name']],
  },
);
