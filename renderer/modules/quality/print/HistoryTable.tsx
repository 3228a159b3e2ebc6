import type { ReactNode } from 'react';
import type { DocumentTexts } from '../../../print/document-texts.ts';

interface Column<Row> {
  label: string;
  width?: string;
  kind?: 'number' | 'short';
  cell: (row: Row) => ReactNode;
}
interface HistoryTableProps<Row> {
  texts: DocumentTexts;
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  columns: readonly Column<Row>[];
}

/** Rows of a record; one that has none says so, because an absent table could be a lost one. */
export function HistoryTable<Row>({ texts, rows, keyOf, columns }: HistoryTableProps<Row>) {
  if (rows.length === 0) return <p>{texts.t('record.none')}</p>;
  return (
    <table>
      <thead>
        <tr>
          {columns.map(column => (
            <th key={column.label} className={column.kind} style={{ width: column.width }}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr key={keyOf(row)}>
            {columns.map(column => (
              <td key={column.label} className={column.kind}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Without the zone, which the cover names once. */
export const clock = (moment: { at: string } | null | undefined): string => moment?.at.slice(0, 16) ?? '';
