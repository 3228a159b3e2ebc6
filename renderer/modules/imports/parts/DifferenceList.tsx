import { useMemo } from 'react';
import type { ImportDifference } from '../../../../preload/contract/imports.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { formatQuantity } from '../../../ui/formats.ts';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import type { Inspected } from './use-import.ts';

const MARKS = {
  ADDED: { color: 'green', shape: 'check' },
  CHANGED: { color: 'blue', shape: 'dot' },
  REMOVED: { color: 'orange', shape: 'cross' },
} as const;
type Value = ImportDifference['fields'][number]['old'];

/** One line per record: what it is and each field, old and new. */
export function DifferenceList({ file, differences }: { file: Inspected; differences: ImportDifference[] }) {
  const t = useTexts('imports');
  const fields = useMemo(() => new Map(file.fields.map(field => [field.field, field])), [file.fields]);
  const shown = (field: string, value: Value): string => {
    if (value === null) return t('empty_value');
    const kind = fields.get(field)?.kind;
    if (typeof value === 'number' && kind === 'quantity') return formatQuantity(value);
    if (typeof value === 'number' && kind === 'percent') return `${value / 10_000} %`;
    return String(value);
  };
  const words = ({ change, fields: changed }: ImportDifference) =>
    changed
      .map(({ field, old, new: to }) => {
        const heading = fields.get(field)?.heading ?? field;
        return change === 'ADDED'
          ? `${heading}: ${shown(field, to)}`
          : `${heading}: ${shown(field, old)} → ${shown(field, to)}`;
      })
      .join('; ');
  return (
    <DataGrid
      id="import-differences"
      label={t('difference_title')}
      rows={differences}
      rowKey={row => `${row.row} ${row.change} ${row.label}`}
      columns={[
        { key: 'row', title: t('row'), kind: 'number', width: 70 },
        {
          key: 'change',
          title: t('change'),
          kind: 'badge',
          width: 120,
          value: row => t(`changes.${row.change}`),
          render: row => <StatusBadge {...MARKS[row.change]} label={t(`changes.${row.change}`)} />,
        },
        { key: 'label', title: t('record'), width: 300 },
        { key: 'fields', title: t('fields_changed'), width: 640, value: words },
      ]}
    />
  );
}
