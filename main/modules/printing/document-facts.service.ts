import type { Id } from '../../../db/kit/columns.ts';
import type { BuildFacts, DocumentFrame, OrderFacts } from '../../../preload/contract/document-data.ts';
import type { DocumentParams } from '../../../preload/contract/printing.ts';
import { configuration as configurationSchema } from '../../../preload/contract/product-model.ts';
import { dayInZone, timeInZone } from '../../platform/days.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { shownAnswers } from '../bom/answer-labels.rules.ts';
import { headerRow, headersOf } from '../bom/bom-rows.service.ts';
import { plantOf } from '../catalogue/plant.service.ts';
import { type ActiveModel, modelById } from '../catalogue/product-models.service.ts';
import { buildsOf, type OrderRow, orderRow } from '../orders/order-rows.service.ts';
import { brandOf } from './brand.service.ts';
import { modelLabel } from './model-label.rules.ts';

/** Laid out where the files of the station are at hand: in a call or in a job thread. */
export type DocumentCtx = ReadCtx & { readonly data_folder: string };
export interface PlantFacts {
  plant_name: string;
  timezone: string;
  paper_size: 'LETTER' | 'A4';
  organization_name: string;
}
export function plantFacts(ctx: ReadCtx, plant_id: string): PlantFacts {
  return (
    ctx.sql.get<PlantFacts>(
      `select p.plant_name, p.timezone, p.paper_size, coalesce(o.org_name, '') as organization_name
       from plants p left join organizations o on o.organization_id = p.organization_id where p.id = ?`,
      [plant_id],
    ) ?? refuse('row_not_found', { table: 'plants', id: plant_id })
  );
}

/** The build meant by order or BOM. Refuses `document_params_missing`. */
export function buildOf(ctx: ReadCtx, params: DocumentParams): OrderRow {
  if (params.order_id) return orderRow(ctx, params.order_id);
  const [picked] = params.order_ids ? buildsPicked(ctx, params) : [];
  if (picked) return picked;
  if (params.bom_id) return orderRow(ctx, headerRow(ctx, params.bom_id).order_id);
  return refuse('document_params_missing', { missing: 'order_id' });
}
/** Every build of the order meant. Refuses `order_number_unknown`, `document_params_missing`. */
export function buildsMeant(ctx: ReadCtx, params: DocumentParams): OrderRow[] {
  const order_number = params.order_number ?? buildOf(ctx, params).order_number;
  const builds = buildsOf(ctx, order_number);
  if (builds.length === 0) refuse('order_number_unknown', { order_number });
  return builds.map(build => orderRow(ctx, build.order_id));
}
/** The builds that are picked together, or the one meant; by order, then build. */
export function buildsPicked(ctx: ReadCtx, params: DocumentParams): OrderRow[] {
  if (!params.order_ids) return [buildOf(ctx, params)];
  const key = (o: OrderRow) => `${o.order_number}\0${o.build_number}`;
  return [...new Set(params.order_ids)]
    .map(id => orderRow(ctx, id))
    .sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
/** The asked-for BOM, else the approved one, else the newest. */
export function bomOfBuild(
  ctx: ReadCtx,
  order: OrderRow,
  bom_id?: Id<'bom_headers'>,
): Id<'bom_headers'> | null {
  return bom_id ?? order.bom_id ?? headersOf(ctx, order.id)[0]?.bom_id ?? null;
}
export const requiredBom = (ctx: ReadCtx, order: OrderRow, bom_id?: Id<'bom_headers'>): Id<'bom_headers'> =>
  bomOfBuild(ctx, order, bom_id) ?? refuse('bom_missing', { build_number: order.build_number });

type Form = Pick<DocumentFrame, 'form_id' | 'form_version'>;
export function frameOf(ctx: DocumentCtx, form: Form, order: OrderRow, whole_order: boolean): DocumentFrame {
  return {
    ...frameAround(ctx, form, order.plant_id),
    order_number: order.order_number,
    build_number: whole_order ? null : order.build_number,
  };
}
/** Around a paper of answers that belong to no build. */
export const exampleFrame = (ctx: DocumentCtx, form: Form): DocumentFrame => ({
  ...frameAround(ctx, form, plantOf(ctx)),
  order_number: '',
  build_number: null,
  is_example: true,
});
function frameAround(
  ctx: DocumentCtx,
  { form_id, form_version }: Form,
  plant_id: string,
): Omit<DocumentFrame, 'order_number' | 'build_number'> {
  const plant = plantFacts(ctx, plant_id);
  return {
    form_id,
    form_version,
    organization_name: plant.organization_name,
    plant_name: plant.plant_name,
    printed_at: `${timeInZone(ctx.now_ms, plant.timezone)} ${plant.timezone}`,
    printed_by: ctx.actor.full_name,
    brand: brandOf(ctx),
  };
}
export function orderFactsOf(ctx: ReadCtx, order: OrderRow): OrderFacts {
  const { order_number, customer_name, project_name, sales_person, want_on, notes, created_at_ms } = order;
  const { timezone } = plantFacts(ctx, order.plant_id);
  return {
    order_number,
    customer_name,
    project_name,
    sales_person,
    want_on,
    notes,
    ordered_on: dayInZone(created_at_ms, timezone),
  };
}
export const modelOf = (ctx: ReadCtx, order: OrderRow): ActiveModel | null =>
  order.product_model_id ? modelById(ctx, order.product_model_id) : null;

export function buildFactsOf(ctx: ReadCtx, order: OrderRow): BuildFacts {
  const configuration = configurationSchema.parse(order.configuration);
  const compiled = modelOf(ctx, order)?.compiled;
  return {
    build_number: order.build_number,
    model_name: compiled?.model.name ?? null,
    model_label: modelLabel(configuration),
    configuration_revision: order.configuration_revision,
    configuration,
    answers: compiled ? shownAnswers(compiled, configuration) : [],
  };
}
/** An instant as the plant reads it. */
export const plantTime = (ctx: ReadCtx, order: OrderRow, at_ms: number | null): string | null =>
  at_ms === null ? null : timeInZone(at_ms, plantFacts(ctx, order.plant_id).timezone);
