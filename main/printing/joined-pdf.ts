import { readFile, writeFile } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ParseSpeeds, PDFDocument, PDFHexString, PDFName, PDFNumber, type PDFRef } from '@cantoo/pdf-lib';

const OBJECTS_A_TURN = 50;
interface Part {
  pdf_path: string;
  title: string;
}

/** PDF files one after the other in one file, each under a bookmark of its own; answers the pages. */
export async function joinPdfs(parts: readonly Part[], pdf_path: string): Promise<number> {
  const joined = await PDFDocument.create();
  const firsts: { title: string; page: PDFRef }[] = [];
  for (const { pdf_path: file, title } of parts) {
    const part = await PDFDocument.load(await readFile(file), { parseSpeed: ParseSpeeds.Slow });
    for (const [at, page] of (await joined.copyPages(part, part.getPageIndices())).entries()) {
      joined.addPage(page);
      if (at === 0) firsts.push({ title, page: page.ref });
    }
    await nextTurn();
  }
  addBookmarks(joined, firsts);
  await writeFile(pdf_path, await joined.save({ objectsPerTick: OBJECTS_A_TURN }));
  return joined.getPageCount();
}

/** A flat outline: one entry for each first page, chained as PDF 32000-1, 12.3.3 asks. */
function addBookmarks(joined: PDFDocument, firsts: readonly { title: string; page: PDFRef }[]): void {
  const { context, catalog } = joined;
  const outline = context.nextRef();
  const entries = firsts.map(() => context.nextRef());
  const [first] = entries;
  const last = entries.at(-1);
  if (!first || !last) return;
  for (const [at, { title, page }] of firsts.entries()) {
    const [own, previous, next] = [entries[at], entries[at - 1], entries[at + 1]];
    if (!own) continue;
    const entry = context.obj({ Parent: outline, Dest: [page, PDFName.of('Fit')] });
    entry.set(PDFName.of('Title'), PDFHexString.fromText(title));
    if (previous) entry.set(PDFName.of('Prev'), previous);
    if (next) entry.set(PDFName.of('Next'), next);
    context.assign(own, entry);
  }
  const head = context.obj({ Type: 'Outlines', First: first, Last: last });
  head.set(PDFName.of('Count'), PDFNumber.of(firsts.length));
  context.assign(outline, head);
  catalog.set(PDFName.of('Outlines'), outline);
  catalog.set(PDFName.of('PageMode'), PDFName.of('UseOutlines'));
}
