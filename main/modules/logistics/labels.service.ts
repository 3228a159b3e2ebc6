import type { Id } from '../../../db/kit/columns.ts';
import type { TextLanguage } from '../../../preload/contract/document-data.ts';
import {
  COPY_MARK,
  type Density,
  LABELS_OF,
  type LabelElement,
  type LabelLayout,
  type LabelSubject,
  type LabelType,
  MOST_LABELS,
  TYPED_FIELDS,
  type WantedLabels,
} from '../../../preload/contract/labels.ts';
import type { logistics } from '../../../preload/contract/logistics.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import { seedId } from '../../platform/seed-id.ts';
import { contentOf, layOut, type PlacedLabel } from '../../printing/labels/layout.rules.ts';
import { svgOf } from '../../printing/labels/svg.rules.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { buildsOf } from '../orders/order-rows.service.ts';
import {
  badgeSource,
  buildSources,
  codeOfLabel,
  commandSource,
  type LabelSource,
  materialSource,
  typedSource,
  type Values,
  workCenterSource,
} from './label-values.service.ts';
import { densityFor, destinationOf, routeOf } from './printers.service.ts';
import { serialRange } from './serials.rules.ts';
import { approvedTemplate, type Template } from './templates.service.ts';

type Input<P extends keyof typeof logistics> = ParsedInputOf<(typeof logistics)[P]>;
/** A label ready to be laid out. */
export interface ReadyLabel {
  label_id: Id<'barcode_labels'>;
  label_code: string;
  label_type: LabelType;
  source: LabelSource;
  language: TextLanguage;
  values: Values;
}

/** What a wanted run is made of, one entry per label. Refuses what is missing by its name. */
export function sourcesOf(ctx: ReadCtx, wanted: WantedLabels): LabelSource[] {
  const sources = collected(ctx, wanted);
  if (sources.length === 0) refuse('label_none', { label_type: wanted.label_type });
  if (sources.length > MOST_LABELS) refuse('label_too_many', { count: sources.length, most: MOST_LABELS });
  return sources;
}
function collected(ctx: ReadCtx, wanted: WantedLabels): LabelSource[] {
  const { label_type, subject, fields } = wanted;
  const language = wanted.language ?? null;
  const missing = (field: keyof LabelSubject) => refuse('label_subject_missing', { field });
  switch (label_type) {
    case 'PART':
      return [materialSource(ctx, subject.material_id ?? missing('material_id'))];
    case 'WORK_CENTER':
      return [workCenterSource(ctx, subject.work_center_id ?? missing('work_center_id'))];
    case 'OPERATOR_BADGE':
      return [badgeSource(ctx, subject.user_id ?? missing('user_id'))];
    case 'COMMAND_SHEET':
      return [commandSource(ctx)];
    case 'LOT':
    case 'SERIAL':
    case 'UDI':
      return typedRun(ctx, label_type, wanted);
    default: {
      const { order_id, order_number } = subject;
      const builds = order_id
        ? [order_id]
        : buildsOf(ctx, order_number ?? missing('order_id')).map(build => build.order_id);
      return builds.flatMap(id => buildSources(ctx, label_type, id, fields, language));
    }
  }
}
function typedRun(ctx: ReadCtx, label_type: 'LOT' | 'SERIAL' | 'UDI', wanted: WantedLabels): LabelSource[] {
  const { fields, serials } = wanted;
  if (!serials) return [typedSource(ctx, label_type, fields)];
  const counted = label_type === 'LOT' ? 'lot_number' : 'serial_number';
  const numbers =
    serialRange(serials.first, serials.count) ?? refuse('label_serials_invalid', { first: serials.first });
  return numbers.map(number => typedSource(ctx, label_type, { ...fields, [counted]: number }));
}

/** Two stations that print the same label offline hold one row of it, and print the same code. */
export function readyLabel(
  ctx: ReadCtx,
  wanted: WantedLabels,
  source: LabelSource,
  copy_mark = '',
): ReadyLabel {
  const { label_type } = wanted;
  const label_code = [label_type, source.title].join(' ').slice(0, 100);
  const identity = [ctx.actor.plant_id, label_type, source.entity_type, source.entity_id, source.part];
  const label_id = seedId('barcode_labels', JSON.stringify(identity));
  const code = codeOfLabel(label_type, source.entity_id, label_id);
  return {
    label_id,
    label_code,
    label_type,
    source,
    language: wanted.language ?? source.language ?? ctx.actor.locale,
    values: { ...source.values, code, [COPY_MARK]: copy_mark },
  };
}
export const templateFor = (ctx: ReadCtx, label_type: LabelType): Template =>
  approvedTemplate(ctx, label_type, routeOf(ctx, label_type)?.template_code ?? null);

export const placedLabel = (
  ctx: ReadCtx,
  layout: LabelLayout,
  label: ReadyLabel,
  dpi: Density,
): PlacedLabel => layOut(layout, label.values, { language: label.language, reader: ctx.actor.locale, dpi });

type Barcode = Extract<LabelElement, { kind: 'barcode' }>;
/** The barcode by which the label is found again: the first one on it. */
export function mainBarcode(layout: LabelLayout, values: Values) {
  const found = layout.elements.find((element): element is Barcode => element.kind === 'barcode');
  return {
    barcode_type: found?.symbology ?? ('CODE128' as const),
    barcode_value: found ? contentOf(found.content, values).replace(/[()]/g, '').slice(0, 100) : '',
  };
}

export function labelsFor(ctx: ReadCtx, { subject }: Input<'labelsFor'>) {
  const types = (['order_id', 'order_number', 'material_id', 'work_center_id', 'user_id'] as const).flatMap(
    key => (subject[key] === undefined ? [] : LABELS_OF[key]),
  );
  return {
    offers: types.flatMap(label_type => {
      const typed = TYPED_FIELDS[label_type] ?? [];
      const fields: Values = typed.includes('box_count') ? { box_count: '1' } : {};
      const count = collected(ctx, { label_type, subject, fields }).length;
      const destination = destinationOf(ctx, label_type);
      return count === 0 ? [] : [{ label_type, count, destination, fields: [...typed] }];
    }),
  };
}

export function previewLabels(ctx: ReadCtx, input: Input<'previewLabels'>) {
  const sources = sourcesOf(ctx, input);
  const { layout } = templateFor(ctx, input.label_type);
  const dpi = input.dpi ?? densityFor(ctx, input.label_type);
  const at = Math.min(input.at, sources.length) - 1;
  // The one on screen and the longest one: a long run would hold up the keys, and printing looks at every label.
  const longest = sources.reduce(
    (best, source, place) => (source.title.length > (sources[best]?.title.length ?? 0) ? place : best),
    0,
  );
  const placed = [...new Set([at, longest])].flatMap(place => {
    const source = sources[place];
    return source ? [{ place, label: placedLabel(ctx, layout, readyLabel(ctx, input, source), dpi) }] : [];
  });
  return {
    count: sources.length,
    titles: sources.map(source => source.title),
    svg: placed[0] ? svgOf(placed[0].label) : '',
    width_mm: layout.width_mm,
    height_mm: layout.height_mm,
    problems: placed
      .flatMap(({ place, label }) => label.problems.map(problem => ({ ...problem, label: place + 1 })))
      .slice(0, 50),
    destination: destinationOf(ctx, input.label_type),
  };
}
