import { useQueries } from '@tanstack/react-query';
import i18next from 'i18next';
import { useMemo } from 'react';
import { type Sort, sortRows } from './grid.rules.ts';
import { cellValue, type GridColumn } from './grid-column.tsx';

/** Rows asked for in windows as they come into view. */
export interface RowLoader<Row> {
  /** Everything the rows depend on (filters, sort): another key starts afresh. */
  key: unknown;
  count: number;
  getRows: (offset: number, limit: number) => Promise<Row[]>;
}
export const WINDOW_ROWS = 100;

export function useSortedRows<Row extends object>(
  rows: Row[] | undefined,
  columns: GridColumn<Row>[],
  sort: Sort | null,
): Row[] {
  return useMemo(() => {
    const column = sort && columns.find(c => c.key === sort.key);
    if (!rows || !column) return rows ?? [];
    return sortRows(rows, row => cellValue(column, row), sort.descending, i18next.language);
  }, [rows, columns, sort]);
}

/** The rows of the windows between two indexes. */
export function useWindowedRows<Row>(
  id: string,
  loader: RowLoader<Row> | undefined,
  first: number,
  last: number,
): (index: number) => Row | undefined {
  const pages = useMemo(() => {
    if (!loader || loader.count === 0) return [];
    const from = Math.floor(first / WINDOW_ROWS);
    const to = Math.floor(Math.min(last, loader.count - 1) / WINDOW_ROWS);
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
  }, [loader, first, last]);
  const results = useQueries({
    queries: pages.map(page => ({
      queryKey: ['grid', id, loader?.key, page],
      queryFn: () => loader?.getRows(page * WINDOW_ROWS, WINDOW_ROWS) ?? Promise.resolve([]),
    })),
  });
  return index => {
    const at = pages.indexOf(Math.floor(index / WINDOW_ROWS));
    return results[at]?.data?.[index % WINDOW_ROWS];
  };
}
