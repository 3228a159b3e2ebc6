import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { Refusal, refuse } from '../../rpc/refusal.ts';

/** What a workbook may unpack to: 200,000 rows of 40 columns fit. */
const MOST_UNPACKED = 800 * 1024 * 1024;
const MOST_ENTRIES = 2000;
const TEXT_PART = 4 * 1024 * 1024;
/** Parts that the reader of values takes as a whole, by the kind of their relation. */
const MOST_WHOLE_PART: Readonly<Record<string, number>> = {
  sharedStrings: 128 * 1024 * 1024,
  styles: 16 * 1024 * 1024,
};
/** Five in every row of the longest table; more take gigabytes. */
const MOST_TEXTS = 1_000_000;
/** 200 columns, each as long as a cell can be, take a fifth of it. */
const MOST_ROW = 32 * 1024 * 1024;

export interface WorkbookParts {
  sheet_name: string;
  sheet_index: number;
  rows: number;
  /** Columns (0-based) with a formula, by row (from 1). */
  formulas: Map<number, Set<number>>;
  /** Closing rows of a table: every formula in them is a SUBTOTAL. */
  subtotal_rows: Set<number>;
}

/**
 * Looks into the package before anything is unpacked into memory: sizes by the directory, then the sheet as a
 * stream (a size that lies is found there). Refuses bombs, merged cells, other packages and damaged files.
 */
export async function examineWorkbook(file: string, wanted: readonly string[]): Promise<WorkbookParts> {
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(file, { autoClose: false, lazyEntries: true });
    const entries = await directoryOf(zip);
    const book = entries.get('xl/workbook.xml');
    if (!book) return refuse('import_not_a_workbook');
    const names = sheetsOf(await textOf(zip, book));
    const listed = entries.get('xl/_rels/workbook.xml.rels');
    const relations = relationsOf(listed ? await textOf(zip, listed) : '');
    const targets = new Map(relations.map(({ id, target }) => [id, target]));
    const found = names.findIndex(({ name }) => wanted.includes(name));
    const sheet_index = found === -1 ? 0 : found;
    const chosen = names[sheet_index];
    const part = entries.get(partOf(targets.get(chosen?.relation ?? '') ?? ''));
    if (!chosen || !part) return refuse('import_file_damaged');
    for (const { kind, target } of relations) await refuseEndlessPart(zip, kind, entries.get(partOf(target)));
    return { sheet_name: chosen.name, sheet_index, ...(await scanSheet(zip, part)) };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    return refuse('import_file_damaged', {
      reason: error instanceof Error ? error.message.slice(0, 200) : '',
    });
  } finally {
    zip?.close();
  }
}

