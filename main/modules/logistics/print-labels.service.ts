import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Id } from '../../../db/kit/columns.ts';
import { barcode_labels, print_jobs } from '../../../db/schema/logistics.ts';
import { t } from '../../../db/sqlite/tables.ts';
import { UNIQUE_LABELS } from '../../../preload/contract/labels.ts';
import type { logistics, PrinterRow } from '../../../preload/contract/logistics.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { PlacedLabel } from '../../printing/labels/layout.rules.ts';
import { svgOf } from '../../printing/labels/svg.rules.ts';
import { zplOf } from '../../printing/labels/zpl.rules.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { copyMark } from './copy-mark.rules.ts';
import {
  mainBarcode,
  placedLabel,
  type ReadyLabel,
  readyLabel,
  sourcesOf,
  templateFor,
} from './labels.service.ts';
import { destinationOf, printerWith } from './printers.service.ts';
import type { Template } from './templates.service.ts';

type Input<P extends keyof typeof logistics> = ParsedInputOf<(typeof logistics)[P]>;
/** The same label of a kind that has many copies is asked about within this time. */
const DUPLICATE_MS = 10_000;

export const keyOf = (prints: string, label_id: string): string =>
  createHash('sha256').update(`${prints} ${label_id}`).digest('hex');

/** What is sent to the printer, in its own language. */
export const printContent = (placed: PlacedLabel, printer: PrinterRow, copies: number): string =>
  printer.language === 'ZPL' ? zplOf(placed, { copies, darkness: printer.darkness }) : svgOf(placed);

/** Positions go up by one in the order of asking, whatever the clock does. */
export const nextPosition = (ctx: ReadCtx): number =>
  1 + (ctx.sql.get<{ last: number | null }>('select max(queue_position) as last from print_jobs')?.last ?? 0);

export function printLabels(ctx: CommandCtx, input: Input<'printLabels'>) {
  const { label_type } = input;
  const destination = destinationOf(ctx, label_type);
  const printer_id =
    input.printer_id ?? destination?.printer_id ?? refuse('printer_not_routed', { label_type });
  const printer = printerWith(ctx, printer_id);
  if (!printer.is_active) refuse('printer_switched_off', { printer_name: printer.printer_name });
  const copies = input.copies ?? destination?.copies ?? 1;
  const is_verified = input.is_verified ?? destination?.is_verified ?? false;
  const template = templateFor(ctx, label_type);
  refuseSmallStock(template, printer);
  const reason = input.reprint_reason ?? '';
  const labels = sourcesOf(ctx, input).map(source => {
    const label = readyLabel(ctx, input, source);
    const printed = printedBefore(ctx, label);
    refuseRepeated(ctx, label, printed, { reason, isConfirmed: input.confirm_duplicate });
    const mark = UNIQUE_LABELS.includes(label_type) && printed > 0 ? copyMark(label.language, printed) : '';
    return mark === '' ? label : readyLabel(ctx, input, source, mark);
  });
  const placed = laidOut(template, labels, printer);
  const batch_id = labels.length > 1 ? ctx.newId('print_jobs') : null;
  const first_position = nextPosition(ctx);
  const job_ids = placed.map(({ label, content_of }, at) => {
    const { barcode_value } = keepLabel(ctx, label, template);
    const isCopy = label.values.copy_mark !== '';
    return ctx.insert(print_jobs, {
      printer_id,
      prints: label_type,
      title: label.source.title.slice(0, 200),
      barcode_label_id: label.label_id,
      content_key: keyOf(label_type, label.label_id),
      barcode_value,
      content: content_of(copies),
      copies,
      state: 'QUEUED',
      queued_at_ms: ctx.now_ms,
      queue_position: first_position + at,
      batch_id,
      batch_position: batch_id ? at + 1 : null,
      reprint_reason: isCopy ? reason : null,
      verification: is_verified && barcode_value !== '' ? 'PENDING' : 'NONE',
    }).id;
  });
  return {
    job_ids,
    batch_id,
    printer_name: printer.printer_name,
    is_fallback: input.printer_id === undefined && (destination?.is_fallback ?? false),
    is_verified,
  };
}

/** All labels are laid out before the first one is queued. Refuses `label_overflow` with every problem. */
export function laidOut(template: Template, labels: readonly ReadyLabel[], printer: PrinterRow) {
  const placed = labels.map(label => ({
    label,
    placed: placedLabel(template.layout, label, printer.density_dpi),
  }));
  const problems = placed.flatMap(({ label, placed: { problems: own } }) =>
    own.map(({ key, code, detail }) => ({ title: label.source.title, key, code, detail })),
  );
  const [first] = problems;
  if (first) refuse('label_overflow', { ...first, count: problems.length, problems: problems.slice(0, 20) });
  return placed.map(({ label, placed: own }) => ({
    label,
    content_of: (copies: number) => printContent(own, printer, copies),
  }));
}
function refuseSmallStock({ layout }: Template, printer: PrinterRow): void {
  const { media_width_mm, media_height_mm, printer_name } = printer;
  if (layout.width_mm > media_width_mm + 0.5 || layout.height_mm > media_height_mm + 0.5)
    refuse('label_stock_too_small', {
      printer_name,
      label: `${layout.width_mm} × ${layout.height_mm} mm`,
      stock: `${media_width_mm} × ${media_height_mm} mm`,
    });
}

/** How often this very label came out of a printer. */
export const printedBefore = (ctx: ReadCtx, { label_id }: ReadyLabel): number =>
  ctx.sql.get<{ print_count: number }>('select print_count from barcode_labels where id = ?', [label_id])
    ?.print_count ?? 0;

function refuseRepeated(
  ctx: ReadCtx,
  label: ReadyLabel,
  printed: number,
  { reason, isConfirmed }: { reason: string; isConfirmed: boolean },
): void {
  const { title } = label.source;
  const isUnique = UNIQUE_LABELS.includes(label.label_type);
  if (isUnique && printed > 0 && reason === '') refuse('label_printed_before', { title, count: printed });
  if (isConfirmed) return;
  const waiting = ctx.sql.get<{ id: string }>(
    `select id from print_jobs where content_key = ? and (state in ('QUEUED', 'SENDING', 'UNKNOWN', 'FAILED')
       or (state = 'PRINTED' and queued_at_ms > ?)) limit 1`,
    [keyOf(label.label_type, label.label_id), isUnique ? ctx.now_ms : ctx.now_ms - DUPLICATE_MS],
  );
  if (waiting) refuse('label_duplicate', { title });
}

/** The row by which a scan finds what the label is of. */
export function keepLabel(ctx: CommandCtx, label: ReadyLabel, { template_id, layout }: Template) {
  const { label_id, label_code, label_type, source, values } = label;
  const barcode = mainBarcode(layout, values);
  const facts = {
    ...barcode,
    template_id,
    label_size: `${layout.width_mm}x${layout.height_mm}`,
    label_data: values,
    is_active: true,
  };
  const id = label_id as Id<'barcode_labels'>;
  const held = ctx.db
    .select({ id: t.barcode_labels.id })
    .from(t.barcode_labels)
    .where(eq(t.barcode_labels.id, id))
    .get();
  if (held) ctx.update(barcode_labels, id, facts);
  else
    ctx.insert(barcode_labels, {
      id,
      plant_id: ctx.actor.plant_id,
      label_code,
      label_type,
      entity_type: source.entity_type,
      entity_id: source.entity_id,
      ...facts,
    });
  return barcode;
}
