import type { BomTotals } from '../../../../preload/contract/bom.ts';
import { formatNumber } from '../../../ui/formats.ts';

type Translate = (key: string, values?: Record<string, unknown>) => string;

/** Size of a BOM: `1 line, 6 rows`. Each number has its own plural. */
export const linesAndRows = (t: Translate, { top_level_lines, rows }: BomTotals): string =>
  [
    t('screens.n_lines', { count: top_level_lines, shown: formatNumber(top_level_lines) }),
    t('screens.n_rows', { count: rows, shown: formatNumber(rows) }),
  ].join(', ');
