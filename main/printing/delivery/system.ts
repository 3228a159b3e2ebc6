import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Printers } from '../../platform/ports.ts';
import { type DeliveryOutcome, PRINTED } from './outcome.ts';

/** Gives a drawn page to a printer of the operating system; only the desktop program has those. */
export async function sendToSystem(
  html: string,
  printers: Printers | null,
  to: { printer: string; work_folder: string; name: string },
): Promise<DeliveryOutcome> {
  if (!printers) return { kind: 'failed', code: 'printer_unavailable', detail: to.printer };
  const file = path.join(to.work_folder, `${to.name}.html`);
  try {
    if (!(await printers.list()).some(known => known.name === to.printer))
      return { kind: 'failed', code: 'printer_unavailable', detail: to.printer };
    await writeFile(file, html);
    await printers.print(file, { printer: to.printer, silent: true });
    return PRINTED;
  } catch (error) {
    return {
      kind: 'failed',
      code: 'printer_refused',
      detail: error instanceof Error ? error.message : String(error),
    };
  } finally {
    await rm(file, { force: true });
  }
}
