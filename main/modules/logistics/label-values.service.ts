import { COMMANDS, codeFor, codeOf } from '../../../preload/contract/codes.ts';
import type { TextLanguage } from '../../../preload/contract/document-data.ts';
import { LABEL_FIELDS, type LabelType } from '../../../preload/contract/labels.ts';
import { configuration as configurationSchema } from '../../../preload/contract/product-model.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { labelAnswer } from '../bom/answer-labels.rules.ts';
import { orderRow } from '../orders/order-rows.service.ts';
import { modelOf, plantFacts } from '../printing/document-facts.service.ts';
import { modelLabel } from '../printing/model-label.rules.ts';

export type Values = Record<string, string>;
/** What a label is of: one record, and which of its labels where it has several. */
export interface LabelSource {
  entity_type: string;
  entity_id: string;
  /** `D1` of the cable tags of a build; empty where there is one. */
  part: string;
  title: string;
  language: TextLanguage | null;
  values: Values;
}
const LANGUAGES: Record<'EN' | 'FR' | 'SP', TextLanguage> = { EN: 'en', FR: 'fr', SP: 'es' };

/** Values that stand on the labels of every record of the plant. */
function plantValues(ctx: ReadCtx): Values {
  const { organization_name, plant_name } = plantFacts(ctx, ctx.actor.plant_id);
  return { organization_name, plant_name, printed_on: ctx.today() };
}

/** The labels of a type that one build has. Refuses `row_not_found`, `not_allowed`. */
export function buildSources(
  ctx: ReadCtx,
  label_type: LabelType,
  order_id: string,
  fields: Values,
  language: TextLanguage | null,
): LabelSource[] {
  if (!ctx.actor.may('orders:read')) refuse('not_allowed', { permission: 'orders:read' });
  const order = orderRow(ctx, order_id);
  const own = language ?? LANGUAGES[order.document_language];
  const compiled = modelOf(ctx, order)?.compiled ?? null;
  const configuration = configurationSchema.parse(order.configuration);
  const { basins } = configuration;
  const rows = Array.isArray(basins) ? basins : [];
  const said = (path: string, value: unknown): string =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? labelAnswer(compiled, path, value).value_label[own]
      : '';
  const typeOf = (at: number) => said(`basins[${at}].basin_type`, rows[at]?.basin_type);
  const { sink_length_in, sink_width_in } = configuration;
  const order_build = `${order.order_number} / ${order.build_number}`;
  const values: Values = {
    ...plantValues(ctx),
    order_number: order.order_number,
    build_number: order.build_number,
    order_build,
    customer_name: order.customer_name,
    project_name: order.project_name ?? '',
    model_label: modelLabel(configuration) ?? '',
    model_name: compiled?.model.name[own] ?? '',
    want_on: order.want_on ?? '',
    revision: String(order.configuration_revision),
    sink_size: [sink_length_in, sink_width_in].filter(size => size !== undefined).join(' × '),
    basins: rows.map((row, at) => `${at + 1} ${typeOf(at)} ${said('', row.size)}`.trim()).join(', '),
    legs: said('legs_model', configuration.legs_model),
  };
  const source = (part: string, more: Values = {}): LabelSource => ({
    entity_type: 'orders',
    entity_id: order.id,
    part,
    title: [order_build, part].filter(Boolean).join(' · '),
    language: own,
    values: { ...values, ...more },
  });
  switch (label_type) {
    case 'CABLE_TAG':
      return cableTags(rows, configuration.has_pegboard === true).map(tag => source(tag, { tag }));
    case 'BASIN':
      return rows.map((row, at) =>
        source(`${at + 1}`, {
          basin_number: `${at + 1}`,
          basin_count: `${rows.length}`,
          basin_type: typeOf(at),
          basin_size: said('', row.size),
        }),
      );
    case 'BOX': {
      const count = Number(fields.box_count ?? '1');
      if (!Number.isInteger(count) || count < 1 || count > 99)
        refuse('label_field_required', { field: 'box_count' });
      return Array.from({ length: count }, (_, at) =>
        source(`${at + 1}`, { box_number: `${at + 1}`, box_count: `${count}` }),
      );
    }
    case 'SHIPPING':
      return [source('', { ship_to: '', carrier: '', tracking_number: '', ...fields })];
    default:
      return [source('')];
  }
}

/** Drain and sink cables by basin, then the two overhead lights that come with a pegboard. */
function cableTags(basins: readonly Record<string, unknown>[], hasOverheadLight: boolean): string[] {
  const own = basins.map(({ basin_type }, at) => `${basin_type === 'E_DRAIN' ? 'D' : 'S'}${at + 1}`);
  return [...own, ...(hasOverheadLight ? ['L4', 'S4'] : [])].filter(
    (tag, at, all) => all.indexOf(tag) === at,
  );
}

export function materialSource(ctx: ReadCtx, material_id: string): LabelSource {
  if (!ctx.actor.may('materials:read')) refuse('not_allowed', { permission: 'materials:read' });
  const row = ctx.sql.get<{
    material_number: string;
    material_name: string;
    uom: string;
    manufacturer_part_number: string | null;
  }>(
    `select m.material_number, m.material_name, m.manufacturer_part_number, u.uom_code as uom
     from materials m join units_of_measure u on u.id = m.base_uom_id where m.id = ? and m.plant_id = ?`,
    [material_id, ctx.actor.plant_id],
  );
  if (!row) return refuse('row_not_found', { table: 'materials', id: material_id });
  const { material_number, material_name, uom } = row;
  return {
    entity_type: 'materials',
    entity_id: material_id,
    part: '',
    title: material_number,
    language: null,
    values: {
      ...plantValues(ctx),
      material_number,
      material_name,
      uom,
      manufacturer_part_number: row.manufacturer_part_number ?? '',
    },
  };
}

