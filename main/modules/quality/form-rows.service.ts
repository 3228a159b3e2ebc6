import type { RowOf } from '../../../db/kit/define-table.ts';
import type { inspection_measurements } from '../../../db/schema/quality.ts';
import { configuration as configurationSchema } from '../../../preload/contract/product-model.ts';
import { settingKeys } from '../../../preload/contract/settings.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { evaluateConditions, evaluateTerms } from '../catalogue/condition.rules.ts';
import { type ActiveModel, modelById } from '../catalogue/product-models.service.ts';
import type { OrderRow } from '../orders/order-rows.service.ts';
import type { CheckRow } from './plan-store.service.ts';

type Measurement = RowOf<typeof inspection_measurements>;
/** What a check becomes for a build. */
export type PlannedRow = Pick<
  Measurement,
  'repeat_index' | 'item_label' | 'is_applicable' | 'expected_value'
> & {
  check: CheckRow;
  default_value: string | null;
};

/** Refuses `family_unknown` when the build has no product model. */
export function modelOfBuild(ctx: ReadCtx, order: OrderRow): ActiveModel {
  return order.product_model_id
    ? modelById(ctx, order.product_model_id)
    : refuse('family_unknown', { family: '' });
}

export function evaluationContext(ctx: ReadCtx, order: OrderRow) {
  return {
    settings: Object.fromEntries(settingKeys.map(key => [key, ctx.setting(key)])),
    today: ctx.today(),
    ...(order.want_on ? { want_date: order.want_on } : {}),
    knownItem: () => true,
  };
}

/**
 * The rows of a form for a build: every check, once or per basin, faucet, sprayer, accessory, with whether it applies
 * and what the configuration calls for. Refuses `condition_invalid`, and `condition_failed` naming the check: a check
 * left out by mistake is worse than a refusal.
 */
export function plannedRows(ctx: ReadCtx, order: OrderRow, checks: readonly CheckRow[]): PlannedRow[] {
  const { compiled } = modelOfBuild(ctx, order);
  const configuration = configurationSchema.parse(order.configuration);
  const context = evaluationContext(ctx, order);
  const place = (check: CheckRow) => (check.is_repeated_per ? { for_each: check.is_repeated_per } : {});
  const verdicts = evaluateConditions(
    compiled,
    configuration,
    checks.map(check => ({ when: check.applies_when, ...place(check) })),
    context,
  );
  const termsOf = (key: 'expected' | 'default_value') => {
    const asking = checks.filter(check => check[key] !== null);
    const values = evaluateTerms(
      compiled,
      configuration,
      asking.map(check => ({ when: check[key] ?? '', ...place(check) })),
      context,
    );
    return new Map(asking.map((check, at) => [check.id, values[at] ?? []]));
  };
  const expected = termsOf('expected');
  const defaults = termsOf('default_value');
  const labels = accessoryLabels(ctx, configuration);
  return checks.flatMap((check, at) => {
    const outcomes = verdicts[at] ?? [];
    // A check over lines that the build does not have is shown once, as not applicable.
    if (outcomes.length === 0) return [absentRow(check)];
    return outcomes.map(({ index, outcome, problem }, row) => {
      if (outcome === 'failed' || outcome === 'not_decided')
        refuse('condition_failed', {
          instruction: check.characteristic_code,
          when: check.applies_when,
          problem: problem ?? outcome,
        });
      return {
        check,
        repeat_index: index ?? 0,
        item_label: check.is_repeated_per === 'accessories' ? (labels[row] ?? null) : null,
        is_applicable: outcome === 'matched',
        expected_value: expected.get(check.id)?.[row]?.value ?? null,
        default_value: defaults.get(check.id)?.[row]?.value ?? null,
      };
    });
  });
}
const absentRow = (check: CheckRow): PlannedRow => ({
  check,
  repeat_index: 0,
  item_label: null,
  is_applicable: false,
  expected_value: null,
  default_value: null,
});

function accessoryLabels(
  ctx: ReadCtx,
  configuration: ReturnType<typeof configurationSchema.parse>,
): string[] {
  const rows = Array.isArray(configuration.accessories) ? configuration.accessories : [];
  return rows.map(({ item_id }) => {
    const known = ctx.sql.get<{ material_name: string }>(
      'select material_name from materials where material_number = ? limit 1',
      [String(item_id)],
    );
    return known ? `${item_id} ${known.material_name}` : String(item_id);
  });
}

/** The options of a check for one of its rows. */
export function optionsFor(
  ctx: ReadCtx,
  order: OrderRow,
  checks: readonly CheckRow[],
): (check: CheckRow, repeat_index: number) => CheckRow['options'] {
  const conditional = checks.flatMap(check =>
    check.options.flatMap(option => (option.applies_when ? [{ check, option }] : [])),
  );
  if (conditional.length === 0) return check => check.options;
  const { compiled } = modelOfBuild(ctx, order);
  const outcomes = evaluateConditions(
    compiled,
    configurationSchema.parse(order.configuration),
    conditional.map(({ check, option }) => ({
      when: option.applies_when ?? 'true',
      ...(check.is_repeated_per ? { for_each: check.is_repeated_per } : {}),
    })),
    evaluationContext(ctx, order),
  );
  const verdicts = new Map(conditional.map(({ option }, at) => [option, outcomes[at] ?? []]));
  return (check, repeat_index) =>
    check.options.filter(option => {
      const verdict = verdicts.get(option);
      return !verdict || verdict.find(v => (v.index ?? 0) === repeat_index)?.outcome === 'matched';
    });
}

/** What of a check stands on every form, filled or blank. */
export const shownCheck = (check: CheckRow) => ({
  code: check.characteristic_code,
  name: check.characteristic_name,
  expectation: check.expectation,
  data_type: check.data_type,
  test_type: check.test_type,
  is_required: check.is_required,
  can_be_na: check.can_be_na,
  is_informative: check.is_informative,
  record_as: check.record_as,
  repeated_per: check.is_repeated_per,
  unit: check.unit,
  target_value_e6: check.target_value_e6,
  lower_limit_e6: check.lower_limit_e6,
  upper_limit_e6: check.upper_limit_e6,
  decimals: check.decimals,
  notes_prompt: check.notes_prompt,
  instrument_type: check.instrument_type,
  needs_file_role: check.needs_file_role,
  shows_file_roles: check.shows_file_roles,
  shows_plan_type: check.shows_plan_type,
  material_number: check.material_number,
  guide: check.guide,
  estimated_minutes: check.estimated_minutes,
});
