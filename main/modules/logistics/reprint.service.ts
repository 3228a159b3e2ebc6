import { eq } from 'drizzle-orm';
import type { Id } from '../../../db/kit/columns.ts';
import { label_templates, print_jobs } from '../../../db/schema/logistics.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { TextLanguage } from '../../../preload/contract/document-data.ts';
import { COPY_MARK, type LabelType } from '../../../preload/contract/labels.ts';
import type { logistics, PrinterFacts, PrintJob } from '../../../preload/contract/logistics.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import { layOut, type PlacedLabel } from '../../printing/labels/layout.rules.ts';
import { svgOf } from '../../printing/labels/svg.rules.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { copyMark } from './copy-mark.rules.ts';
import { exampleValues } from './example-values.rules.ts';
import { keyOf, printContent } from './print-labels.service.ts';
import { printerWith } from './printers.service.ts';
import { jobWith, type PrintJobId, storedJob } from './queue.service.ts';
import { nextPosition, type Place } from './queue-run.service.ts';
import { templateRowOf } from './templates.service.ts';
import { testPage } from './test-page.rules.ts';

type Input<P extends keyof typeof logistics> = ParsedInputOf<(typeof logistics)[P]>;

const labelRow = (ctx: ReadCtx, id: string) =>
  ctx.db
    .select()
    .from(t.barcode_labels)
    .where(eq(t.barcode_labels.id, id as Id<'barcode_labels'>))
    .get() ?? refuse('row_not_found', { table: 'barcode_labels', id });

/** The very label that was printed: same layout version, same values. Refuses `label_template_missing`. */
function placedAgain(ctx: ReadCtx, label_id: string, look: Look): PlacedLabel {
  const label = labelRow(ctx, label_id);
  const template = label.template_id
    ? ctx.db.select().from(t.label_templates).where(eq(t.label_templates.id, label.template_id)).get()
    : undefined;
  if (!template) return refuse('label_template_missing', { label_type: label.label_type });
  const values = { ...label.label_data, [COPY_MARK]: look.copy_mark };
  return layOut(template.layout, values, {
    language: look.language,
    reader: ctx.actor.locale,
    dpi: look.dpi,
  });
}
interface Look {
  language: TextLanguage;
  dpi: PrinterFacts['density_dpi'];
  copy_mark: string;
}
const languageOf = (ctx: ReadCtx, label_data: Record<string, string>): TextLanguage => {
  const order = ctx.sql.get<{ document_language: 'EN' | 'FR' | 'SP' }>(
    'select document_language from orders where order_number = ? and build_number = ?',
    [label_data.order_number ?? '', label_data.build_number ?? ''],
  );
  return order ? ({ EN: 'en', FR: 'fr', SP: 'es' } as const)[order.document_language] : ctx.actor.locale;
};

export function getLabel(ctx: ReadCtx, { label_id }: Input<'getLabel'>) {
  const label = labelRow(ctx, label_id);
  const printer = label.printed_by_user_id
    ? ctx.sql.get<{ full_name: string }>('select full_name from users where id = ?', [
        label.printed_by_user_id,
      ])
    : undefined;
  const look = { language: languageOf(ctx, label.label_data), dpi: 203, copy_mark: '' } as const;
  return {
    label_id,
    label_code: label.label_code,
    label_type: label.label_type,
    barcode_value: label.barcode_value,
    print_count: label.print_count,
    last_printed_at_ms: label.last_printed_at_ms,
    printed_by_name: printer?.full_name ?? null,
    is_active: label.is_active,
    fields: Object.entries(label.label_data)
      .filter(([field, value]) => value !== '' && field !== COPY_MARK)
      .map(([field, value]) => ({ field, value })),
    svg: svgOf(placedAgain(ctx, label_id, look)),
  };
}

