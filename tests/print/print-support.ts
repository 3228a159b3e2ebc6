import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { onTestFinished } from 'vitest';
import { compose, programFolders } from '../../main/compose.ts';
import { installDemoPlant } from '../../main/demo-plant.ts';
import { silentLog } from '../../main/platform/log.ts';
import type { Printers } from '../../main/platform/ports.ts';
import { findChromiumEngine } from '../../main/printing/chromium-engine.ts';
import type { DocumentName, Paper, TextLanguage } from '../../preload/contract/document-data.ts';
import type { DocumentParams } from '../../preload/contract/printing.ts';
import { type AtEnd, countedIds, temporaryFolder, testClock } from '../support/station.ts';

export const engine = findChromiumEngine();
const hasPoppler = (() => {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
export const canPrint = engine !== null && hasPoppler;
// biome-ignore lint/suspicious/noConsole: a skipped test says why
if (!canPrint) console.warn('skipped: printing needs a Chromium-based browser and poppler-utils');

/** The print bundle, built for these tests so that it is never older than the layouts. */
export async function buildPrintBundle(dist: string): Promise<void> {
  const root = path.resolve(import.meta.dirname, '../..');
  await build({
    root,
    configFile: path.join(root, 'vite.print.config.ts'),
    logLevel: 'error',
    build: { outDir: path.join(dist, 'print') },
  });
}
/** The shipped plant with its orders, printing with the browser of this machine. Whoever opens it closes it. */
export async function openDemoStation(dist: string, atEnd?: AtEnd, printers: Printers | null = null) {
  const station = compose({
    data_folder: temporaryFolder('millwright-', atEnd),
    clock: testClock(),
    ids: countedIds(),
    log: silentLog,
    check_outputs: true,
    pdf: engine,
    printers,
    folders: { ...programFolders(), dist },
  });
  await installDemoPlant(station);
  return station;
}
export async function demoStation(dist: string) {
  const station = await openDemoStation(dist);
  onTestFinished(() => station.close());
  return station;
}
export type DemoStation = Awaited<ReturnType<typeof demoStation>>;
export interface DemoBuild {
  order_id: NonNullable<DocumentParams['order_id']>;
  order_number: string;
  build_number: string;
  document_language: 'EN' | 'FR' | 'SP';
}
export const buildsOfDemo = (station: DemoStation): DemoBuild[] =>
  station.readAsSystem(ctx =>
    ctx.sql.all<DemoBuild>(
      "select id as order_id, order_number, build_number, document_language from orders where order_kind = 'CUSTOMER_BUILD' order by order_number, build_number",
    ),
  );

/** A PDF through the same job the window uses. */
export async function pdfOf(
  station: DemoStation,
  document: DocumentName,
  params: DocumentParams,
  look: { paper?: Paper; language?: TextLanguage } = {},
) {
  const reply = await station.callAsSystem('printing.renderPdf', { document, params, ...look });
  if (!reply.ok) throw new Error(`${reply.error.code} ${JSON.stringify(reply.error.details)}`);
  const { ticket, pages, file_name } = reply.value as { ticket: string; pages: number; file_name: string };
  const file = path.join(temporaryFolder('pdf-'), 'document.pdf');
  copyFileSync(station.transfers.download(ticket)?.path ?? '', file);
  return { file, pages, file_name };
}
/** Text of each page, laid out as on paper. */
export const pageTexts = (file: string): string[] =>
  execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8', maxBuffer: 64_000_000 })
    .split('\f')
    .slice(0, -1);
export function pdfFacts(file: string): { pages: number; page_size: string; fonts: string } {
  const facts = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
  return {
    pages: Number(/^Pages:\s+(\d+)/m.exec(facts)?.[1]),
    page_size: /^Page size:\s+(.+)$/m.exec(facts)?.[1] ?? '',
    fonts: execFileSync('pdffonts', [file], { encoding: 'utf8' }),
  };
}
