import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { WantedLabels } from '../../../preload/contract/labels.ts';
import type { SheetStock } from '../../../preload/contract/logistics.ts';
import { timeInZone } from '../../platform/days.ts';
import { askState } from '../../printing/delivery/zpl-state.ts';
import { svgOf } from '../../printing/labels/svg.rules.ts';
import type { JobCtx, JobWork } from '../../rpc/handlers.ts';
import { refuse } from '../../rpc/refusal.ts';
import { plantFacts } from '../printing/document-facts.service.ts';
import { placedLabel, readyLabel, sourcesOf, templateFor } from './labels.service.ts';
import { layOutRun } from './print-labels.service.ts';
import { printerWith } from './printers.service.ts';
import { layOutResume } from './resume.service.ts';
import { refuseSmallSheet } from './sheet-stock.rules.ts';

export interface MadeSheets {
  html_path: string;
  pdf_path: string;
  file_name: string;
  pages: number;
  labels: number;
}
interface LabelBundle {
  labelSheets(labels: readonly string[], stock: SheetStock): string;
}
/** Sheets are drawn as finely as the finer print head. */
const SHEET_DPI = 300;

async function makeSheets(ctx: JobCtx, wanted: WantedLabels & { stock: SheetStock }): Promise<MadeSheets> {
  const sources = sourcesOf(ctx, wanted);
  const { layout } = templateFor(ctx, wanted.label_type);
  refuseSmallSheet(wanted.stock, layout, ctx.actor.locale);
  const drawn = sources.map((source, at) => {
    ctx.progress('laying_out', at, sources.length);
    const placed = placedLabel(ctx, layout, readyLabel(ctx, wanted, source), SHEET_DPI);
    const [first] = placed.problems;
    if (first) refuse('label_overflow', { title: source.title, ...first, count: placed.problems.length });
    return svgOf(placed);
  });
  const bundle = path.join(ctx.dist_folder, 'print/print.js');
  if (!existsSync(bundle)) refuse('print_parts_missing', { file: 'dist/print/print.js' });
  const { labelSheets }: LabelBundle = await import(pathToFileURL(bundle).href);
  const stem = path.join(ctx.work_folder, `labels-${randomUUID()}`);
  writeFileSync(`${stem}.html`, labelSheets(drawn, wanted.stock));
  const { timezone } = plantFacts(ctx, ctx.actor.plant_id);
  const at = timeInZone(ctx.now_ms, timezone).replace(' ', '_').replace(':', '');
  return {
    html_path: `${stem}.html`,
    pdf_path: `${stem}.pdf`,
    file_name: `Labels_${wanted.label_type}_${at}.pdf`,
    pages: 0,
    labels: drawn.length,
  };
}

/** In a job thread: the answer may take as long as the printer is given. Refuses `printer_not_asked`. */
async function askPrinter(ctx: JobCtx, { printer_id }: { printer_id: string }) {
  const printer = printerWith(ctx, printer_id);
  const { printer_name } = printer;
  if (printer.printer_kind !== 'TCP') refuse('printer_not_asked', { printer_name });
  const answer = await askState(printer);
  return answer.kind === 'told' ? answer : { kind: answer.kind, troubles: [], waiting: 0 };
}

/** Functions of this module that run in a job thread. */
export const logisticsWorks: Record<string, JobWork> = {
  'logistics.askPrinter': askPrinter,
  'logistics.layOutRun': layOutRun,
  'logistics.layOutResume': layOutResume,
  'logistics.sheets': makeSheets,
};
