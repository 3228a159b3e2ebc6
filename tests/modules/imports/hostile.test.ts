import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import { openTable } from '../../../main/modules/imports/table-file.service.ts';
import { temporaryFolder } from '../../support/station.ts';

const read = async (file: string) => {
  const table = await openTable(file, ['Catalogue']);
  const rows = [];
  for await (const row of table.rows) rows.push(row);
  return { ...table, rows };
};
async function book(fill: (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void): Promise<string> {
  const made = new ExcelJS.Workbook();
  const sheet = made.addWorksheet('Sheet1');
  sheet.addRow(['Item', 'Name']);
  sheet.addRow(['A-1', 'First']);
  fill(sheet, made);
  const file = path.join(temporaryFolder(), 'book.xlsx');
  await made.xlsx.writeFile(file);
  return file;
}
const withCell = (place: string, value: string) =>
  book(sheet => {
    sheet.getCell(place).value = value;
  });
function bytesFile(bytes: Buffer, name = 'file.csv'): string {
  const file = path.join(temporaryFolder(), name);
  writeFileSync(file, bytes);
  return file;
}
/** A zip with parts of any claimed size, written by hand: libraries refuse to lie. */
function zipOf(parts: { name: string; packed: Buffer; claims: number }[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, packed, claims } of parts) {
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(claims, 22);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(claims, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, listed, end]);
}
const part = (name: string, text: string | Buffer, claims?: number) => {
  const plain = Buffer.from(text);
  return { name, packed: deflateRawSync(plain), claims: claims ?? plain.length };
};
const BOOK = part(
  'xl/workbook.xml',
  '<workbook><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
);
const TYPES = part(
  '[Content_Types].xml',
  '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
);
const ROOT = part(
  '_rels/.rels',
  '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
);
const RELATIONS = part(
  'xl/_rels/workbook.xml.rels',
  '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
);