interface Again {
  printer: PrinterFacts;
  prints: string;
  title: string;
  content: string;
  content_key: string;
}
export interface Copy extends Again {
  barcode_label_id: Id<'barcode_labels'>;
  barcode_value: string;
}
export function queued(
  ctx: CommandCtx,
  job: Again &
    Partial<Place> & {
      barcode_label_id?: Id<'barcode_labels'>;
      barcode_value?: string;
      copies?: number;
      reprint_of?: PrintJobId;
      reprint_reason?: string;
      verification?: 'NONE' | 'PENDING';
      batch_id?: string;
      batch_position?: number;
    },
): PrintJobId {
  const { printer, ...rest } = job;
  return ctx.insert(print_jobs, {
    printer_id: printer.printer_id,
    state: 'QUEUED',
    queued_at_ms: ctx.now_ms,
    queue_position: nextPosition(ctx),
    ...rest,
  }).id;
}

/** How often a label was printed decides the number on its next copy. */
export function copyOf(ctx: ReadCtx, job_id: PrintJobId): Copy {
  const job = storedJob(ctx, job_id);
  if (!job.barcode_label_id) return refuse('print_job_not_label', { title: job.title });
  const label = labelRow(ctx, job.barcode_label_id);
  const printer = printerWith(ctx, job.printer_id);
  const language = languageOf(ctx, label.label_data);
  const copy_mark = copyMark(language, Math.max(1, label.print_count));
  const placed = placedAgain(ctx, label.id, { language, dpi: printer.density_dpi, copy_mark });
  const [first] = placed.problems;
  if (first) refuse('label_overflow', { title: job.title, ...first, count: 1 });
  return {
    printer,
    prints: job.prints,
    title: job.title,
    content: printContent(placed, printer, 1),
    content_key: keyOf(job.prints, label.id),
    barcode_label_id: label.id,
    barcode_value: job.barcode_value,
  };
}
export function reprintJob(ctx: CommandCtx, { job_id, reason }: Input<'reprintJob'>): PrintJob {
  const { verification } = storedJob(ctx, job_id);
  const id = queued(ctx, {
    ...copyOf(ctx, job_id),
    copies: 1,
    reprint_of: job_id,
    reprint_reason: reason,
    verification: verification === 'NONE' ? 'NONE' : 'PENDING',
  });
  // A label that did not verify is replaced by its copy: that one has to be read.
  if (verification === 'FAILED' || verification === 'PENDING')
    ctx.update(print_jobs, job_id, { verification: 'NONE' });
  ctx.because(reason);
  return jobWith(ctx, id);
}

export function printTestPage(ctx: CommandCtx, { printer_id }: Input<'printTestPage'>): PrintJob {
  const printer = printerWith(ctx, printer_id);
  if (!printer.is_active) refuse('printer_switched_off', { printer_name: printer.printer_name });
  const layout = testPage(printer.media_width_mm, printer.media_height_mm);
  const values = {
    printer: printer.printer_name,
    density: `${printer.density_dpi} dpi`,
    printed_on: ctx.today(),
  };
  const { locale } = ctx.actor;
  const placed = layOut(layout, values, { language: locale, reader: locale, dpi: printer.density_dpi });
  const job = {
    printer,
    prints: 'TEST_PAGE',
    title: printer.printer_name,
    content: printContent(placed, printer, 1),
    content_key: keyOf('TEST_PAGE', printer_id),
  };
  return jobWith(ctx, queued(ctx, job));
}

export function printTestLabel(ctx: CommandCtx, input: Input<'printTestLabel'>): PrintJob {
  const printer = printerWith(ctx, input.printer_id);
  if (!printer.is_active) refuse('printer_switched_off', { printer_name: printer.printer_name });
  const row = templateRowOf(ctx, input.template_id);
  const type: LabelType = row.label_type;
  const placed = layOut(row.layout, exampleValues(type), {
    language: input.language,
    reader: ctx.actor.locale,
    dpi: printer.density_dpi,
  });
  const [first] = placed.problems;
  if (first) refuse('label_overflow', { title: row.template_code, ...first, count: placed.problems.length });
  const job = {
    printer,
    prints: 'TEST_PAGE',
    title: `${row.template_code} V${row.template_version}`,
    content: printContent(placed, printer, 1),
    content_key: keyOf(label_templates.name, row.id),
  };
  return jobWith(ctx, queued(ctx, job));
}
