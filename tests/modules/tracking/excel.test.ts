import { expect, test } from 'vitest';
import { askJob, refusalOf } from '../../support/station.ts';
import { readWithExceljs, readWithHucre } from '../reporting/workbook-support.ts';
import { D1, type Row, type TrackingStation, trackingStation } from './tracking-support.ts';

const fileOf = (station: TrackingStation, ticket: string): string =>
  station.transfers.download(ticket)?.path ?? '';
const exported = async (station: TrackingStation, username: string, filter = {}) => {
  const made = await askJob(station, station.as(username), 'reporting.exportTracking', { filter });
  return { ...made, file: fileOf(station, made.ticket) };
};

test('OT-XLS-1: seven movements, newest first, and three balances; real times, heading as specified', async () => {
  const station = trackingStation();
  const { file, file_name } = await exported(station, 'boss');
  expect(file_name).toBe('production_orders_with_balance_20250904_120000.xlsx');
  const read = await readWithHucre(file);
  const [heading, ...movements] = read.get('All Production Orders')?.rows ?? [];
  expect(heading).toEqual([
    'Production Order',
    'Work Center',
    'Quantity',
    'Type',
    'Remark',
    'Name',
    'Department',
    'Date & Time (Asia/Kolkata)',
  ]);
  expect(movements).toHaveLength(7);
  expect(movements[0]?.slice(0, 7)).toEqual([
    'PO-2025-002',
    'WC001 - Assembly',
    40,
    'OUT',
    '-',
    'Person u1',
    'Production',
  ]);
  expect(movements[0]?.[7]).toEqual(new Date('2025-09-04T09:30:00Z'));
  const balances = read.get('Balance Report')?.rows ?? [];
  expect(balances.slice(1).map(row => row[5])).toEqual([30, -5, 0]);
  const book = await readWithExceljs(file);
  const sheet = book.getWorksheet('Balance Report');
  expect(sheet?.getCell('A1').fill).toMatchObject({ fgColor: { argb: 'FF366092' } });
  expect(sheet?.getCell('A1').font).toMatchObject({ bold: true, color: { argb: 'FFFFFFFF' } });
  expect(sheet?.getCell('A1').alignment?.horizontal).toBe('center');
  expect(sheet?.getCell('F3').numFmt).toContain('[Red]');
  expect(book.getWorksheet('All Production Orders')?.getCell('H2').numFmt).toBe('yyyy-mm-dd hh:mm:ss');
  // The state chosen above the balances cuts balances alone.
  const short = await readWithHucre((await exported(station, 'boss', { state: 'shortage' })).file);
  expect(short.get('Balance Report')?.rows.map(row => row[5])).toEqual(['Balance', -5]);
  expect(short.get('All Production Orders')?.rows).toHaveLength(8);
  expect(short.get('Info')?.rows).toContainEqual(['Balance Report', 'shortage']);
});

test('OT-XLS-2 and OT-XLS-3: widths follow the longest text up to 50; a formula in a remark stays text', async () => {
  const remarks = ['r'.repeat(80), '=1+1'];
  const station = trackingStation(
    D1.map((row, n): Row => ({ ...row, ...(remarks[n] && { remark: remarks[n] }) })),
  );
  const { file } = await exported(station, 'boss');
  const sheet = (await readWithExceljs(file)).getWorksheet('All Production Orders');
  expect([1, 5, 8].map(n => Math.round(sheet?.getColumn(n).width ?? 0))).toEqual([18, 50, 25]);
  expect(sheet?.getCell('E7').value).toBe('=1+1');
});

test('OT-XLS-4: without the permission nothing is generated; a user’s export has the same balances', async () => {
  const station = trackingStation();
  expect(refusalOf(station, station.as('u1'), 'reporting.exportTracking', {})).toBe('not_allowed');
  const { file, file_name, rows } = await exported(station, 'desk', { movement_type: 'OUT' });
  expect(file_name).toBe('production_orders_report_20250904_120000.xlsx');
  const read = await readWithHucre(file);
  expect(read.get('Production Orders')?.rows).toHaveLength(4);
  expect(
    read
      .get('Balance Report')
      ?.rows?.slice(1)
      .map(row => row[5]),
  ).toEqual([30, -5, 0]);
  expect(rows).toBe(6);
  const audit = station.readAsSystem(ctx =>
    ctx.sql.get<{ metadata: string }>(
      "select metadata from audit_logs where action = 'EXPORT' order by chain_no desc limit 1",
    ),
  );
  expect(JSON.parse(audit?.metadata ?? '{}')).toMatchObject({ rows: 6, file_name });
});
