import { z } from 'zod';
import { command, empty, job } from './rpc.ts';

/** Tables of an older tracking database, one CSV file each. */
export const OLDER_TABLE_NAMES = [
  'departments',
  'work_centers',
  'workcenter_department',
  'users',
  'production_orders',
  'production_orders_archive',
] as const;
export const olderTableName = z.enum(OLDER_TABLE_NAMES);
export type OlderTable = z.infer<typeof olderTableName>;
/** Without links a plant may still be taken over, and not every one was archived. */
export const OLDER_MAY_BE_ABSENT: readonly OlderTable[] = [
  'workcenter_department',
  'production_orders_archive',
];
export const MOST_OLDER_MB = 500;

const counted = z.object({ in_source: z.int(), here: z.int() });
export const olderCheck = z.object({
  departments: counted,
  work_centers: counted,
  users: counted,
  movements: counted.extend({
    /** Rows that cannot be movements here, by what is wrong with them. */
    left_out: z.record(z.string(), z.int()),
  }),
  /** Sums of the source against the balances here, order by order and work centre by work centre. */
  balances: z.object({
    groups: z.int(),
    equal: z.int(),
    different: z.array(
      z.object({
        order_number: z.string(),
        work_center: z.string(),
        in_source: z.int(),
        here: z.int(),
      }),
    ),
  }),
});
export type OlderCheck = z.infer<typeof olderCheck>;

const import_id = z.uuid();
/** The same name again brings only what is new. */
const asked = z.object({ import_id, source_name: z.string().trim().min(1).max(100) });
const refusals = ['older_import_unknown', 'older_row_wrong', 'older_table_missing'] as const;
export const olderTracking = {
  prepareOlderUpload: command({
    allow: 'settings:update',
    input: z.object({ size_bytes: z.int().min(0) }),
    output: z.object({ ticket: z.string() }),
    refusals: ['file_too_large'],
  }),
  /** Takes the received files together as one source. */
  beginOlder: command({
    allow: 'settings:update',
    input: z.object({
      files: z
        .array(z.object({ table: olderTableName, ticket: z.string().max(200) }))
        .min(1)
        .max(OLDER_TABLE_NAMES.length),
    }),
    output: z.object({ import_id }),
    refusals: ['ticket_unknown', 'older_table_missing'],
  }),
  /** Counts and compares; writes nothing. */
  checkOlder: job({ allow: 'settings:update', input: asked, output: olderCheck, refusals }),
  applyOlder: job({
    allow: 'settings:update',
    input: asked,
    output: z.object({
      departments: z.int(),
      work_centers: z.int(),
      users: z.int(),
      movements: z.int(),
    }),
    refusals,
  }),
  /** Puts the files away. */
  endOlder: command({ allow: 'settings:update', input: z.object({ import_id }), output: empty }),
};
