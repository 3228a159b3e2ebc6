import { z } from 'zod';
import { boolean, instant, integer, json, oneOf, ref, text } from '../kit/columns.ts';
import { activeFlag, appendOnly, defineTable, localOnly, twoWay } from '../kit/define-table.ts';

export const organizations = defineTable(
  'organizations',
  {
    org_code: text(20),
    org_name: text(200),
    is_active: activeFlag(),
    costing_method: oneOf('FIFO', 'LIFO', 'WEIGHTED_AVERAGE').default('WEIGHTED_AVERAGE'),
  },
  {
    row_is: 'A tenant: one company. organization_id is its own number.',
    sync: twoWay('central_wins'),
    guarded_by: 'organization',
    unique: [['org_code']],
    identified_by: 'org_code',
  },
);

export const plants = defineTable(
  'plants',
  {
    plant_code: text(20),
    plant_name: text(200),
    location: text(500).optional(),
    timezone: text(64).about('IANA zone; decides day and shift boundaries'),
    currency_code: text(3).default('USD'),
    paper_size: oneOf('LETTER', 'A4').default('LETTER'),
    is_active: activeFlag(),
  },
  {
    row_is: 'A site of the organization.',
    sync: twoWay('central_wins'),
    guarded_by: 'plants',
    unique: [['plant_code']],
    identified_by: 'plant_code',
  },
);

export const departments = defineTable(
  'departments',
  {
    plant_id: ref('plants', 'cascade'),
    dept_code: text(20),
    dept_name: text(200),
    description: text(500).optional(),
    is_active: activeFlag(),
  },
  {
    row_is: 'A department of a plant.',
    sync: twoWay('central_wins'),
    guarded_by: 'plants',
    unique: [['plant_id', 'dept_code']],
    identified_by: 'dept_code',
  },
);

export const users = defineTable(
  'users',
  {
    username: text(80),
    email: text(255).optional(),
    full_name: text(100),
    initials: text(5).about('sign-offs on forms'),
    hashed_password: text(500).secret_value(),
    hashed_pin: text(500).optional().secret_value().about('operator switch at a station'),
    plant_id: ref('plants', 'set null').optional().about('home plant'),
    department_id: ref('departments', 'set null').optional(),
    is_active: activeFlag(),
    is_superuser: boolean().default(false),
    must_change_password: boolean().default(false),
    last_login_at_ms: instant().optional().moves_by('last_arrival'),
    failed_login_count: integer(0).default(0).moves_by('last_arrival'),
    failed_pin_count: integer(0).default(0).moves_by('last_arrival'),
    locked_until_ms: instant().optional().moves_by('last_arrival'),
    locale: oneOf('en', 'fr', 'es').default('en'),
  },
  {
    row_is: 'A person who may sign in; deactivated, never deleted, so that signatures stay resolvable.',
    sync: twoWay('merge_columns'),
    guarded_by: 'users',
    unique: [['username']],
    identified_by: 'username',
  },
);

export const permissions = z.record(z.string(), z.array(z.string()));
export const roles = defineTable(
  'roles',
  {
    role_code: text(50),
    role_name: text(100),
    description: text(500).optional(),
    is_system_role: boolean().default(false),
    is_active: activeFlag(),
    permissions: json(permissions).about('{resource: [actions]}, * is a wildcard'),
  },
  {
    row_is: 'A named set of permissions.',
    sync: twoWay('central_wins'),
    guarded_by: 'roles',
    unique: [['role_code']],
    identified_by: 'role_code',
  },
);

export const user_roles = defineTable(
  'user_roles',
  {
    user_id: ref('users'),
    role_id: ref('roles'),
    plant_id: ref('plants').optional().about('empty: all plants'),
    department_id: ref('departments').optional().about('empty: all departments'),
    expires_at_ms: instant().optional(),
    is_active: activeFlag(),
  },
  {
    row_is: 'A role given to a user, optionally for one plant or department and until a time.',
    sync: twoWay('central_wins'),
    guarded_by: 'users',
    unique: [['user_id', 'role_id', 'plant_id', 'department_id']],
  },
);

export const user_plant_access = defineTable(
  'user_plant_access',
  {
    user_id: ref('users'),
    plant_id: ref('plants'),
    access_level: oneOf('READ', 'WRITE', 'ADMIN'),
    can_create: boolean(),
    can_read: boolean(),
    can_update: boolean(),
    can_delete: boolean(),
    is_active: activeFlag(),
  },
  {
    row_is: 'What a user may do in a plant at all.',
    sync: twoWay('central_wins'),
    guarded_by: 'users',
    unique: [['user_id', 'plant_id']],
  },
);

export const user_sessions = defineTable(
  'user_sessions',
  {
    user_id: ref('users'),
    plant_id: ref('plants'),
    token_sha256: text(64).secret_value(),
    expires_at_ms: instant(),
    last_used_at_ms: instant(),
    locked_at_ms: instant().optional().about('idle or operator lock; unlocked by PIN or password'),
    revoked_at_ms: instant().optional(),
    signing_started_at_ms: instant()
      .optional()
      .about('first signature of this session, with user name and password; forgotten by lock and restart'),
    station_id: text(36),
  },
  {
    row_is: 'A signed-in session at this station.',
    sync: localOnly(),
    audited: false,
    indexes: [['token_sha256'], ['user_id', 'revoked_at_ms']],
  },
);

export const electronic_signatures = defineTable(
  'electronic_signatures',
  {
    entity_type: text(50),
    entity_id: text(36),
    meaning: text(100).about('code of what the signature says'),
    declaration: text(2000).about('the words the signer confirmed, in the language shown'),
    signer_id: ref('users'),
    signer_name: text(100),
    signer_initials: text(5),
    signed_at_ms: instant(),
    signed_zone: text(64).about('zone of the plant, so that the printed time is the one the signer saw'),
    method: oneOf('USER_AND_PASSWORD', 'PASSWORD', 'PIN'),
    station_id: text(36),
    signed_text: text(400).about('the line that is printed'),
    content: json(z.record(z.string(), z.unknown())).about('the record as it was signed'),
    content_sha256: text(64).about('hash of the canonical text of the content'),
    signature_sha256: text(64).about('hash over signer, meaning, time and content hash'),
  },
  {
    row_is: 'A person signed a record: who, when, what it means, and the content it covers.',
    sync: appendOnly(),
    indexes: [
      ['entity_type', 'entity_id'],
      ['signer_id', 'signed_at_ms'],
    ],
  },
);