async function directoryOf(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > MOST_ENTRIES) refuse('import_zip_bomb', { parts: zip.entryCount });
  const entries = new Map<string, Entry>();
  let unpacked = 0;
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) refuse('import_old_excel');
    unpacked += entry.uncompressedSize;
    if (unpacked > MOST_UNPACKED)
      refuse('import_zip_bomb', {
        most_mb: MOST_UNPACKED / 1024 / 1024,
        packed_mb: Math.ceil(zip.fileSize / 1024 / 1024),
      });
    entries.set(entry.fileName, entry);
  }
  return entries;
}
async function textOf(zip: ZipFile, entry: Entry): Promise<string> {
  if (entry.uncompressedSize > TEXT_PART) refuse('import_zip_bomb', { most_mb: TEXT_PART / 1024 / 1024 });
  const chunks: Buffer[] = [];
  for await (const chunk of await streamOf(zip, entry)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
/** A megabyte of package can hold texts and formats that take gigabytes once they are read. */
async function refuseEndlessPart(zip: ZipFile, kind: string, part: Entry | undefined): Promise<void> {
  const most = MOST_WHOLE_PART[kind];
  if (!part || most === undefined) return;
  if (part.uncompressedSize > most) refuse('import_zip_bomb', { part: kind, most_mb: most / 1024 / 1024 });
  // The shortest text is `<si/>`.
  if (part.uncompressedSize < MOST_TEXTS * 5) return;
  let tags = 0;
  for await (const chunk of await streamOf(zip, part)) {
    for (let at = chunk.indexOf('<'); at !== -1; at = chunk.indexOf('<', at + 1)) tags += 1;
    // Opened and closed, with the text in it.
    if (tags > MOST_TEXTS * 4) refuse('import_zip_bomb', { part: kind, most_texts: MOST_TEXTS });
  }
}
const streamOf = (zip: ZipFile, entry: Entry): Promise<Readable> => zip.openReadStreamPromise(entry);

const attribute = (tag: string, name: string): string =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const plain = (text: string): string =>
  text
    .replace(/&#(x?)([0-9a-fA-F]+);/g, (_, hex: string, code: string) =>
      String.fromCodePoint(Number.parseInt(code, hex ? 16 : 10)),
    )
    .replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '');
const sheetsOf = (xml: string): { name: string; relation: string }[] =>
  [...xml.matchAll(/<(?:\w+:)?sheet\s[^<>]*>/g)].map(([tag]) => ({
    name: plain(attribute(tag, 'name')),
    relation: attribute(tag, '\\w+:id'),
  }));
const relationsOf = (xml: string): { id: string; kind: string; target: string }[] =>
  [...xml.matchAll(/<(?:\w+:)?Relationship\s[^<>]*>/g)].map(([tag]) => ({
    id: attribute(tag, 'Id'),
    kind: attribute(tag, 'Type').split('/').at(-1) ?? '',
    target: attribute(tag, 'Target'),
  }));
const partOf = (target: string): string => (target.startsWith('/') ? target.slice(1) : `xl/${target}`);

// No part of a tag runs past the next one, and attributes are short: tags that never end cost no second look.
const FORMULA =
  /<(?:\w+:)?c\s[^<>]{0,200}?\br="([A-Z]{1,3})(\d+)"[^<>]{0,200}>\s*<(?:\w+:)?f(?:\s[^<>]*)?(?:\/>|>([^<]*)(?=<))/g;
const MERGE = /<(?:\w+:)?mergeCell\s[^<>]{0,200}ref="([^"]+)"/;
const ROW = /<(?:\w+:)?row[\s>]/g;
/** How LibreOffice writes a cell that is true or false. */
const TRUTH = /^(?:TRUE|FALSE)\(\)$/;
/** Longer than any cell with its formula that starts in one piece and ends in the next. */
const CARRY = 20_000;

/** Formulas and merged cells, which the reader of values does not tell. */
async function scanSheet(
  zip: ZipFile,
  part: Entry,
): Promise<Omit<WorkbookParts, 'sheet_name' | 'sheet_index'>> {
  const formulas = new Map<number, Set<number>>();
  const others = new Set<number>();
  const subtotals = new Set<number>();
  let rows = 0;
  let carry = '';
  let row_bytes = 0;
  for await (const chunk of await streamOf(zip, part)) {
    const text = carry + chunk.toString('latin1');
    const fresh = text.slice(Math.max(0, carry.length - 4));
    const found = fresh.match(ROW)?.length ?? 0;
    rows += found;
    row_bytes = found > 0 ? 0 : row_bytes + chunk.length;
    if (row_bytes > MOST_ROW) refuse('import_zip_bomb', { row: rows });
    const merged = MERGE.exec(text);
    if (merged) refuse('import_merged_cells', { range: merged[1] ?? '' });
    if (text.includes('<f') || text.includes(':f'))
      for (const [, letters = '', digits = '', formula = ''] of text.matchAll(FORMULA)) {
        if (TRUTH.test(formula)) continue;
        const row = Number(digits);
        formulas.set(row, (formulas.get(row) ?? new Set()).add(columnOf(letters)));
        (/^SUBTOTAL\(/.test(formula) ? subtotals : others).add(row);
      }
    carry = text.slice(-CARRY);
  }
  const subtotal_rows = new Set([...subtotals].filter(row => !others.has(row)));
  for (const row of subtotal_rows) formulas.delete(row);
  return { rows, formulas, subtotal_rows };
}
const columnOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
