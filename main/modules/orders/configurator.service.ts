import type { BomTotals, TreeRow } from '../../../preload/contract/bom.ts';
import type { orders } from '../../../preload/contract/orders.ts';
import type { Configuration, Evaluation } from '../../../preload/contract/product-model.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { labelAnswer, shownAnswers } from '../bom/answer-labels.rules.ts';
import { inEveryLanguage, refusedRule } from '../bom/example.service.ts';
import { judge, withLanguage } from '../bom/judge.service.ts';
import { expandedTree, treeTotals } from '../bom/tree.service.ts';
import { type CatalogueIndex, catalogueIndex } from '../catalogue/catalogue.service.ts';
import { applyAnswer, type CompiledModel } from '../catalogue/product-model.rules.ts';
import { activeModel, listFamilies } from '../catalogue/product-models.service.ts';
import { copiedConfiguration, hasAnswers } from './copy.rules.ts';

type Input<P extends keyof typeof orders> = ParsedInputOf<(typeof orders)[P]>;

export const families = (ctx: ReadCtx) => ({
  families: listFamilies(ctx).map(({ family, model_version, name, is_released, message }) => ({
    family,
    version: model_version,
    name,
    released: is_released,
    not_released_message: message,
  })),
});

export function form(ctx: ReadCtx, { family }: Input<'form'>) {
  const { version, name, sections, fields, groups, accessory_subcategories, bom_groups } = activeModel(
    ctx,
    family,
  ).compiled.model;
  return {
    family,
    version,
    name,
    sections,
    fields,
    groups,
    accessory_subcategories,
    bom_groups: bom_groups.map(({ code, label }) => ({ code, label })),
  };
}

export function evaluate(ctx: ReadCtx, { family, configuration, header }: Input<'evaluate'>) {
  const { compiled } = activeModel(ctx, family);
  const index = catalogueIndex(ctx);
  const evaluation = judge(ctx, compiled, configuration, header, index);
  return { evaluation, bom: preliminary(ctx, evaluation, index) };
}

export function answer(ctx: ReadCtx, { family, configuration, path, value, header }: Input<'answer'>) {
  const { compiled } = activeModel(ctx, family);
  const index = catalogueIndex(ctx);
  const answered = applyAnswer(
    compiled,
    withLanguage(compiled, configuration, header.document_language),
    path,
    value,
  );
  const evaluation = judge(ctx, compiled, answered, header, index);
  return { configuration: answered, evaluation, bom: preliminary(ctx, evaluation, index) };
}

/** The tree of the lines found so far. What the expansion refuses is shown beside it and blocks submission. */
export function preliminary(
  ctx: ReadCtx,
  evaluation: Evaluation,
  index: CatalogueIndex,
): { rows: TreeRow[]; totals: BomTotals; refused: NonNullable<Evaluation['lines_refused']> | null } {
  const nothing = { rows: [], totals: treeTotals([]) };
  if (evaluation.lines_refused) return { ...nothing, refused: evaluation.lines_refused };
  try {
    const rows = expandedTree(ctx, evaluation.lines, index).map(({ uom_id: _unit, ...row }) => row);
    return { rows, totals: treeTotals(rows), refused: null };
  } catch (error) {
    const { rule, message } = refusedRule(error);
    return { ...nothing, refused: { rule, message: inEveryLanguage(message) } };
  }
}

/** A pure preview: what a copy of the source would bring. Refuses `copy_source_incomplete`. */
export function copyConfiguration(
  ctx: ReadCtx,
  { family, source, target, with_accessories }: Input<'copyConfiguration'>,
) {
  const { compiled } = activeModel(ctx, family);
  const index = catalogueIndex(ctx);
  const header = { document_language: 'EN', want_on: null } as const;
  const from = judge(ctx, compiled, source, header, index);
  if (!from.complete) refuse('copy_source_incomplete');
  const onto = judge(ctx, compiled, target, header, index).normalized;
  const copied = copiedConfiguration(from.normalized, onto, with_accessories);
  const { order_language, ...own } = copied;
  const configuration: Configuration =
    target.order_language === undefined || order_language === undefined ? own : copied;
  return {
    configuration,
    replaces_answers: hasAnswers(given(target)),
    preview: previewOf(compiled, copied),
    counts: countsOf(compiled, copied),
  };
}
const given = (target: Record<string, unknown>): Configuration =>
  Object.fromEntries(
    Object.entries(target)
      .filter(([, value]) => value !== null && value !== '' && value !== false)
      .map(([name, value]) => [name, Array.isArray(value) ? value.map(() => ({})) : String(value)]),
  );

/** The model, the size, the pegboard and the basin types: enough to recognise a build. */
function previewOf(compiled: CompiledModel, copied: Configuration) {
  const wanted =
    /^(sink_model|sink_width_in|sink_length_in|has_pegboard|pegboard_(color|type|size_type)|basins\[\d+\]\.(basin_type|size))$/;
  return shownAnswers(compiled, copied)
    .filter(({ path }) => wanted.test(path))
    .map(({ path, value }) => {
      const { label, value_label } = labelAnswer(compiled, path, value);
      return { path, label, value_label };
    });
}
const countsOf = (compiled: CompiledModel, copied: Configuration) =>
  [...compiled.groups.values()].map(({ group }) => {
    const rows = copied[group.name];
    return { group: group.name, label: group.label, count: Array.isArray(rows) ? rows.length : 0 };
  });
