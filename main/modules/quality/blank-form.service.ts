import type { Form } from '../../../preload/contract/inspection.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { conditionWords } from '../catalogue/condition-words.rules.ts';
import type { OrderRow } from '../orders/order-rows.service.ts';
import { mayRead, mayReadPlan } from './access.service.ts';
import { modelOfBuild, optionsFor, plannedRows, shownCheck } from './form-rows.service.ts';
import { partsOf, planRow } from './plan-store.service.ts';

type BlankRow = Omit<Form['sections'][number]['rows'][number], 'measurement_id' | 'row_version'>;
/** The form of a build before anybody filled it, for paper. Refuses `not_allowed`, `row_not_found`. */
export function blankForm(ctx: ReadCtx, order: OrderRow, plan_id: string) {
  const plan = planRow(ctx, plan_id);
  if (!mayRead(ctx, plan.plan_type) && !mayReadPlan(ctx, plan.plan_type))
    refuse('not_allowed', { permission: 'inspections:read' });
  const { points, checks } = partsOf(ctx, plan.id);
  const options = optionsFor(ctx, order, checks);
  const { model } = modelOfBuild(ctx, order).compiled;
  const planned = plannedRows(ctx, order, checks);
  const rowsOf = (point_id: string): BlankRow[] =>
    planned
      .filter(({ check }) => check.point_id === point_id)
      .map(({ check, repeat_index, item_label, is_applicable, expected_value }) => ({
        ...shownCheck(check),
        repeat_index,
        item_label,
        is_applicable,
        rule: is_applicable ? null : check.applies_when,
        rule_words: is_applicable
          ? null
          : conditionWords(model, check.applies_when, check.is_repeated_per ?? undefined),
        expected_value,
        options: options(check, repeat_index).map(o => ({
          code: o.code,
          label: o.label,
          asks_text: o.asks_text ?? false,
        })),
        measured_text: null,
        measured_value_e6: null,
        is_na: false,
        other_text: null,
        note: null,
        files: [],
        measured_by_initials: null,
        measured_at_ms: null,
        from_task_code: null,
        state: is_applicable ? 'open' : 'not_applicable',
      }));
  return {
    order_id: order.id,
    plan_type: plan.plan_type,
    plan_version: plan.plan_version,
    form_id: plan.form_id,
    plan_name: plan.plan_name,
    declaration: plan.declaration,
    setup: plan.setup,
    status: 'DRAFT' as const,
    overall_result: 'INCOMPLETE' as const,
    attempt_no: 1,
    revision_no: 1,
    job_id: null,
    notes: null,
    instruments: [],
    correction_reason: null,
    failure: null,
    sections: points.map(point => ({
      code: point.point_code,
      name: point.point_name,
      rows: rowsOf(point.id),
    })),
    progress: { answered: 0, applicable: 0, failing: 0, result: 'INCOMPLETE' as const },
    signature: null,
    attempts: [],
  };
}
