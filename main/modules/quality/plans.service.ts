import { inspection_plans, inspection_points } from '../../../db/schema/quality.ts';
import type { inspections, PlanSummary } from '../../../preload/contract/inspection.ts';
import type { PlanDocument } from '../../../preload/contract/inspection-plan.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { type Condition, compileCondition } from '../catalogue/condition.rules.ts';
import { conditionWords } from '../catalogue/condition-words.rules.ts';
import { activeModel } from '../catalogue/product-models.service.ts';
import { orderRow } from '../orders/order-rows.service.ts';
import { mayReadPlan } from './access.service.ts';
import { modelOfBuild, plannedRows } from './form-rows.service.ts';
import { planFault } from './plan.rules.ts';
import {
  activePlan,
  documentOf,
  insertParts,
  insertPlan,
  type PlanRow,
  partsOf,
  planRow,
} from './plan-store.service.ts';

type Input<P extends keyof typeof inspections> = ParsedInputOf<(typeof inspections)[P]>;
type StoredSummary = PlanSummary;

const SUMMARY = `select p.id as plan_id, p.row_version, p.plan_code, p.plan_version, p.plan_type, p.product_family, p.form_id,
    p.plan_name, p.status, p.published_at_ms, u.full_name as published_by_name,
    (select count(*) from inspection_characteristics c where c.plan_id = p.id) as checks,
    (select count(*) from inspection_logs l where l.plan_id = p.id) as uses
  from inspection_plans p left join users u on u.id = p.published_by`;
const summaryOf = (row: Omit<StoredSummary, 'plan_name'> & { plan_name: string }): PlanSummary => ({
  ...row,
  plan_name: JSON.parse(row.plan_name),
});
const mayEdit = (ctx: Pick<ReadCtx, 'actor'>): boolean => ctx.actor.may('inspection_plans:update');

/** Every version of every form that the reader may see. */
export function listPlans(ctx: ReadCtx) {
  const rows = ctx.sql.all<Omit<StoredSummary, 'plan_name'> & { plan_name: string }>(
    `${SUMMARY} order by p.plan_type, p.plan_code, p.plan_version desc`,
  );
  return {
    plans: rows.filter(row => mayReadPlan(ctx, row.plan_type)).map(summaryOf),
    may_edit: mayEdit(ctx),
  };
}
function summaryById(ctx: ReadCtx, plan_id: string): PlanSummary {
  const row = ctx.sql.get<Omit<StoredSummary, 'plan_name'> & { plan_name: string }>(
    `${SUMMARY} where p.id = ?`,
    [plan_id],
  );
  return row ? summaryOf(row) : refuse('row_not_found', { table: 'inspection_plans', id: plan_id });
}
function readablePlan(ctx: ReadCtx, plan_id: string): PlanRow {
  const plan = planRow(ctx, plan_id);
  if (!mayReadPlan(ctx, plan.plan_type)) refuse('not_allowed', { permission: 'inspection_plans:read' });
  return plan;
}

export function getPlan(ctx: ReadCtx, { plan_id }: Input<'getPlan'>) {
  const plan = readablePlan(ctx, plan_id);
  return { plan: summaryById(ctx, plan_id), document: documentOf(ctx, plan), may_edit: mayEdit(ctx) };
}

/** The rows a form would have for a build, before anybody fills it. */
export function previewPlan(ctx: ReadCtx, { plan_id, order_id }: Input<'previewPlan'>) {
  const plan = readablePlan(ctx, plan_id);
  const order = orderRow(ctx, order_id);
  const { points, checks } = partsOf(ctx, plan.id);
  const sections = new Map(points.map(point => [point.id, point.point_name]));
  const { model } = modelOfBuild(ctx, order).compiled;
  const rows = plannedRows(ctx, order, checks).map(({ check, is_applicable, ...row }) => ({
    code: check.characteristic_code,
    name: check.characteristic_name,
    section: sections.get(check.point_id) ?? check.characteristic_name,
    repeat_index: row.repeat_index,
    item_label: row.item_label,
    is_applicable,
    rule: is_applicable ? null : check.applies_when,
    rule_words: is_applicable
      ? null
      : conditionWords(model, check.applies_when, check.is_repeated_per ?? undefined),
    expected_value: row.expected_value,
  }));
  return { rows };
}

