import { rmSync } from 'node:fs';
import { deliverPdf } from '../../printing/pdf-file.ts';
import type { DeliveryPorts } from '../../rpc/handlers.ts';
import { isRefusal } from '../../rpc/refusal.ts';
import { deliverToPrinter } from './printing.delivery.ts';
import type { MadeSeveral } from './several.works.ts';

/** Pages build by build, then one file of them. What lies beside it is removed, also when it was given up. */
export async function deliverSeveral(ports: DeliveryPorts, made: MadeSeveral): Promise<MadeSeveral> {
  try {
    await oneByOne(ports, made, part => deliverPdf({ ...ports, progress: () => undefined }, part));
    ports.progress('joining', made.parts.length, made.parts.length);
    // Loaded here alone: no start waits for the PDF library.
    const { joinPdfs } = await import('../../printing/joined-pdf.ts');
    return { ...made, pages: await joinPdfs(made.parts, made.pdf_path) };
  } finally {
    for (const { html_path, pdf_path } of made.parts)
      for (const file of [html_path, pdf_path]) rmSync(file, { force: true });
  }
}

/**
 * What was sent before the printer refused, or before the person gave up, is on paper: it is told and recorded, with
 * the build where it stopped. Refuses as the printer does when nothing came out.
 */
export async function printSeveral(
  ports: DeliveryPorts,
  made: MadeSeveral,
  printer: string,
): Promise<MadeSeveral> {
  const printed: MadeSeveral['parts'] = [];
  try {
    await oneByOne(ports, made, async part => {
      await deliverToPrinter(ports, part, { printer, silent: true });
      printed.push(part);
    });
    return made;
  } catch (error) {
    const next = made.parts[printed.length];
    if (printed.length === 0 || !isRefusal(error)) throw error;
    if (!next) return made;
    const { order_number, build_number } = next;
    const stopped = { order_number, build_number, code: error.code, details: error.details };
    return { ...made, parts: printed, stopped };
  } finally {
    for (const { html_path } of made.parts) rmSync(html_path, { force: true });
  }
}

async function oneByOne(
  ports: DeliveryPorts,
  { parts }: MadeSeveral,
  deliver: (part: MadeSeveral['parts'][number]) => Promise<unknown>,
): Promise<void> {
  for (const [at, part] of parts.entries()) {
    ports.goOn();
    ports.progress('printing', at, parts.length);
    await deliver(part);
  }
  ports.goOn();
}
