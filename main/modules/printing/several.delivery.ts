import { rmSync } from 'node:fs';
import { deliverPdf } from '../../printing/pdf-file.ts';
import type { DeliveryPorts } from '../../rpc/handlers.ts';
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

/** What was sent before a printer refuses stays printed; the refusal says where it stopped. */
export async function printSeveral(
  ports: DeliveryPorts,
  made: MadeSeveral,
  printer: string,
): Promise<MadeSeveral> {
  try {
    await oneByOne(ports, made, part => deliverToPrinter(ports, part, { printer, silent: true }));
    return made;
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
