import { useQueries } from '@tanstack/react-query';
import i18next from 'i18next';
import { useMemo } from 'react';
import { type GridSort, sortRows } from './grid.rules.ts';
import { cellValue, type GridColumn } from './grid-column.tsx';

/** A list of known length whose rows are asked for in windows as they come into view. */
export interface RowSource<Row> {
  count: number;
  /** Everything the rows depend on (filters, sort): another version starts afresh. */
  version: unknown;
  /** The first window, when it came with the count. */
  first?: readonly Row[];
  load: (offset: number, limit: number) => Promise<readonly Row[]>;
}
export const WINDOW_ROWS = 100;
const MOST_AT_ONCE = 1000;

/** The rows from `from` up to, not including, `to`. */
export async function loadRange<Row>(source: RowSource<Row>, from: number, to: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (let offset = from; offset < to; offset += MOST_AT_ONCE) {
    const limit = Math.min(MOST_AT_ONCE, to - offset);
    const some = await source.load(offset, limit);
    rows.push(...some);
    if (some.length < limit) break;
  }
  return rows;
}

export function useSortedRows<Row extends object>(
  rows: Row[] | undefined,
  columns: GridColumn<Row>[],
  sort: GridSort | null,
): Row[] {
  return useMemo(() => {
    const column = sort && columns.find(c => c.key === sort.by);
    if (!rows || !column) return rows ?? [];
    return sortRows(rows, row => cellValue(column, row), sort.direction === 'desc', i18next.language);
  }, [rows, columns, sort]);
}

/** The rows of the windows that hold these indexes. */
export function useWindowedRows<Row>(
  id: string,
  source: RowSource<Row> | undefined,
  indexes: readonly number[],
): (index: number) => Row | undefined {
  const known_rows = source?.first?.length ?? 0;
  const missing = indexes.filter(index => index >= known_rows && index < (source?.count ?? 0));
  const pages = [...new Set(missing.map(index => Math.floor(index / WINDOW_ROWS)))];
  const results = useQueries({
    queries: pages.map(page => ({
      queryKey: ['grid', id, source?.version, page],
      queryFn: () => source?.load(page * WINDOW_ROWS, WINDOW_ROWS) ?? Promise.resolve([]),
    })),
  });
  return index => {
    const known = source?.first?.[index];
    if (known) return known;
    const at = pages.indexOf(Math.floor(index / WINDOW_ROWS));
    return results[at]?.data?.[index % WINDOW_ROWS];
  };
}
