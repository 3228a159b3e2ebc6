import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import { fileName } from '../../../main/modules/reporting/cells.rules.ts';
import { compressorCaughtUp, inletsOf } from '../../../main/modules/reporting/compressor-backlog.ts';
import { defineSheet } from '../../../main/platform/sheet.ts';
import { temporaryFolder } from '../../support/station.ts';
import { readWithExceljs, readWithHucre, written } from './workbook-support.ts';

interface Row {
  item: string | null;
  name: string | null;
  quantity_e6: number;
  on: string | null;
  at_ms: number | null;
}
const AT = Date.UTC(2026, 6, 1, 12, 30, 0);
const rows: Row[] = [
  { item: '711.100', name: '=1+1', quantity_e6: 2_500_000, on: '2026-02-28', at_ms: AT },
  { item: '706.60', name: '+41 44 000', quantity_e6: 1_000_000, on: null, at_ms: null },
  { item: '1916', name: '-4', quantity_e6: 333_333, on: '1900-03-01', at_ms: AT },
  { item: '6.65E+11', name: '@SUM(A1)', quantity_e6: 1_000_000_000_000_000, on: '2026-11-20', at_ms: 0 },
  { item: '00123456789012345678', name: null, quantity_e6: 1, on: '2026-11-20', at_ms: AT },
];
const items = (list: Iterable<Row>, count: number) =>
  defineSheet<Row>({
    id: 'components',
    row_count: count,
    rows: () => list,
    columns: [
      { key: 'item_number', kind: 'text', width: 20, value: r => r.item, total: 'count' },
      { key: 'item_name', kind: 'text', width: 30, value: r => r.name },
      {
        key: 'quantity_e6',
        kind: 'quantity',
        width: 12,
        value: r => r.quantity_e6,
        decimals: () => 0,
        total: 'sum',
      },
      { key: 'is_phantom', kind: 'boolean', width: 8, value: r => r.item === '1916' },
      { key: 'scrap_percent_e4', kind: 'percent', width: 8, value: () => 25_000 },
      { key: 'assembly_number', kind: 'day', width: 12, value: r => r.on },
      { key: 'assembly_name', kind: 'instant', width: 16, value: r => r.at_ms },
      { key: 'operation_number', kind: 'duration_min', width: 8, value: () => 90 },
    ],
  });
const many = function* (count: number): Generator<Row> {
  for (let i = 0; i < count; i++) yield rows[i % rows.length] ?? rows[0]!;
};
const file = () => path.join(temporaryFolder(), 'book.xlsx');

test('another library reads every cell back with its type', async () => {
  const to = file();
  await written(to, [items(rows, rows.length)]);
  const sheet = (await readWithHucre(to)).get('Components');
  const seen = sheet?.rows.slice(1, 6).map(r => r.slice(0, 5));
  expect(seen).toEqual([
    ['711.100', '=1+1', 2.5, false, 0.025],
    ['706.60', '+41 44 000', 1, false, 0.025],
    ['1916', '-4', 0.333333, true, 0.025],
    ['6.65E+11', '@SUM(A1)', 1_000_000_000, false, 0.025],
    ['00123456789012345678', null, 0.000001, false, 0.025],
  ]);
  expect(sheet?.rows[1]?.[5]).toEqual(new Date('2026-02-28T00:00:00Z'));
  expect(sheet?.rows[2]?.[5]).toBeNull();
  // 12:30 UTC is 08:30 in the plant's zone in July.
  expect(sheet?.rows[1]?.[6]).toEqual(new Date('2026-07-01T08:30:00Z'));
  expect(sheet?.rows[1]?.[7]).toEqual(expect.anything());
});

