import { useCallback, useMemo } from 'react';
import type { ReportTable } from '../../../../preload/contract/life-reports.ts';
import { formatCount, formatPercent, formatQuantity } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';

type Column = Pick<ReportTable['columns'][number], 'kind' | 'words' | 'decimals'>;
export type Cell = ReportTable['rows'][number]['cells'][number];
const MILLION = 1_000_000;
const MINUTES_PER_HOUR = 60;

/** Values of reports in words and numbers; titles and headings are those of the workbook. */
export function useReportWords() {
  const t = useTexts('reporting');
  const sheets = useTexts('sheets');
  const cell = useCallback(
    (value: Cell, { kind, words, decimals }: Column): string => {
      if (value === null) return '–';
      if (typeof value === 'boolean') return value ? t('reports.yes') : '';
      if (typeof value === 'string') return words ? sheets(`words.${words}.${value}`) : value;
      switch (kind) {
        case 'percent':
          return formatPercent(value / MILLION);
        case 'quantity':
          return formatQuantity(value, decimals);
        case 'duration_min':
          return `${Math.floor(value / MINUTES_PER_HOUR)}:${String(value % MINUTES_PER_HOUR).padStart(2, '0')}`;
        default:
          return formatCount(value);
      }
    },
    [t, sheets],
  );
  return useMemo(
    () => ({
      cell,
      title: (table: string) => sheets(`sheets.${table}.title`),
      heading: (table: string, column: string) => sheets(`sheets.${table}.columns.${column}`),
    }),
    [cell, sheets],
  );
}
