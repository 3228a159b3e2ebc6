import { rmSync } from 'node:fs';
import type { DeliveryPorts } from '../../rpc/handlers.ts';
import { refuse } from '../../rpc/refusal.ts';
import type { MadeDocument } from './printing.works.ts';

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
