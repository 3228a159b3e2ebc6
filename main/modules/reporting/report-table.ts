import type {
  ReportRecord,
  ReportTableName,
  ReportTable as ShownTable,
} from '../../../preload/contract/life-reports.ts';
import { type Column, defineSheet, type Sheet } from '../../platform/sheet.ts';

/** A column of a report. A number that counts records names them, so that it cannot differ from their list. */
export interface ReportColumn<Row> extends Omit<Column<Row>, 'decimals'> {
  records?(row: Row): readonly ReportRecord[];
  /** Shown of a quantity, two of days. */
  decimals?: number;
}
export interface ReportTable {
  sheet: Sheet;
  shown(): ShownTable;
  /** Null where there is no such row, or no list behind the column. */
  recordsOf(row: string, column: string): readonly ReportRecord[] | null;
}
const DAYS_DECIMALS = 2;

export function reportTable<Row>(
  id: ReportTableName,
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  columns: readonly ReportColumn<Row>[],
): ReportTable {
  return {
    sheet: defineSheet<Row>({
      id,
      row_count: rows.length,
      rows: () => rows,
      columns: columns.map(column => ({ ...column, decimals: () => column.decimals ?? DAYS_DECIMALS })),
    }),
    shown: () => ({
      table: id,
      columns: columns.map(column => ({
        key: column.key,
        kind: column.kind,
        words: column.words ?? null,
        decimals: column.decimals ?? DAYS_DECIMALS,
        total: column.total === 'sum' ? sumOf(rows, column) : null,
        is_listed: column.records !== undefined,
      })),
      rows: rows.map(row => ({ key: keyOf(row), cells: columns.map(column => column.value(row)) })),
    }),
    recordsOf(row, column) {
      const found = rows.find(one => keyOf(one) === row);
      const listed = columns.find(one => one.key === column)?.records;
      return found !== undefined && listed ? listed(found) : null;
    },
  };
}
const sumOf = <Row>(rows: readonly Row[], column: ReportColumn<Row>): number =>
  rows.reduce((sum, row) => sum + Number(column.value(row) ?? 0), 0);

const NUMBER_WIDTH = 14;
/** A number of records that can be listed. */
export const counted = <Row>(
  key: string,
  records: (row: Row) => readonly ReportRecord[],
): ReportColumn<Row> => ({
  key,
  kind: 'integer',
  width: NUMBER_WIDTH,
  total: 'sum',
  value: row => records(row).length,
  records,
});
/** A number that stands for itself: days and shares in millionths. */
export const measured = <Row>(
  key: string,
  kind: 'integer' | 'quantity' | 'percent' | 'duration_min',
  value: (row: Row) => number | null,
): ReportColumn<Row> => ({ key, kind, width: NUMBER_WIDTH, value });
export const named = <Row>(
  key: string,
  value: (row: Row) => string | null,
  look: { width?: number; words?: string; kind?: 'text' | 'day' } = {},
): ReportColumn<Row> => ({ kind: 'text', width: 24, ...look, key, value });

export interface Report {
  headlines: {
    key: string;
    kind: 'integer' | 'quantity' | 'percent' | 'duration_min';
    value: number | null;
  }[];
  tables: ReportTable[];
}
