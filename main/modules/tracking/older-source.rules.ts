import { z } from 'zod';
import type { OlderTable } from '../../../preload/contract/older-tracking.ts';

/** Tables of an older tracking database, rows as their columns are named there. */
const flag = z.union([
  z.boolean(),
  z.string().transform(text => ['t', 'true', '1', 'yes'].includes(text.trim().toLowerCase())),
  z.null().transform(() => false),
]);
const key = z.coerce.number().int().min(1);
const optionalText = z.union([z.string(), z.null()]).default(null);
/** UTC; text without a zone is UTC as well. */
const instantMs = z.union([
  z.date().transform(date => date.getTime()),
  z.string().transform((text, ctx) => {
    const plain = text.trim().replace(' ', 'T');
    const at_ms = Date.parse(
      /(Z|[+-]\d{2}(:?\d{2})?)$/.test(plain) ? plain.replace(/([+-]\d{2})$/, '$1:00') : `${plain}Z`,
    );
    if (Number.isNaN(at_ms)) ctx.addIssue({ code: 'custom', message: 'not a date and time' });
    return at_ms;
  }),
]);
const movement = z.object({
  id: key,
  production_order: z.string(),
  workcenter_id: key,
  quantity: z.coerce.number(),
  order_type: z.string(),
  remark: optionalText,
  user_id: key,
  created_at: instantMs,
  captured_at: z.union([z.literal('').transform(() => null), z.null(), instantMs]).default(null),
  corrects_id: z.union([z.literal('').transform(() => null), z.null(), key]).default(null),
});
export const OLDER_TABLES = {
  departments: z.object({ id: key, name: z.string().trim().min(1), is_active: flag.default(true) }),
  work_centers: z.object({ id: key, name: z.string().trim().min(1), is_active: flag.default(true) }),
  workcenter_department: z.object({ workcenter_id: key, department_id: key }),
  users: z.object({
    id: key,
    username: z.string().trim().min(1),
    name: optionalText,
    department: optionalText,
    department_id: z.union([z.literal('').transform(() => null), z.null(), key]).default(null),
    password_hash: z.string(),
    is_admin: flag.default(false),
    is_active: flag.default(true),
    excel_access: flag.default(false),
    must_change_password: flag.default(false),
  }),
  production_orders: movement,
  /** What the older program took out of its lists; the same columns, and often the same rows. */
  production_orders_archive: movement,
} as const satisfies Record<OlderTable, z.ZodType>;
export type OlderRow<T extends OlderTable> = z.output<(typeof OLDER_TABLES)[T]>;

/** Where the rows come from. `name` keeps the rows of two sources apart; the same source gives the same name again. */
export interface OlderSource {
  name: string;
  /** Raw rows in pieces, in the order of their ids. */
  rows(table: OlderTable): AsyncIterable<Record<string, unknown>[]>;
}

const CODED = /^([A-Za-z0-9][A-Za-z0-9_.]{0,19})\s+-\s+(.+)$/;
/** `WC001 - Assembly` is a code and a name; a name alone gets a code of its number. */
export function centerOf({ id, name }: { id: number; name: string }): { code: string; name: string } {
  const [, code, rest] = CODED.exec(name) ?? [];
  return code && rest
    ? { code: code.toUpperCase(), name: rest }
    : { code: `WC${String(id).padStart(3, '0')}`, name };
}