test('numbers of parts are text cells, formats follow the kind and the decimals', async () => {
  const to = file();
  await written(to, [items(rows, rows.length)]);
  const page = (await readWithExceljs(to)).getWorksheet('Components');
  const formats = (row: number) =>
    [1, 2, 3, 4, 5, 6, 7, 8].map(c => page?.getRow(row).getCell(c).numFmt ?? 'General');
  expect(formats(2)).toEqual([
    '@',
    '@',
    '#,##0.0',
    '"TRUE";"TRUE";"FALSE"',
    '0.00%',
    'yyyy-mm-dd',
    'yyyy-mm-dd hh:mm',
    '[h]:mm',
  ]);
  expect(formats(3)[2]).toBe('#,##0');
  expect(formats(4)[2]).toBe('#,##0.000000');
  expect(page?.getRow(2).getCell(2)).toMatchObject({ value: '=1+1', formula: undefined });
  expect(page?.getRow(2).getCell(8).value).toEqual(expect.anything());
});

test('frozen heading, table with filter, subtotals, one page wide, no merged cells', async () => {
  const to = file();
  await written(to, [items(rows, rows.length)], 'fr');
  const page = (await readWithExceljs(to)).getWorksheet('Composants');
  expect(page?.getRow(1).values).toContain('Désignation');
  expect(page?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
  expect(page?.pageSetup).toMatchObject({
    fitToWidth: 1,
    fitToHeight: 0,
    printTitlesRow: '1:1',
    printArea: 'A1:H7',
  });
  expect(page?.hasMerges).toBe(false);
  expect(page?.getCell('C7').value).toMatchObject({
    formula: 'SUBTOTAL(109,T1_components[Quantité])',
    result: 1_000_000_003.833334,
  });
  expect(page?.getCell('A7').value).toMatchObject({ result: 5 });
  const table = (await readWithHucre(to)).get('Composants')?.tables?.[0];
  expect(table).toMatchObject({ name: 'T1_components', range: 'A1:H7' });
});

test('a heading is never cut: its column holds its longest word, its row all lines of it', async () => {
  const to = file();
  await written(to, [items(rows, rows.length)], 'es');
  const page = (await readWithExceljs(to)).worksheets[0];
  const headings = [1, 2, 3, 4, 5, 6, 7, 8].map(c => String(page?.getCell(1, c).value));
  for (const [at, heading] of headings.entries())
    for (const word of heading.split(' '))
      expect(page?.getColumn(at + 1).width).toBeGreaterThan(word.length + 2);
  const most = Math.max(
    ...headings.map((heading, at) => Math.ceil(heading.length / (page?.getColumn(at + 1).width ?? 1))),
  );
  expect(most).toBeGreaterThan(1);
  expect(page?.getRow(1).height).toBeGreaterThanOrEqual(15 * most);
});

test('the name of a file fits every folder, whatever order it is named after', () => {
  const named = (subject: string) => fileName(subject, '2026-11-20 14:32');
  expect(named('../..\\CON: <PO>|"1"?*\u0000')).toBe('CON-PO-1_2026-11-20_1432.xlsx');
  expect(Buffer.byteLength(named('製'.repeat(120)))).toBeLessThan(255);
  const astral = named(`a${'\u{20000}'.repeat(120)}`);
  expect([astral.isWellFormed(), Buffer.byteLength(astral) < 255]).toEqual([true, true]);
  expect(named('???')).toBe('Export_2026-11-20_1432.xlsx');
});

test('an empty set is a heading and nothing else', async () => {
  const to = file();
  expect(await written(to, [items([], 0)])).toEqual({ rows: 0 });
  const sheet = (await readWithHucre(to)).get('Components');
  expect(sheet?.rows).toHaveLength(1);
  expect(sheet?.tables ?? []).toEqual([]);
});

test('what a cell cannot hold is shown and counted, not dropped', async () => {
  const to = file();
  const long = 'x'.repeat(40_000);
  await written(to, [
    items(
      [
        { ...rows[0]!, name: `a\u0001b\ud800` },
        { ...rows[0]!, name: long },
      ],
      2,
    ),
  ]);
  const book = await readWithHucre(to);
  const [, first, second] = book.get('Components')?.rows ?? [];
  expect(first?.[1]).toBe('a\ufffdb\ufffd');
  expect(String(second?.[1])).toHaveLength(32_767);
  expect(String(second?.[1])).toMatch(/x … \[40000\]$/);
  expect(
    book
      .get('Info')
      ?.rows.slice(1)
      .map(r => r[1]),
  ).toEqual(['1', '1']);
});

test('more rows than a sheet holds are refused and leave no file', async () => {
  const to = file();
  await expect(written(to, [items([], 1_048_575)])).rejects.toMatchObject({
    code: 'too_many_rows',
    details: { most: 1_048_574 },
  });
  expect(existsSync(to)).toBe(false);
});

test('a failing source leaves no file', async () => {
  const to = file();
  const broken = function* (): Generator<Row> {
    yield* many(20_000);
    throw new Error('source broke');
  };
  await expect(written(to, [items(broken(), 20_001)])).rejects.toThrow('source broke');
  expect(existsSync(to)).toBe(false);
});

test('a streamed sheet looks like a formatted one', async () => {
  const [small, large] = [file(), file()];
  await written(small, [items(rows, rows.length)]);
  await written(large, [items(many(100_000), 100_000)]);
  const short = (await readWithExceljs(small)).getWorksheet('Components');
  const seen = (await readWithHucre(large)).get('Components');
  expect(seen?.rows).toHaveLength(100_002);
  const same = (await readWithHucre(small)).get('Components');
  expect(seen?.rows.slice(0, 6)).toEqual(same?.rows.slice(0, 6));
  expect(seen?.rows[99_996]?.slice(0, 3)).toEqual(seen?.rows[1]?.slice(0, 3));
  expect(seen?.autoFilter?.range).toBe('A1:H100001');
  expect(seen?.freezePane).toMatchObject({ rows: 1 });
  expect(seen?.columns?.[0]?.width).toBe(20);
  expect(seen?.pageSetup).toMatchObject({ printArea: expect.stringContaining('100002'), fitToWidth: 1 });
  expect(short?.columnCount).toBe(8);
  expect(readFileSync(large).length).toBeGreaterThan(500_000);
}, 120_000);

test('streamed cells carry the formats, fonts and spaces of formatted ones', async () => {
  const [small, large] = [file(), file()];
  const spaced = { ...rows[0]!, item: '  711.100 ', name: 'two\nlines <&> "quoted"' };
  const list = [spaced, ...rows];
  await written(small, [items(list, list.length)]);
  await written(large, [
    items(
      (function* () {
        yield* list;
        yield* many(10_001);
      })(),
      10_001 + list.length,
    ),
  ]);
  const [one, two] = [await readWithExceljs(small), await readWithExceljs(large)].map(b =>
    b.getWorksheet('Components'),
  );
  const cells = (page: typeof one) =>
    [1, 2, 3, 4, 5, 6, 7].flatMap(row =>
      [1, 2, 3, 4, 5, 6, 7, 8].map(column => {
        const cell = page?.getRow(row).getCell(column);
        return [cell?.address, cell?.value, cell?.numFmt, cell?.font?.bold ?? false, cell?.fill ?? null];
      }),
    );
  expect(cells(two)).toEqual(cells(one));
  expect(cells(one)[8]?.slice(0, 4)).toEqual(['A2', '  711.100 ', '@', false]);
  expect((await readWithHucre(large)).get('Components')?.rows[1]?.slice(0, 2)).toEqual([
    spaced.item,
    spaced.name,
  ]);
}, 60_000);

test('a text that looks like an escaped character stays what it is', async () => {
  const to = file();
  await written(to, [items([{ ...rows[0]!, name: 'a_x000D_b_x41_' }], 1)]);
  expect((await readWithHucre(to)).get('Components')?.rows[1]?.[1]).toBe('a_x000D_b_x41_');
});

test('a streamed sheet waits for its compressor: what lies between the two does not grow with the sheet', async () => {
  const filename = path.join(temporaryFolder(), 'large.xlsx');
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename });
  const page = book.addWorksheet('Rows');
  const [inlet] = inletsOf(page);
  for (let n = 0; n < 20_000; n += 1) page.addRow([`PO-2026-${n}`, 'Lakeshore Hospital', n]).commit();
  expect(inlet?._writableState.length).toBeGreaterThan(1_000_000);
  await compressorCaughtUp(page, new AbortController().signal);
  expect(inlet?._writableState.length).toBe(0);
  await book.commit();
});
