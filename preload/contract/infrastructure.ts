import { z } from 'zod';
import {
  AUDIT_ACTIONS,
  FILE_ROLES,
  NOTIFICATION_PACES,
  NOTIFICATION_TYPES,
  notificationChoices,
} from '../../db/schema/infrastructure.ts';
import { replicationStatus } from './replication.ts';
import { command, empty, idOf, job, query } from './rpc.ts';

/** Records that people attach files to. */
export const FILE_CARRIERS = [
  'orders',
  'order_comments',
  'order_drafts',
  'materials',
  'inspection_measurements',
  'work_instruction_steps',
  'organization_branding',
] as const;
export type FileCarrier = (typeof FILE_CARRIERS)[number];
const carrier = z.object({ entity_type: z.enum(FILE_CARRIERS), entity_id: z.string().min(1).max(100) });
export const auditAction = z.enum(AUDIT_ACTIONS);
const jsonObject = z.record(z.string(), z.unknown());

/** Names and descriptions are locale texts: `infrastructure:settings.<key>.name` and `.description`. */
export const settingRow = z.object({
  key: z.string(),
  category: z.string(),
  type: z.enum(['STRING', 'INTEGER', 'BOOLEAN', 'JSON']),
  value: z.unknown(),
  default_value: z.unknown(),
  is_default: z.boolean(),
  choices: z.array(z.string()).nullable(),
  minimum: z.number().nullable(),
  maximum: z.number().nullable(),
  changed_by: z.string().nullable(),
  changed_at_ms: z.int().nullable(),
  reason: z.string().nullable(),
});

export const auditRow = z.object({
  id: z.string(),
  chain_no: z.int(),
  station_id: z.string(),
  at_ms: z.int(),
  entity_type: z.string(),
  entity_id: z.string().nullable(),
  entity_identifier: z.string().nullable(),
  action: auditAction,
  action_category: z.string(),
  user_id: z.string().nullable(),
  user_name: z.string().nullable(),
  request_id: z.string(),
  intent: z.string(),
  reason: z.string().nullable(),
  /** Only what changed: `{field: [old, new]}`. */
  changes_diff: z.record(z.string(), z.tuple([z.unknown(), z.unknown()])).nullable(),
  metadata: jsonObject.nullable(),
  severity: z.enum(['INFO', 'WARNING', 'ERROR', 'CRITICAL']),
  success: z.boolean(),
  error_message: z.string().nullable(),
});
const auditCursor = z.object({ at_ms: z.int(), id: z.string().max(100) });
const auditPage = z.object({ rows: z.array(auditRow), next: auditCursor.nullable() });

export const chainFault = z.object({
  kind: z.enum(['altered', 'removed', 'inserted', 'head_mismatch']),
  station_id: z.string(),
  from_no: z.int(),
  to_no: z.int(),
  row_id: z.string().nullable(),
  entity_type: z.string().nullable(),
  entity_identifier: z.string().nullable(),
  at_ms: z.int().nullable(),
});

export const fileRow = z.object({
  file_link_id: idOf('file_links'),
  file_upload_id: idOf('file_uploads'),
  original_name: z.string(),
  file_size_bytes: z.int(),
  mime_type: z.string(),
  file_extension: z.string(),
  sha256: z.string(),
  description: z.string().nullable(),
  link_role: z.enum(FILE_ROLES),
  uploaded_by: z.string(),
  uploaded_at_ms: z.int(),
  is_previewable: z.boolean(),
  may_remove: z.boolean(),
});

export const notificationPace = z.enum(NOTIFICATION_PACES);
export const notificationRow = z.object({
  notification_id: idOf('notifications'),
  notification_type: z.enum(NOTIFICATION_TYPES),
  /** `namespace:key` of the locale texts, filled with `message_values`. */
  message_code: z.string(),
  message_values: z.record(z.string(), z.union([z.string(), z.number()])),
  entity_type: z.string().nullable(),
  entity_id: z.string().nullable(),
  priority: z.enum(['LOW', 'NORMAL', 'HIGH', 'URGENT']),
  is_read: z.boolean(),
  created_at_ms: z.int(),
});

const minuteOfDay = z.int().min(0).max(1439).nullable();
/** A type that is not named is told at once. Minutes after midnight in the plant; both or neither. */
export const notificationPreference = z.object({
  choices: notificationChoices,
  quiet_from_min: minuteOfDay,
  quiet_to_min: minuteOfDay,
});

