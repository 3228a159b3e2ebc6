import { createHash } from 'node:crypto';
import { barcode_labels, print_jobs } from '../../../db/schema/logistics.ts';
import type { TextLanguage } from '../../../preload/contract/document-data.ts';
import { MOST_AT_ONCE, UNIQUE_LABELS } from '../../../preload/contract/labels.ts';
import type { logistics, PrinterFacts } from '../../../preload/contract/logistics.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { PlacedLabel } from '../../printing/labels/layout.rules.ts';
import { sizeWords } from '../../printing/labels/size-words.rules.ts';
import { svgOf } from '../../printing/labels/svg.rules.ts';
import { zplOf } from '../../printing/labels/zpl.rules.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import type { JobCtx } from '../../rpc/handlers.ts';
import { refuse } from '../../rpc/refusal.ts';
import { copyMark } from './copy-mark.rules.ts';
import type { LabelSource } from './label-values.service.ts';
import {
  mainBarcode,
  placedLabel,
  type ReadyLabel,
  readyLabel,
  sourcesOf,
  templateFor,
} from './labels.service.ts';
import { destinationOf, printerWith } from './printers.service.ts';
import {
  nextPosition,
  type QueuedRun,
  type QueueStep,
  queueSlices,
  releaseRun,
} from './queue-run.service.ts';
import type { Template } from './templates.service.ts';

type Input<P extends keyof typeof logistics> = ParsedInputOf<(typeof logistics)[P]>;
/** The same label of a kind that has many copies is asked about within this time. */
const DUPLICATE_MS = 10_000;

export const keyOf = (prints: string, label_id: string): string =>
  createHash('sha256').update(`${prints} ${label_id}`).digest('hex');

/** What is sent to the printer, in its own language. */
export const printContent = (placed: PlacedLabel, printer: PrinterFacts, copies: number): string =>
  printer.language === 'ZPL' ? zplOf(placed, { copies, darkness: printer.darkness }) : svgOf(placed);

type WantedRun = Input<'printLabels'>;
/** A label of a run as it will be kept and sent. */
interface PreparedLabel extends ReadyLabel {
  /** How often it had come out when it was laid out; a copy carries the number. */
  printed: number;
  barcode: ReturnType<typeof mainBarcode>;
  content: string;
}
/** Everything a run is, worked out without writing. */
interface PreparedRun extends QueuedRun {
  batch_id: string | null;
  printer_id: PrinterFacts['printer_id'];
  printer_name: string;
  template_id: Template['template_id'];
  label_size: string;
  copies: number;
  is_verified: boolean;
  is_fallback: boolean;
  labels: PreparedLabel[];
}

/** Up to `MOST_AT_ONCE` labels in one command; longer runs are laid out beside the calls by `layOutRun`. */
export function printLabels(ctx: CommandCtx, input: WantedRun) {
  const sources = sourcesOf(ctx, input);
  if (sources.length > MOST_AT_ONCE) refuse('label_too_many', { count: sources.length, most: MOST_AT_ONCE });
  const run = preparedRun(ctx, input, sources, () => undefined);
  for (const label of run.labels) keepLabel(ctx, label, run);
  nameBatch(ctx, run);
  const first_position = nextPosition(ctx);
  run.job_ids = stepsOf(run, input).map((step, at) =>
    step(ctx, { state: 'QUEUED', state_code: '', queue_position: first_position + at }),
  );
  return toldOf(run);
}

/** In a job thread: a long run, laid out while other calls go on. */
export async function layOutRun(ctx: JobCtx, input: WantedRun): Promise<PreparedRun> {
  const sources = sourcesOf(ctx, input);
  return preparedRun(ctx, input, sources, done => ctx.progress('laying_out', done, sources.length));
}
const LABELS_A_SLICE = 20;
/**
 * The rows of the labels come first, a few at a time; they say nothing about paper, so a run that is refused here has
 * done nothing. Then all of the run goes into the queue, from which none of it leaves before `finishRun`.
 */
export function* runSlices(run: PreparedRun, input: WantedRun) {
  for (let from = 0; from < run.labels.length; from += LABELS_A_SLICE)
    yield (ctx: CommandCtx): void => {
      for (const label of run.labels.slice(from, from + LABELS_A_SLICE)) {
        refuseChanged(ctx, label, input);
        keepLabel(ctx, label, run);
      }
    };
  yield (ctx: CommandCtx): void => {
    const { printer_name, is_active } = printerWith(ctx, run.printer_id);
    if (!is_active) refuse('printer_switched_off', { printer_name });
    nameBatch(ctx, run);
  };
  yield* queueSlices(stepsOf(run, input), run);
}
export function finishRun(ctx: CommandCtx, run: PreparedRun) {
  releaseRun(ctx, run);
  return toldOf(run);
}
/** What was printed while the run was laid out is asked about again. */
function refuseChanged(ctx: CommandCtx, label: PreparedLabel, input: WantedRun): void {
  const printed = printedBefore(ctx, label);
  if (printed !== label.printed) refuse('label_duplicate', { title: label.source.title });
  refuseRepeated(ctx, label, printed, input);
}

