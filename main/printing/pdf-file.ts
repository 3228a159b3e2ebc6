import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { DeliveryPorts } from '../rpc/handlers.ts';
import { refuse } from '../rpc/refusal.ts';

/** HTML file to PDF file. Refuses `pdf_engine_missing`; what is left over is removed. */
export async function deliverPdf<Made extends { html_path: string; pdf_path: string; pages: number }>(
  ports: DeliveryPorts,
  made: Made,
): Promise<Made> {
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