export const savedView = z.object({
  saved_view_id: idOf('saved_views'),
  list: z.string(),
  view_name: z.string(),
  definition: z.unknown(),
  is_shared: z.boolean(),
  is_own: z.boolean(),
  row_version: z.int(),
});

export const backupRow = z.object({ file_name: z.string(), made_at_ms: z.int(), size_bytes: z.int() });
const checkResult = z.object({ is_ok: z.boolean(), details: z.array(z.string()) });
export const health = z.object({
  /** An answer at all. */
  is_live: z.literal(true),
  /** The database answers within a second: work can be done. */
  is_ready: z.boolean(),
  database_ms: z.int().nullable(),
  disk_free_bytes: z.number(),
  disk_free_ratio: z.number(),
  backup_age_ms: z.int().nullable(),
  exchange: replicationStatus.shape.state,
  waiting_units: z.int(),
  oldest_waiting_at_ms: z.int().nullable(),
  last_contact_at_ms: z.int().nullable(),
  clock_offset_ms: z.int().nullable(),
  problems: z.array(
    z.enum([
      'database_down',
      'database_slow',
      'disk_nearly_full',
      'backup_missing',
      'backup_old',
      'queue_old',
      'clock_wrong',
      'orphans',
    ]),
  ),
});
export const doctorReport = z.object({
  versions: z.object({
    program: z.string(),
    node: z.string(),
    sqlite: z.string(),
    database: z.string(),
    platform: z.string(),
    electron: z.string().nullable(),
    chrome: z.string().nullable(),
  }),
  station_id: z.string(),
  data_folder: z.string(),
  database_bytes: z.int(),
  disk_free_bytes: z.int(),
  integrity: checkResult,
  foreign_keys: checkResult,
  last_backup: backupRow.nullable(),
  backup_age_ms: z.int().nullable(),
  last_audit_check: z.object({ at_ms: z.int(), faults: z.int() }).nullable(),
  counts: z.record(z.string(), z.int()),
  warnings: z.array(
    z.enum([
      'database_damaged',
      'foreign_keys_broken',
      'disk_nearly_full',
      'backup_missing',
      'backup_old',
      'audit_altered',
    ]),
  ),
});
const fileTicket = z.object({ ticket: z.string(), name: z.string(), mime_type: z.string() });

