import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Id } from '../../../db/kit/columns.ts';
import { LABEL_TYPES, label_templates, labelLayout } from '../../../db/schema/logistics.ts';
import { t } from '../../../db/sqlite/tables.ts';
import { COPY_MARK, type LabelLayout, type LabelType } from '../../../preload/contract/labels.ts';
import type { logistics, TemplateRow } from '../../../preload/contract/logistics.ts';
import { localizedText } from '../../../preload/contract/product-model.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import basin from '../../../resources/label-templates/basin.json' with { type: 'json' };
import box from '../../../resources/label-templates/box.json' with { type: 'json' };
import buildBack from '../../../resources/label-templates/build-back.json' with { type: 'json' };
import buildFront from '../../../resources/label-templates/build-front.json' with { type: 'json' };
import cableTag from '../../../resources/label-templates/cable-tag.json' with { type: 'json' };
import commandSheet from '../../../resources/label-templates/command-sheet.json' with { type: 'json' };
import kitBag from '../../../resources/label-templates/kit-bag.json' with { type: 'json' };
import lot from '../../../resources/label-templates/lot.json' with { type: 'json' };
import operatorBadge from '../../../resources/label-templates/operator-badge.json' with { type: 'json' };
import part from '../../../resources/label-templates/part.json' with { type: 'json' };
import serial from '../../../resources/label-templates/serial.json' with { type: 'json' };
import shipping from '../../../resources/label-templates/shipping.json' with { type: 'json' };
import udi from '../../../resources/label-templates/udi.json' with { type: 'json' };
import workCenter from '../../../resources/label-templates/work-center.json' with { type: 'json' };
import { seedId } from '../../platform/seed-id.ts';
import { layOut } from '../../printing/labels/layout.rules.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { exampleValues } from './example-values.rules.ts';

type Input<P extends keyof typeof logistics> = ParsedInputOf<(typeof logistics)[P]>;
export type TemplateId = Id<'label_templates'>;
const shippedTemplate = z.object({
  template_code: z.string(),
  template_version: z.int(),
  label_type: z.enum(LABEL_TYPES),
  template_name: localizedText,
  layout: labelLayout,
});
const shipped: unknown[] = [
  basin,
  box,
  buildBack,
  buildFront,
  cableTag,
  commandSheet,
  kitBag,
  lot,
  operatorBadge,
  part,
  serial,
  shipping,
  udi,
  workCenter,
];

/** The shipped layouts, approved. What an administrator made of them stays. Idempotent. */
export function seedLabelTemplates(ctx: CommandCtx): void {
  for (const raw of shipped) {
    const template = shippedTemplate.parse(raw);
    const id = seedId('label_templates', `${template.template_code} ${template.template_version}`);
    if (
      ctx.db
        .select({ id: t.label_templates.id })
        .from(t.label_templates)
        .where(eq(t.label_templates.id, id))
        .get()
    )
      continue;
    ctx.insert(label_templates, { id, ...template, status: 'APPROVED', approved_at_ms: ctx.now_ms });
  }
}

export function templateRowOf(ctx: ReadCtx, template_id: string) {
  return (
    ctx.db
      .select()
      .from(t.label_templates)
      .where(eq(t.label_templates.id, template_id as TemplateId))
      .get() ?? refuse('row_not_found', { table: 'label_templates', id: template_id })
  );
}
export interface Template {
  template_id: TemplateId;
  layout: LabelLayout;
}
/** The layout a label is printed with: the wanted template, or the one whose approval is the newest. Refuses `label_template_missing`. */
export function approvedTemplate(
  ctx: ReadCtx,
  label_type: LabelType,
  template_code: string | null,
): Template {
  const row = ctx.sql.get<{ id: TemplateId; layout: string }>(
    `select id, layout from label_templates where label_type = @label_type and status = 'APPROVED'
       and (@code is null or template_code = @code) order by approved_at_ms desc, template_code limit 1`,
    { label_type, code: template_code },
  );
  if (!row) return refuse('label_template_missing', { label_type });
  return { template_id: row.id, layout: labelLayout.parse(JSON.parse(row.layout)) };
}