test('old Excel files, other packages, pictures and nothing at all are refused by name', async () => {
  const codes = async (bytes: Buffer) => codeOf(() => read(bytesFile(bytes)));
  expect(await codes(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toBe('import_old_excel');
  expect(await codes(zipOf([part('word/document.xml', '<w/>')]))).toBe('import_not_a_workbook');
  expect(await codes(Buffer.from('89504e470d0a1a0a0000000d', 'hex'))).toBe('import_not_a_table');
  expect(await codes(Buffer.alloc(0))).toBe('import_file_empty');
});

test('a file that ends too early is refused, as a workbook and as a CSV', async () => {
  const whole = readFileSync(await book(() => undefined));
  expect(await codeOf(() => read(bytesFile(whole.subarray(0, whole.length - 400))))).toBe(
    'import_file_damaged',
  );
  expect(await codeOf(() => read(bytesFile(Buffer.from('Item,Name\nA,"unfinished'))))).toBe(
    'import_csv_quote_open',
  );
});

test('a bomb is refused by what its directory says, and by what comes out when that lies', async () => {
  const honest = zipOf([BOOK, RELATIONS, part('xl/worksheets/sheet1.xml', 'x', 3_000_000_000)]);
  expect(await codeOf(() => read(bytesFile(honest)))).toBe('import_zip_bomb');
  const lying = zipOf([
    BOOK,
    RELATIONS,
    part('xl/worksheets/sheet1.xml', Buffer.alloc(50_000_000, 0x20), 1000),
  ]);
  expect(await codeOf(() => read(bytesFile(lying)))).toBe('import_file_damaged');
});

test('a small package whose texts, formats or one row take gigabytes to read is refused before they are read', async () => {
  const kinds = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relations = part(
    'xl/_rels/workbook.xml.rels',
    ['worksheet', 'worksheets/sheet1.xml', 'sharedStrings', 'sharedStrings.xml', 'styles', 'styles.xml']
      .flatMap((kind, at, all) =>
        at % 2 === 0
          ? [`<Relationship Id="rId${at / 2 + 1}" Type="${kinds}/${kind}" Target="${all[at + 1]}"/>`]
          : [],
      )
      .join(''),
  );
  const sheet = (cells: string) =>
    part(
      'xl/worksheets/sheet1.xml',
      `<worksheet><sheetData><row r="1">${cells}</row></sheetData></worksheet>`,
    );
  const one = sheet('<c r="A1" t="s"><v>0</v></c>');
  const texts = (count: number, claims?: number) =>
    part('xl/sharedStrings.xml', `<sst>${'<si><t>a</t></si>'.repeat(count)}</sst>`, claims);
  const formats = part('xl/styles.xml', '<styleSheet/>', 20_000_000);
  const refused = async (...parts: Parameters<typeof zipOf>[0]) =>
    (await thrown(() => read(bytesFile(zipOf([TYPES, ROOT, BOOK, relations, ...parts]))))).details;
  expect(await refused(one, texts(1_100_000))).toEqual({ part: 'sharedStrings', most_texts: 1_000_000 });
  expect(await refused(one, texts(1, 200_000_000))).toEqual({ part: 'sharedStrings', most_mb: 128 });
  expect(await refused(one, texts(1), formats)).toEqual({ part: 'styles', most_mb: 16 });
  expect(await refused(sheet('<c r="A1"><v>1</v></c>'.repeat(1_700_000)), texts(1))).toEqual({ row: 1 });
});

test('tags without an end and cells without an end are read in one look or refused', async () => {
  const before = performance.now();
  const endless = (text: string) => text.repeat(200_000);
  const sheets = zipOf([part('xl/workbook.xml', endless('<sheet ')), RELATIONS]);
  expect(await codeOf(() => read(bytesFile(sheets)))).toBe('import_file_damaged');
  const cells = zipOf([
    TYPES,
    ROOT,
    BOOK,
    RELATIONS,
    part('xl/worksheets/sheet1.xml', `<f ${endless('<c ')}`),
  ]);
  expect(await codeOf(() => read(bytesFile(cells)))).toBe('import_file_empty');
  const bytes = Buffer.from(`Item,Name\nA,${' '.repeat(40_000)}b`);
  expect(await refusalOf(async () => bytesFile(bytes))).toEqual([
    'import_cell_too_long',
    { row: 2, column: 2, most: 32_767 },
  ]);
  expect(performance.now() - before).toBeLessThan(5_000);
});

test('merged cells, two tables below or beside each other and values outside are refused where they stand', async () => {
  expect(await refusalOf(() => book(s => s.mergeCells('A2:B2')))).toEqual([
    'import_merged_cells',
    { range: 'A2:B2' },
  ]);
  const below = () => withCell('A5', 'Second table');
  expect(await refusalOf(below)).toEqual(['import_two_tables', { row: 3, next: 5 }]);
  expect(await refusalOf(() => withCell('D1', 'Other'))).toEqual(['import_heading_gap', { column: 3 }]);
  expect(await refusalOf(() => withCell('D2', 'Note'))).toEqual([
    'import_cells_outside',
    { row: 2, columns: 2 },
  ]);
  expect(await refusalOf(() => withCell('C1', 'Item'))).toEqual([
    'import_heading_twice',
    { heading: 'Item' },
  ]);
});

test('a title above the headings is told as one', async () => {
  const file = await book(s => s.spliceRows(1, 0, ['Stock of November']));
  expect(await refusalOf(async () => file)).toEqual([
    'import_title_above',
    { row: 1, text: 'Stock of November' },
  ]);
});

test('a million empty rows are refused after a thousand', async () => {
  const rows = '<row r="3"><c r="A3"/></row>'.repeat(1_000_000);
  const sheet = `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Item</t></is></c></row>${rows}</sheetData></worksheet>`;
  const file = bytesFile(
    zipOf([TYPES, ROOT, BOOK, RELATIONS, part('xl/worksheets/sheet1.xml', sheet)]),
    'empty.xlsx',
  );
  const before = performance.now();
  expect(await codeOf(() => read(file))).toBe('import_empty_rows');
  expect(performance.now() - before).toBeLessThan(15_000);
});

test('rows and columns that are hidden or filtered away are rows like others', async () => {
  const file = await book(s => {
    s.addRow(['A-2', 'Second']).hidden = true;
    s.getColumn(2).hidden = true;
    s.autoFilter = 'A1:B3';
  });
  expect((await read(file)).rows.map(({ cells }) => cells)).toEqual([
    ['A-1', 'First'],
    ['A-2', 'Second'],
  ]);
});

test('texts in parts and colours are whole texts; true and false as LibreOffice writes them are no formulas', async () => {
  const file = await book(s => {
    s.addRow([{ richText: [{ text: '711' }, { font: { bold: true }, text: '.100' }] }, 'Rich']);
    s.addRow(['A-3', { formula: 'TRUE()', result: true }]);
    s.addRow(['A-4', { formula: 'FALSE()', result: false }]);
  });
  expect((await read(file)).rows.map(({ cells, formulas }) => [...cells, formulas.size])).toEqual([
    ['A-1', 'First', 0],
    ['711.100', 'Rich', 0],
    ['A-3', true, 0],
    ['A-4', false, 0],
  ]);
});

test('a closing row of which only the values are left is left out; the same in the middle is a row', async () => {
  const rowsOf = async (...lines: string[]) =>
    (await read(bytesFile(Buffer.from(['Item,Name,Stock', ...lines].join('\r\n'))))).rows.map(
      ({ row }) => row,
    );
  expect(await rowsOf('A-1,First,2', 'A-2,Second,3', 'Total,,5')).toEqual([2, 3]);
  expect(await rowsOf('A-1,First,2', 'A-2,Second,3', '2,,5')).toEqual([2, 3]);
  expect(await rowsOf('A-1,First,2', 'Total,,5', 'A-2,Second,3')).toEqual([2, 3, 4]);
  expect(await rowsOf('A-1,First,2', 'Total,Sum,5')).toEqual([2, 3]);
  expect(await rowsOf('A-1,First,2', '7,,5')).toEqual([2, 3]);
});

test('true and false of a long sheet are no formulas where the pieces of the file divide them', async () => {
  const file = await book(s => {
    for (let n = 1; n <= 3_000; n++) s.addRow([`A-${n}`, { formula: 'FALSE()', result: false }]);
  });
  expect((await read(file)).rows.filter(({ formulas }) => formulas.size > 0)).toEqual([]);
});

test('formulas are marked, a closing row of subtotals is left out', async () => {
  const file = await book(s => {
    s.addRow(['A-2', { formula: 'HYPERLINK("http://x","y")', result: 'y' }]);
    s.addRow(['Total', { formula: 'SUBTOTAL(103,B2:B3)', result: 2 }]);
  });
  const { rows } = await read(file);
  expect(rows.map(({ row, formulas }) => [row, [...formulas]])).toEqual([
    [2, []],
    [3, [1]],
  ]);
});

test('CSV in the encodings and separators that programs write', async () => {
  const text = 'Item;Name\r\nA-1;Écrou\r\n';
  const files = [
    Buffer.from(text),
    Buffer.from(`\ufeff${text}`),
    Buffer.from(`\ufeff${text}`, 'utf16le'),
    Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
    Buffer.from(text, 'latin1'),
    Buffer.from(`sep=;\r\n${text}`),
    Buffer.from(text.replaceAll(';', '\t')),
    Buffer.from(text.replaceAll(';', ',')),
    Buffer.from(text.replaceAll(';', '|')),
  ];
  for (const bytes of files) {
    const { headings, rows } = await read(bytesFile(bytes));
    expect([headings, rows[0]?.cells]).toEqual([
      ['Item', 'Name'],
      ['A-1', 'Écrou'],
    ]);
  }
});

test('in a CSV, a text that a program would run is a formula; one with an apostrophe is a text', async () => {
  const { rows } = await read(bytesFile(Buffer.from("Item,Name\nA,=1+1\nB,'=1+1\nC,-5\nD,@SUM\nE,+a")));
  expect(rows.map(({ cells, formulas }) => [cells[1], formulas.size])).toEqual([
    ['=1+1', 1],
    ['=1+1', 0],
    ['-5', 0],
    ['@SUM', 1],
    ['+a', 1],
  ]);
});

async function codeOf(run: () => Promise<unknown>): Promise<string> {
  return (await thrown(run)).code;
}
async function refusalOf(make: () => Promise<string>): Promise<[string, unknown]> {
  const file = await make();
  const { code, details } = await thrown(() => read(file));
  return [code, details];
}
async function thrown(run: () => Promise<unknown>): Promise<{ code: string; details: unknown }> {
  try {
    await run();
    return { code: 'accepted', details: {} };
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'details' in error)
      return { code: String(error.code), details: error.details };
    throw error;
  }
}