export const infrastructure = {
  listSettings: query({ allow: 'settings:read', input: empty, output: z.array(settingRow) }),
  /** `value` is the typed value, or the text as typed into a field. */
  saveSetting: command({
    allow: 'settings:update',
    input: z.object({
      key: z.string().max(200),
      value: z.unknown(),
      reason: z.string().trim().max(500).optional(),
    }),
    output: settingRow,
    refusals: ['setting_unknown', 'setting_not_valid'],
  }),
  resetSetting: command({
    allow: 'settings:update',
    input: z.object({ key: z.string().max(200), reason: z.string().trim().max(500).optional() }),
    output: settingRow,
    refusals: ['setting_unknown'],
  }),

  /** Newest first; `before` continues a page. */
  listAudit: query({
    allow: 'audit:read',
    input: z.object({
      entity_type: z.string().max(100).optional(),
      entity_id: z.string().max(100).optional(),
      user_id: idOf('users').optional(),
      action: auditAction.optional(),
      from_ms: z.int().optional(),
      to_ms: z.int().optional(),
      text: z.string().trim().max(200).optional(),
      success: z.boolean().optional(),
      before: auditCursor.optional(),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: auditPage,
  }),
  /** Entity types and users that occur in the trail, for the filters. */
  auditFacets: query({
    allow: 'audit:read',
    input: empty,
    output: z.object({
      entity_types: z.array(z.string()),
      users: z.array(z.object({ user_id: idOf('users'), full_name: z.string() })),
    }),
  }),
  verifyAudit: job({
    allow: 'audit:read',
    input: empty,
    output: z.object({ rows: z.int(), faults: z.array(chainFault), checked_at_ms: z.int() }),
  }),

  getLimits: query({
    allow: 'signed_in',
    input: empty,
    output: z.object({ max_bytes: z.int(), allowed_types: z.array(z.string()) }),
  }),
  /** The bytes go to PUT /transfer/<ticket>, then registerFile names them. */
  prepareUpload: command({
    allow: 'files:create',
    input: z.object({ original_name: z.string().min(1).max(255), size_bytes: z.int().min(0) }),
    output: z.object({ ticket: z.string(), max_bytes: z.int() }),
    refusals: ['file_too_large', 'file_empty'],
  }),
  registerFile: command({
    allow: 'files:create',
    input: z.object({
      ticket: z.string().min(1).max(100),
      original_name: z.string().trim().min(1).max(255),
      description: z.string().trim().max(500).optional(),
      links: z
        .array(carrier.extend({ link_role: z.enum(FILE_ROLES) }))
        .min(1)
        .max(20),
    }),
    output: z.object({
      file_upload_id: idOf('file_uploads'),
      mime_type: z.string(),
      file_extension: z.string(),
      sha256: z.string(),
      file_size_bytes: z.int(),
    }),
    refusals: [
      'not_allowed',
      'row_not_found',
      'ticket_unknown',
      'file_type_not_allowed',
      'file_already_attached',
      'file_empty',
    ],
  }),
  /** Nothing of a record that is not there for this person. */
  listFiles: query({
    allow: 'files:read',
    input: carrier,
    output: z.array(fileRow),
    refusals: ['not_allowed'],
  }),
  openFile: query({
    allow: 'files:read',
    input: z.object({ file_upload_id: idOf('file_uploads') }),
    output: fileTicket.extend({ is_previewable: z.boolean() }),
    refusals: ['file_not_found', 'file_missing'],
  }),
  /** Taken off the record; bytes and history stay. Own files, or any with files:delete. */
  removeFile: command({
    allow: 'files:read',
    input: z.object({ file_link_id: idOf('file_links') }),
    output: empty,
    refusals: ['file_not_found', 'file_not_yours', 'file_of_record'],
  }),

  listNotifications: query({
    allow: 'signed_in',
    input: z.object({
      only_unread: z.boolean().default(false),
      /** Empty: every type. */
      types: z.array(z.enum(NOTIFICATION_TYPES)).max(NOTIFICATION_TYPES.length).default([]),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({ rows: z.array(notificationRow), total: z.int(), unread: z.int() }),
  }),
  unreadCount: query({ allow: 'signed_in', input: empty, output: z.object({ unread: z.int() }) }),
  markRead: command({
    allow: 'signed_in',
    input: z.object({ notification_ids: z.array(idOf('notifications')).min(1).max(500) }),
    output: empty,
  }),
  markAllRead: command({ allow: 'signed_in', input: empty, output: z.object({ marked: z.int() }) }),
  markUnread: command({
    allow: 'signed_in',
    input: z.object({ notification_id: idOf('notifications') }),
    output: empty,
    refusals: ['row_not_found'],
  }),
  notificationPreferences: query({ allow: 'signed_in', input: empty, output: notificationPreference }),
  savePreferences: command({
    allow: 'signed_in',
    input: notificationPreference,
    output: notificationPreference,
    refusals: ['quiet_hours_half'],
  }),

  listSavedViews: query({
    allow: 'signed_in',
    input: z.object({ list: z.string().min(1).max(50) }),
    output: z.array(savedView),
  }),
  /** Same list and name of the same person: replaced. */
  saveSavedView: command({
    allow: 'signed_in',
    input: z.object({
      list: z.string().min(1).max(50),
      view_name: z.string().trim().min(1).max(80),
      definition: z.unknown(),
      is_shared: z.boolean().default(false),
    }),
    output: savedView,
    refusals: ['view_too_large'],
  }),
  deleteSavedView: command({
    allow: 'signed_in',
    input: z.object({ saved_view_id: idOf('saved_views') }),
    output: empty,
    refusals: ['view_not_yours'],
  }),

  /** At a glance and in milliseconds; the doctor reads the whole database. */
  health: query({ allow: 'settings:read', input: empty, output: health }),
  /** Versions, database checks, disk, backups, row counts. */
  doctor: job({ allow: 'settings:read', input: empty, output: doctorReport }),
  listBackups: query({ allow: 'settings:read', input: empty, output: z.array(backupRow) }),
  makeBackup: job({ allow: 'settings:update', input: empty, output: backupRow }),
  /** One text file with versions, checks and logs, without personal data or secrets. */
  makeDiagnostics: job({ allow: 'settings:read', input: empty, output: fileTicket }),
};