function preparedRun(
  ctx: ReadCtx,
  input: WantedRun,
  sources: readonly LabelSource[],
  progress: (done: number) => void,
): PreparedRun {
  const { label_type } = input;
  const destination = destinationOf(ctx, label_type);
  const printer_id =
    input.printer_id ?? destination?.printer_id ?? refuse('printer_not_routed', { label_type });
  const printer = printerWith(ctx, printer_id);
  const { printer_name } = printer;
  if (!printer.is_active) refuse('printer_switched_off', { printer_name });
  const copies = input.copies ?? destination?.copies ?? 1;
  const template = templateFor(ctx, label_type);
  const { template_id, layout } = template;
  refuseSmallStock(template, printer, ctx.actor.locale);
  const labels = sources.map(source => {
    const label = readyLabel(ctx, input, source);
    const printed = printedBefore(ctx, label);
    refuseRepeated(ctx, label, printed, input);
    const mark = UNIQUE_LABELS.includes(label_type) && printed > 0 ? copyMark(label.language, printed) : '';
    return { ...(mark === '' ? label : readyLabel(ctx, input, source, mark)), printed };
  });
  return {
    job_ids: [],
    batch_id: null,
    printer_id,
    printer_name,
    template_id,
    label_size: `${layout.width_mm}x${layout.height_mm}`,
    copies,
    is_verified: input.is_verified ?? destination?.is_verified ?? false,
    is_fallback: input.printer_id === undefined && (destination?.is_fallback ?? false),
    labels: laidOut(ctx, layout, labels, printer, progress).map(({ label, placed }) => ({
      ...label,
      barcode: mainBarcode(layout, label.values),
      content: printContent(placed, printer, copies),
    })),
  };
}

function nameBatch(ctx: CommandCtx, run: PreparedRun): void {
  if (run.labels.length > 1) run.batch_id = ctx.newId('print_jobs');
}
/** One step per label; the batch has its name by the time the first one is taken. */
function stepsOf(run: PreparedRun, { label_type, reprint_reason }: WantedRun): QueueStep[] {
  return run.labels.map(({ label_id, source, values, barcode, content }, at) => (ctx, place) => {
    const { barcode_value } = barcode;
    const isCopy = values.copy_mark !== '';
    return ctx.insert(print_jobs, {
      printer_id: run.printer_id,
      prints: label_type,
      title: source.title.slice(0, 200),
      barcode_label_id: label_id,
      content_key: keyOf(label_type, label_id),
      barcode_value,
      content,
      copies: run.copies,
      queued_at_ms: ctx.now_ms,
      batch_id: run.batch_id,
      batch_position: run.batch_id ? at + 1 : null,
      reprint_reason: isCopy ? (reprint_reason ?? '') : null,
      verification: run.is_verified && barcode_value !== '' ? 'PENDING' : 'NONE',
      ...place,
    }).id;
  });
}
const toldOf = ({ job_ids, batch_id, printer_name, is_fallback, is_verified }: PreparedRun) => ({
  job_ids,
  batch_id,
  printer_name,
  is_fallback,
  is_verified,
});

/** All labels are laid out before the first one is queued. Refuses `label_overflow` with every problem. */
function laidOut<L extends ReadyLabel>(
  ctx: ReadCtx,
  layout: Template['layout'],
  labels: readonly L[],
  printer: PrinterFacts,
  progress: (done: number) => void,
): { label: L; placed: PlacedLabel }[] {
  const all = labels.map((label, at) => {
    progress(at);
    return { label, placed: placedLabel(ctx, layout, label, printer.density_dpi) };
  });
  const problems = all.flatMap(({ label, placed: { problems: own } }) =>
    own.map(({ key, code, detail }) => ({ title: label.source.title, key, code, detail })),
  );
  const [first] = problems;
  if (first) refuse('label_overflow', { ...first, count: problems.length, problems: problems.slice(0, 20) });
  return all;
}
function refuseSmallStock({ layout }: Template, printer: PrinterFacts, language: TextLanguage): void {
  const { media_width_mm, media_height_mm, printer_name } = printer;
  if (layout.width_mm > media_width_mm + 0.5 || layout.height_mm > media_height_mm + 0.5)
    refuse('label_stock_too_small', {
      printer_name,
      label: sizeWords(layout.width_mm, layout.height_mm, language),
      stock: sizeWords(media_width_mm, media_height_mm, language),
    });
}

/** How often this very label came out of a printer. */
const printedBefore = (ctx: ReadCtx, { label_id }: ReadyLabel): number =>
  ctx.sql.get<{ print_count: number }>('select print_count from barcode_labels where id = ?', [label_id])
    ?.print_count ?? 0;

function refuseRepeated(
  ctx: ReadCtx,
  label: ReadyLabel,
  printed: number,
  { reprint_reason = '', confirm_duplicate }: WantedRun,
): void {
  const { title } = label.source;
  const isUnique = UNIQUE_LABELS.includes(label.label_type);
  if (isUnique && printed > 0 && reprint_reason === '')
    refuse('label_printed_before', { title, count: printed });
  if (confirm_duplicate) return;
  const waiting = ctx.sql.get<{ id: string }>(
    `select id from print_jobs where content_key = ? and (state in ('QUEUED', 'SENDING', 'UNKNOWN', 'FAILED')
       or (state = 'PRINTED' and queued_at_ms > ?)) limit 1`,
    [keyOf(label.label_type, label.label_id), isUnique ? ctx.now_ms : ctx.now_ms - DUPLICATE_MS],
  );
  if (waiting) refuse('label_duplicate', { title });
}

/** The row by which a scan finds what the label is of. */
function keepLabel(ctx: CommandCtx, label: PreparedLabel, { template_id, label_size }: PreparedRun): void {
  const { label_id, label_code, label_type, source, values, barcode } = label;
  const facts = { ...barcode, template_id, label_size, label_data: values, is_active: true };
  const held = ctx.sql.get('select 1 from barcode_labels where id = ?', [label_id]);
  if (held) ctx.update(barcode_labels, label_id, facts);
  else
    ctx.insert(barcode_labels, {
      id: label_id,
      plant_id: ctx.actor.plant_id,
      label_code,
      label_type,
      entity_type: source.entity_type,
      entity_id: source.entity_id,
      ...facts,
    });
}
