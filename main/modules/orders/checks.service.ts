import type { DraftDocument, orders, Problem } from '../../../preload/contract/orders.ts';
import type { Evaluation } from '../../../preload/contract/product-model.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { judge } from '../bom/judge.service.ts';
import { type CatalogueIndex, catalogueIndex } from '../catalogue/catalogue.service.ts';
import { activeModel } from '../catalogue/product-models.service.ts';
import { buildNumberProblems, followsPattern, suggestNumbers } from './build-numbers.rules.ts';
import { error, headerProblems, warning } from './header.rules.ts';
import { buildsOf, plantScope } from './order-rows.service.ts';

type Input<P extends keyof typeof orders> = ParsedInputOf<(typeof orders)[P]>;

const ELSEWHERE =
  'select order_number from orders where build_number = @build_number and order_number <> @order_number and (@plant_id is null or plant_id = @plant_id) limit 1';

/** The header, the build numbers and the documents as they stand; the configurations are judged apart. */
export function documentProblems(ctx: ReadCtx, draft: DraftDocument): Problem[] {
  const order_number = draft.header.order_number.trim();
  const existing = order_number === '' ? [] : buildsOf(ctx, order_number);
  const problems = headerProblems(draft.header, ctx.today());
  if (existing.length > 0 && !draft.add_to_existing)
    problems.push(
      error('header.order_number', 'order_number_used', { order_number, builds: existing.length }),
    );
  if (existing.length === 0 && draft.add_to_existing && order_number !== '')
    problems.push(error('header.order_number', 'order_number_unknown', { order_number }));
  problems.push(
    ...buildNumberProblems(
      draft.builds.map(build => build.build_number),
      {
        existing: existing.map(build => build.build_number),
        max_builds: ctx.setting('order.maxBuildsPerPo'),
        usedElsewhere: build_number =>
          followsPattern(ctx.setting('order.buildNumberPattern'), build_number)
            ? undefined
            : ctx.sql.get<{ order_number: string }>(ELSEWHERE, {
                build_number,
                order_number,
                plant_id: plantScope(ctx),
              })?.order_number,
      },
    ),
  );
  if (draft.family === '') problems.push(error('family', 'family_missing'));
  const has = (role: string) => draft.files.some(file => file.link_role === role);
  if (!has('PO_DOCUMENT')) problems.push(warning('files', 'po_document_missing'));
  if (!has('TECHNICAL_DRAWING')) problems.push(warning('files', 'drawing_missing'));
  return problems;
}

export interface JudgedBuild {
  build_number: string;
  evaluation: Evaluation;
}
export function judgeBuilds(ctx: ReadCtx, draft: DraftDocument, index: CatalogueIndex): JudgedBuild[] {
  const { compiled } = activeModel(ctx, draft.family);
  return draft.builds.map(({ build_number, configuration }) => ({
    build_number: build_number.trim(),
    evaluation: judge(ctx, compiled, configuration, draft.header, index),
  }));
}

export function checkDraft(ctx: ReadCtx, { draft }: Input<'checkDraft'>) {
  const problems = documentProblems(ctx, draft);
  const builds = draft.family === '' ? [] : judgeBuilds(ctx, draft, catalogueIndex(ctx));
  const isClean = !problems.some(({ kind }) => kind === 'error');
  return {
    problems,
    builds,
    submittable: isClean && builds.length > 0 && builds.every(({ evaluation }) => evaluation.submittable),
  };
}

export function suggestBuildNumbers(
  ctx: ReadCtx,
  { order_number, quantity, taken }: Input<'suggestBuildNumbers'>,
) {
  const held = buildsOf(ctx, order_number.trim()).map(build => build.build_number);
  return {
    build_numbers: suggestNumbers(ctx.setting('order.buildNumberPattern'), quantity, [
      ...held,
      ...taken.map(number => number.trim()),
    ]),
  };
}

export function checkOrderNumber(ctx: ReadCtx, { order_number }: Input<'checkOrderNumber'>) {
  const builds = buildsOf(ctx, order_number.trim());
  return {
    is_used: builds.length > 0,
    builds: builds.map(({ order_id, build_number, order_status }) => ({
      order_id,
      build_number,
      order_status,
    })),
    customer_name: builds[0]?.customer_name ?? null,
  };
}