/** The next version as a draft, or a form of its own. Refuses `plan_draft_exists`: one draft at a time. */
export function clonePlan(ctx: CommandCtx, { plan_id, plan_code }: Input<'clonePlan'>) {
  const plan = planRow(ctx, plan_id);
  const code = plan_code ?? plan.plan_code;
  const held = ctx.sql.get<{ version: number | null; drafts: number }>(
    "select max(plan_version) as version, sum(status = 'DRAFT') as drafts from inspection_plans where plan_code = ?",
    [code],
  );
  if (plan_code !== null && held?.version)
    refuse('already_exists', { fields: 'plan_code', value: plan_code });
  if (held?.drafts) refuse('plan_draft_exists', { plan_code: code });
  const document = { ...documentOf(ctx, plan), plan_code: code, plan_version: (held?.version ?? 0) + 1 };
  return {
    plan_id: insertPlan(ctx, document, { status: 'DRAFT', based_on_id: plan.id, is_shipped: false }).id,
  };
}

/** A draft as the editor holds it. Code, version and kind stay. */
export function savePlan(ctx: CommandCtx, { plan_id, row_version, document }: Input<'savePlan'>) {
  const plan = planRow(ctx, plan_id);
  requireDraftPlan(plan);
  const fault = planFault(document);
  if (fault) refuse('plan_invalid', fault);
  const { plan_name, description, declaration, form_id, setup } = document;
  ctx.update(
    inspection_plans,
    plan.id,
    { plan_name, description, declaration, form_id, setup: setup ?? null },
    row_version,
  );
  for (const point of partsOf(ctx, plan.id).points) ctx.remove(inspection_points, point.id);
  insertParts(ctx, plan.id, document, null);
  return { plan: summaryById(ctx, plan_id), document: documentOf(ctx, planRow(ctx, plan_id)) };
}
function requireDraftPlan(plan: PlanRow): void {
  if (plan.status !== 'DRAFT')
    refuse('plan_not_draft', { plan_code: plan.plan_code, plan_version: plan.plan_version });
}

/** A draft becomes the valid form; every expression in it is checked against the product model first. */
export function publishPlan(ctx: CommandCtx, { plan_id }: Input<'publishPlan'>): PlanSummary {
  const plan = planRow(ctx, plan_id);
  requireDraftPlan(plan);
  const document = documentOf(ctx, plan);
  const fault = planFault(document);
  if (fault) refuse('plan_invalid', fault);
  checkExpressions(ctx, document);
  let current = activePlan(ctx, plan.plan_type, plan.product_family);
  while (current) {
    ctx.update(inspection_plans, current.id, { status: 'RETIRED' });
    current = activePlan(ctx, plan.plan_type, plan.product_family);
  }
  ctx.update(inspection_plans, plan.id, {
    status: 'ACTIVE',
    published_at_ms: ctx.now_ms,
    published_by: ctx.actor.user_id,
  });
  ctx.record({
    action: 'APPROVE',
    category: 'forms',
    entity_type: 'inspection_plans',
    entity_id: plan.id,
    entity_identifier: `${plan.plan_code} ${plan.plan_version}`,
  });
  return summaryById(ctx, plan_id);
}

/** Refuses `condition_invalid` with the expression and the problem. */
function checkExpressions(ctx: ReadCtx, document: PlanDocument): void {
  const { compiled } = activeModel(ctx, document.product_family);
  for (const check of document.sections.flatMap(section => section.checks)) {
    const at = (when: string): Condition => ({
      when,
      ...(check.is_repeated_per ? { for_each: check.is_repeated_per } : {}),
    });
    compileCondition(compiled, at(check.applies_when));
    for (const option of check.options)
      if (option.applies_when) compileCondition(compiled, at(option.applies_when));
    for (const term of [check.expected, check.default_value])
      if (term) compileCondition(compiled, at(term), 'any');
  }
}

export function removePlan(ctx: CommandCtx, { plan_id }: Input<'removePlan'>) {
  const plan = planRow(ctx, plan_id);
  requireDraftPlan(plan);
  if (summaryById(ctx, plan_id).uses > 0) refuse('plan_used', { plan_code: plan.plan_code });
  ctx.remove(inspection_plans, plan.id);
  return {};
}
