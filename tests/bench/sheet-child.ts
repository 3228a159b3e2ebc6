import { statSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { infoSheet } from '../../main/modules/reporting/info.sheets.ts';
import { sheetTexts } from '../../main/modules/reporting/sheet-texts.rules.ts';
import { writeWorkbook } from '../../main/modules/reporting/workbook.service.ts';
import { defineSheet } from '../../main/platform/sheet.ts';
import { peakMb } from './harness.ts';

/** 100,000 rows of 12 columns to a file, in a process of its own. Prints one JSON line. */
const [file = '', rows = '100000'] = process.argv.slice(2);
interface Row {
  n: number;
}
const list = function* (): Generator<Row> {
  for (let n = 1; n <= Number(rows); n++) yield { n };
};
const texts = sheetTexts('en');
const text = (key: string, start: string) =>
  ({ key, kind: 'text', width: 18, value: (r: Row) => `${start}${r.n}` }) as const;
const sheet = defineSheet<Row>({
  id: 'orders',
  row_count: Number(rows),
  rows: list,
  columns: [
    text('order_number', 'PO-2026-'),
    text('build_number', 'B-'),
    text('customer_name', 'Lakeshore Hospital '),
    text('project_name', 'North wing '),
    text('sales_person', 'A. Roy '),
    {
      key: 'want_on',
      kind: 'day',
      width: 12,
      value: r => `2027-01-${String((r.n % 28) + 1).padStart(2, '0')}`,
    },
    { key: 'is_late', kind: 'boolean', width: 8, value: r => r.n % 3 === 0 },
    text('order_status', 'Status '),
    { key: 'configuration_revision', kind: 'integer', width: 10, value: r => r.n },
    { key: 'bom_version', kind: 'quantity', width: 10, value: r => r.n * 1_250_000, decimals: () => 2 },
    { key: 'created_at_ms', kind: 'instant', width: 17, value: r => Date.UTC(2026, 0, 1) + r.n * 60_000 },
    { key: 'updated_at_ms', kind: 'instant', width: 17, value: r => Date.UTC(2026, 6, 1) + r.n * 60_000 },
  ],
});
const before_mb = process.memoryUsage().rss / 1024 / 1024;
const from = performance.now();
await writeWorkbook(
  {
    sheets: [sheet],
    closing: () => infoSheet([{ label: 'rows', value: rows }]),
    texts,
    zone: 'America/Toronto',
    paper: 'LETTER',
    user: 'Bench',
    at_ms: 0,
    progress: () => undefined,
  },
  file,
);
process.stdout.write(
  `${JSON.stringify({
    took_ms: performance.now() - from,
    before_mb,
    peak_mb: peakMb(),
    file_mb: statSync(file).size / 1024 / 1024,
  })}\n`,
);
