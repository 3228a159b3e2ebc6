import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { DeliveryPorts } from '../../rpc/handlers.ts';
import { refuse } from '../../rpc/refusal.ts';
import type { MadeDocument } from './printing.works.ts';

/** HTML file to PDF file. Refuses `pdf_engine_missing`; what is left over is removed. */
export async function deliverPdf(ports: DeliveryPorts, made: MadeDocument): Promise<MadeDocument> {
  try {
    const engine = ports.pdf ?? refuse('pdf_engine_missing');
    await engine.print(made.html_path, made.pdf_path);
    ports.progress('printing', 3, 3);
    return { ...made, pages: pagesOf(await readFile(made.pdf_path, 'latin1')) };
  } finally {
    rmSync(made.html_path, { force: true });
  }
}
/** Page objects of a PDF as Chromium writes them: uncompressed, one `/Type /Page` each. */
const pagesOf = (pdf: string): number => pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;

export interface PrinterChoice {
  printer: string | null;
  silent: boolean;
}
/** Refuses `printer_missing` where this computer has none, `printer_failed` with the reason of the system. */
export async function deliverToPrinter(
  ports: DeliveryPorts,
  made: MadeDocument,
  choice: PrinterChoice,
): Promise<MadeDocument> {
  try {
    const printers = ports.printers ?? refuse('printer_missing', { printer: choice.printer ?? '' });
    const known = choice.printer === null || (await printers.list()).some(p => p.name === choice.printer);
    if (!known) refuse('printer_missing', { printer: choice.printer });
    await printers.print(made.html_path, { printer: choice.printer, silent: choice.silent });
    return made;
  } finally {
    rmSync(made.html_path, { force: true });
  }
}