export function workCenterSource(ctx: ReadCtx, work_center_id: string): LabelSource {
  const row = ctx.sql.get<{ work_center_code: string; work_center_name: string }>(
    'select work_center_code, work_center_name from work_centers where id = ? and plant_id = ?',
    [work_center_id, ctx.actor.plant_id],
  );
  if (!row) return refuse('row_not_found', { table: 'work_centers', id: work_center_id });
  return {
    entity_type: 'work_centers',
    entity_id: work_center_id,
    part: '',
    title: row.work_center_code,
    language: null,
    values: { ...plantValues(ctx), ...row },
  };
}

export function badgeSource(ctx: ReadCtx, user_id: string): LabelSource {
  const isOwn = ctx.actor.user_id === user_id;
  if (!isOwn && !ctx.actor.may('users:read')) refuse('not_allowed', { permission: 'users:read' });
  const row = ctx.sql.get<{ full_name: string; initials: string; department: string | null }>(
    `select u.full_name, u.initials, d.dept_name as department from users u
     left join departments d on d.id = u.department_id where u.id = ?`,
    [user_id],
  );
  if (!row) return refuse('row_not_found', { table: 'users', id: user_id });
  return {
    entity_type: 'users',
    entity_id: user_id,
    part: '',
    title: row.full_name,
    language: null,
    values: { ...plantValues(ctx), ...row, department: row.department ?? '' },
  };
}

/** A sheet of commands has no record; it belongs to the plant. */
export const commandSource = (ctx: ReadCtx): LabelSource => ({
  entity_type: 'plants',
  entity_id: ctx.actor.plant_id,
  part: '',
  title: codeOf('NEXT').split('-')[0] ?? '',
  language: null,
  values: {
    ...plantValues(ctx),
    ...Object.fromEntries(COMMANDS.map(command => [`command_${command.toLowerCase()}`, codeOf(command)])),
  },
});

const TYPED_ENTITY = {
  LOT: { entity_type: 'lots', required: ['lot_number'] },
  SERIAL: { entity_type: 'serials', required: ['serial_number'] },
  UDI: { entity_type: 'udis', required: ['gtin'] },
} as const;
/** Lot, serial and UDI labels stand on what a person typed. Refuses `label_field_required`. */
export function typedSource(ctx: ReadCtx, label_type: keyof typeof TYPED_ENTITY, given: Values): LabelSource {
  const { entity_type, required } = TYPED_ENTITY[label_type];
  const fields = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value.trim()]));
  for (const field of required) if (!fields[field]) refuse('label_field_required', { field });
  const known = LABEL_FIELDS[label_type];
  const typed = Object.fromEntries(known.map(name => [name, fields[name] ?? '']));
  const udi = label_type === 'UDI' ? udiOf(typed) : '';
  const entity_id = udi || (typed[required[0]] ?? '');
  return {
    entity_type,
    entity_id: entity_id.slice(0, 100),
    part: '',
    title: entity_id,
    language: null,
    values: { ...typed, ...plantValues(ctx), ...(udi && { udi }) },
  };
}

/** GS1 dates are `YYMMDD`. Refuses `label_field_required` when a day is not one. */
function gs1Date(field: string, value: string): string {
  const [, year, month, day] = /^\d{2}(\d{2})-(\d{2})-(\d{2})$/.exec(value) ?? [];
  return year && month && day ? `${year}${month}${day}` : refuse('label_field_required', { field });
}
function udiOf({
  gtin = '',
  made_on = '',
  expires_on = '',
  lot_number = '',
  serial_number = '',
}: Values): string {
  return [
    `(01)${gtin}`,
    made_on && `(11)${gs1Date('made_on', made_on)}`,
    expires_on && `(17)${gs1Date('expires_on', expires_on)}`,
    lot_number && `(10)${lot_number}`,
    serial_number && `(21)${serial_number}`,
  ].join('');
}

/** The code on the label: of the record, or of the label itself where the record has no code. */
export function codeOfLabel(label_type: LabelType, entity_id: string, label_id: string): string {
  switch (label_type) {
    case 'BUILD_FRONT':
    case 'BUILD_BACK':
    case 'BASIN':
      return codeFor('B', entity_id);
    case 'PART':
      return codeFor('P', entity_id);
    case 'WORK_CENTER':
      return codeFor('W', entity_id);
    case 'OPERATOR_BADGE':
      return codeFor('U', entity_id);
    case 'KIT_BAG':
      return codeFor('K', label_id);
    case 'BOX':
    case 'SHIPPING':
      return codeFor('X', label_id);
    case 'CABLE_TAG':
      return codeFor('T', label_id);
    case 'LOT':
      return codeFor('L', label_id);
    case 'SERIAL':
    case 'UDI':
      return codeFor('S', label_id);
    case 'COMMAND_SHEET':
      return codeOf('NEXT');
  }
}
