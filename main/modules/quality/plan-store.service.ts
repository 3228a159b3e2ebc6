import { asc, eq } from 'drizzle-orm';
import type { RowOf } from '../../../db/kit/define-table.ts';
import { formatE6, parseQuantity } from '../../../db/kit/quantity.ts';
import {
  inspection_characteristics,
  inspection_plans,
  inspection_points,
} from '../../../db/schema/quality.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { PlanType } from '../../../preload/contract/inspection.ts';
import {
  type PlanCheck,
  type PlanDocument,
  planDocument,
} from '../../../preload/contract/inspection-plan.ts';
import { seedId } from '../../platform/seed-id.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';

export type PlanRow = RowOf<typeof inspection_plans>;
export type PointRow = RowOf<typeof inspection_points>;
export type CheckRow = RowOf<typeof inspection_characteristics>;

/** Refuses `row_not_found`. */
export function planRow(ctx: ReadCtx, plan_id: string): PlanRow {
  const row = ctx.db
    .select()
    .from(t.inspection_plans)
    .where(eq(t.inspection_plans.id, plan_id as PlanRow['id']))
    .get();
  return row ?? refuse('row_not_found', { table: 'inspection_plans', id: plan_id });
}

/** The valid form of a kind for a product family; the highest version should two stations have published one. */
export function activePlan(ctx: ReadCtx, plan_type: PlanType, product_family: string): PlanRow | null {
  const held = ctx.sql.get<{ id: string }>(
    `select id from inspection_plans where plan_type = ? and product_family = ? and status = 'ACTIVE'
     order by plan_version desc, id limit 1`,
    [plan_type, product_family],
  );
  return held ? planRow(ctx, held.id) : null;
}

export interface PlanParts {
  points: PointRow[];
  checks: CheckRow[];
}
/** Sections and checks in the order of the form. */
export function partsOf(ctx: ReadCtx, plan_id: PlanRow['id']): PlanParts {
  const { inspection_points: p, inspection_characteristics: c } = t;
  return {
    points: ctx.db.select().from(p).where(eq(p.plan_id, plan_id)).orderBy(asc(p.sequence)).all(),
    checks: ctx.db.select().from(c).where(eq(c.plan_id, plan_id)).orderBy(asc(c.sequence)).all(),
  };
}

/** Writes a form with its parts. Shipped forms have the same ids at every station. */
export function insertPlan(
  ctx: CommandCtx,
  document: PlanDocument,
  facts: { status: PlanRow['status']; based_on_id: PlanRow['id'] | null; is_shipped: boolean },
): PlanRow {
  const key = `${document.plan_code} ${document.plan_version}`;
  const shipped = facts.is_shipped;
  const { plan_code, plan_version, plan_type, product_family, form_id } = document;
  const plan = ctx.insert(inspection_plans, {
    ...(shipped ? { id: seedId('inspection_plans', key) } : {}),
    plan_code,
    plan_version,
    plan_type,
    product_family,
    form_id,
    plan_name: document.plan_name,
    description: document.description,
    declaration: document.declaration,
    setup: document.setup ?? null,
    status: facts.status,
    based_on_id: facts.based_on_id,
    published_at_ms: facts.status === 'ACTIVE' ? ctx.now_ms : null,
  });
  insertParts(ctx, plan.id, document, shipped ? key : null);
  return plan;
}

export function insertParts(
  ctx: CommandCtx,
  plan_id: PlanRow['id'],
  document: PlanDocument,
  seed_key: string | null,
): void {
  let sequence = 0;
  for (const [at, section] of document.sections.entries()) {
    const point = ctx.insert(inspection_points, {
      ...(seed_key ? { id: seedId('inspection_points', `${seed_key} ${section.code}`) } : {}),
      plan_id,
      point_code: section.code,
      point_name: section.name,
      sequence: at + 1,
    });
    for (const check of section.checks) {
      sequence += 1;
      ctx.insert(inspection_characteristics, {
        ...(seed_key ? { id: seedId('inspection_characteristics', `${seed_key} ${check.code}`) } : {}),
        ...columnsOf(check),
        plan_id,
        point_id: point.id,
        sequence,
      });
    }
  }
}

const numberE6 = (text: string | undefined): number | null =>
  text === undefined ? null : parseQuantity(text);
function columnsOf(check: PlanCheck) {
  const { code, name, expectation, target_value, lower_limit, upper_limit, tolerance, ...rest } = check;
  return {
    ...rest,
    characteristic_code: code,
    characteristic_name: name,
    expectation: expectation ?? null,
    target_value_e6: numberE6(target_value),
    lower_limit_e6: numberE6(lower_limit),
    upper_limit_e6: numberE6(upper_limit),
    tolerance_e6: numberE6(tolerance),
  };
}

/** The form as the editor and a file hold it. */
export function documentOf(ctx: ReadCtx, plan: PlanRow): PlanDocument {
  const { points, checks } = partsOf(ctx, plan.id);
  const byPoint = Map.groupBy(checks, check => check.point_id);
  return planDocument.parse({
    plan_code: plan.plan_code,
    plan_version: plan.plan_version,
    plan_type: plan.plan_type,
    product_family: plan.product_family,
    form_id: plan.form_id,
    plan_name: plan.plan_name,
    description: plan.description,
    declaration: plan.declaration,
    ...(plan.setup ? { setup: plan.setup } : {}),
    sections: points.map(point => ({
      code: point.point_code,
      name: point.point_name,
      checks: (byPoint.get(point.id) ?? []).map(checkOf),
    })),
  });
}
const FACTS = [
  'data_type',
  'is_required',
  'can_be_na',
  'is_informative',
  'is_unique',
  'applies_when',
  'options',
  'decimals',
  'estimated_minutes',
  'expectation',
  'test_type',
  'is_repeated_per',
  'expected',
  'default_value',
  'record_as',
  'unit',
  'notes_prompt',
  'instrument_type',
  'needs_file_role',
  'shows_file_roles',
  'shows_plan_type',
  'material_number',
  'guide',
] as const satisfies (keyof CheckRow)[];
function checkOf(row: CheckRow): Record<string, unknown> {
  const numbers = {
    target_value: row.target_value_e6,
    lower_limit: row.lower_limit_e6,
    upper_limit: row.upper_limit_e6,
    tolerance: row.tolerance_e6,
  };
  return {
    code: row.characteristic_code,
    name: row.characteristic_name,
    ...Object.fromEntries(FACTS.flatMap(key => (row[key] === null ? [] : [[key, row[key]]]))),
    ...Object.fromEntries(
      Object.entries(numbers).flatMap(([key, value]) => (value === null ? [] : [[key, formatE6(value)]])),
    ),
  };
}