function shown(ctx: ReadCtx, row: ReturnType<typeof templateRowOf>): TemplateRow {
  const approver = row.approved_by
    ? ctx.sql.get<{ full_name: string }>('select full_name from users where id = ?', [row.approved_by])
    : undefined;
  return {
    template_id: row.id,
    template_code: row.template_code,
    template_version: row.template_version,
    label_type: row.label_type,
    template_name: row.template_name,
    status: row.status,
    width_mm: row.layout.width_mm,
    height_mm: row.layout.height_mm,
    approved_by_name: approver?.full_name ?? null,
    approved_at_ms: row.approved_at_ms,
    updated_at_ms: row.updated_at_ms,
    row_version: row.row_version,
  };
}

export function listTemplates(ctx: ReadCtx) {
  const rows = ctx.db.select().from(t.label_templates).all();
  const order = (row: TemplateRow) => LABEL_TYPES.indexOf(row.label_type);
  return {
    rows: rows
      .map(row => shown(ctx, row))
      .sort(
        (a, b) =>
          order(a) - order(b) ||
          a.template_code.localeCompare(b.template_code) ||
          b.template_version - a.template_version,
      ),
  };
}
export function getTemplate(ctx: ReadCtx, { template_id }: Input<'getTemplate'>) {
  const row = templateRowOf(ctx, template_id);
  return { ...shown(ctx, row), layout: row.layout };
}

export function saveTemplate(ctx: CommandCtx, input: Input<'saveTemplate'>): TemplateRow {
  const { layout, template_name, row_version } = input;
  const row = templateRowOf(ctx, input.template_id);
  const keys = layout.elements.map(element => element.key);
  const doubled = keys.find((key, at) => keys.indexOf(key) !== at);
  if (doubled !== undefined) refuse('template_keys_doubled', { key: doubled });
  if (row.status === 'SUPERSEDED') refuse('template_superseded', { version: row.template_version });
  if (row.status === 'DRAFT')
    return shown(ctx, ctx.update(label_templates, row.id, { layout, template_name }, row_version));
  const versions = ctx.sql.all<{ template_version: number; status: string }>(
    'select template_version, status from label_templates where template_code = ? order by template_version desc',
    [row.template_code],
  );
  const draft = versions.find(version => version.status === 'DRAFT');
  if (draft) refuse('template_draft_exists', { version: draft.template_version });
  return shown(
    ctx,
    ctx.insert(label_templates, {
      template_code: row.template_code,
      template_version: (versions[0]?.template_version ?? 0) + 1,
      label_type: row.label_type,
      template_name,
      layout,
    }),
  );
}

export function copyTemplate(ctx: CommandCtx, input: Input<'copyTemplate'>): TemplateRow {
  const row = templateRowOf(ctx, input.template_id);
  const template_code = input.template_code.toUpperCase();
  const taken = ctx.sql.get('select 1 from label_templates where template_code = ?', [template_code]);
  if (taken) refuse('template_code_taken', { template_code });
  const { label_type, template_name, layout } = row;
  return shown(
    ctx,
    ctx.insert(label_templates, { template_code, template_version: 1, label_type, template_name, layout }),
  );
}

/** Approved means: every example prints at both densities in three languages, and a copy can be marked. */
export function approveTemplate(
  ctx: CommandCtx,
  { template_id, row_version }: Input<'approveTemplate'>,
): TemplateRow {
  const row = templateRowOf(ctx, template_id);
  if (row.status !== 'DRAFT') refuse('template_not_draft', { version: row.template_version });
  if (!row.layout.elements.some(element => element.kind === 'field' && element.field === COPY_MARK))
    refuse('template_without_copy_mark', { field: COPY_MARK });
  for (const language of ['en', 'fr', 'es'] as const)
    for (const dpi of [203, 300] as const) {
      const look = { language, reader: ctx.actor.locale, dpi };
      const [first] = layOut(row.layout, exampleValues(row.label_type), look).problems;
      if (first) refuse('template_problems', { key: first.key, language, dpi });
    }
  const older = ctx.sql.all<{ id: TemplateId }>(
    "select id from label_templates where template_code = ? and status = 'APPROVED'",
    [row.template_code],
  );
  for (const { id } of older) ctx.update(label_templates, id, { status: 'SUPERSEDED' });
  const approved = ctx.update(
    label_templates,
    row.id,
    { status: 'APPROVED', approved_by: ctx.actor.user_id, approved_at_ms: ctx.now_ms },
    row_version,
  );
  ctx.record({
    action: 'APPROVE',
    category: 'labels',
    entity_type: 'label_templates',
    entity_id: row.id,
    entity_identifier: `${row.template_code} V${row.template_version}`,
  });
  return shown(ctx, approved);
}
