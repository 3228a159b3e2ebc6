import type { ReportTable, ReportTableName } from '../../../../preload/contract/life-reports.ts';
import type { Series } from '../../../ui/Plot.tsx';

interface Drawn {
  column: string;
  color: Series['color'];
  is_points?: true;
}
interface PlotOf {
  drawn: Drawn[];
  is_stacked?: true;
}
/** Which columns of a table are drawn; the first column names the bars. */
const PLOTS: Partial<Record<ReportTableName, PlotOf>> = {
  report_production: {
    drawn: [
      { column: 'created', color: 'accent' },
      { column: 'shipped', color: 'good' },
      { column: 'open', color: 'warm', is_points: true },
    ],
  },
  report_statuses: {
    drawn: [
      { column: 'builds', color: 'accent' },
      { column: 'late', color: 'bad' },
    ],
  },
  report_lead_times: {
    drawn: [
      { column: 'mean_days', color: 'accent' },
      { column: 'median_days', color: 'good' },
      { column: 'on_time_share', color: 'warm', is_points: true },
    ],
  },
  report_stays: {
    drawn: [
      { column: 'mean_days', color: 'accent' },
      { column: 'median_days', color: 'good' },
    ],
  },
  report_quality: {
    drawn: [
      { column: 'first_attempts', color: 'accent' },
      { column: 'first_passed', color: 'good' },
      { column: 'first_pass_yield', color: 'warm', is_points: true },
    ],
  },
  report_forms: {
    drawn: [
      { column: 'first_attempts', color: 'accent' },
      { column: 'first_passed', color: 'good' },
      { column: 'first_pass_yield', color: 'warm', is_points: true },
    ],
  },
  report_causes: {
    drawn: [
      { column: 'issues', color: 'accent' },
      { column: 'cumulative', color: 'warm', is_points: true },
    ],
  },
  report_failed_checks: {
    drawn: [
      { column: 'failed', color: 'accent' },
      { column: 'cumulative', color: 'warm', is_points: true },
    ],
  },
  report_issue_kinds: {
    is_stacked: true,
    drawn: [
      { column: 'minor', color: 'good' },
      { column: 'major', color: 'warm' },
      { column: 'critical', color: 'bad' },
    ],
  },
  report_procurement: {
    drawn: [
      { column: 'sent', color: 'accent' },
      { column: 'received', color: 'good' },
      { column: 'on_time_share', color: 'warm', is_points: true },
    ],
  },
  report_suppliers: {
    drawn: [
      { column: 'out', color: 'accent' },
      { column: 'late', color: 'bad' },
    ],
  },
  report_service: {
    drawn: [
      { column: 'requested', color: 'accent' },
      { column: 'approved', color: 'good' },
      { column: 'rejected', color: 'bad' },
      { column: 'fulfilled', color: 'warm' },
    ],
  },
};
const MOST_BARS = 60;
const MILLION = 1_000_000;

export interface TablePlot {
  categories: string[];
  series: Series[];
  decimals: number;
  is_stacked: boolean;
}
/** The plot of a table, or null where it has none or nothing happened. */
export function plotOf(
  table: ReportTable,
  heading: (column: string) => string,
  cell: (row: number, column: number) => string,
): TablePlot | null {
  const plot = Object.entries(PLOTS).find(([name]) => name === table.table)?.[1];
  if (!plot) return null;
  const rows = table.rows.slice(0, MOST_BARS);
  const found = plot.drawn.flatMap(drawn => {
    const at = table.columns.findIndex(column => column.key === drawn.column);
    const column = table.columns[at];
    return column ? [{ ...drawn, at, kind: column.kind }] : [];
  });
  const numberAt = (row: ReportTable['rows'][number], at: number): number | null => {
    const value = row.cells[at];
    return typeof value === 'number' ? value : null;
  };
  if (!rows.some(row => found.some(({ at }) => numberAt(row, at)))) return null;
  const isScaled = (kind: string) => kind === 'percent' || kind === 'quantity';
  return {
    categories: rows.map((_, index) => cell(index, 0)),
    series: found.map(({ column, color, is_points, at, kind }) => ({
      name: heading(column),
      color,
      is_points: is_points === true,
      is_share: kind === 'percent',
      values: rows.map(row => {
        const value = numberAt(row, at);
        return value !== null && isScaled(kind) ? value / MILLION : value;
      }),
    })),
    decimals: found.some(({ kind }) => kind === 'quantity') ? 1 : 0,
    is_stacked: plot.is_stacked === true,
  };
}
