import { Table, Text } from '@mantine/core';
import type { InAndOut } from '../../../../preload/contract/tracking.ts';
import { formatCount } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';

export interface SumRow extends InAndOut {
  name: string;
}
/** Entries and quantities IN and OUT with their net, one line per name, the total last. */
export function SumTable({ head, rows }: { head: string; rows: readonly SumRow[] }) {
  const t = useTexts('tracking');
  if (rows.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('reports.nothing')}
      </Text>
    );
  const total = rows.reduce(
    (sum, row) => ({
      name: t('reports.total'),
      in_rows: sum.in_rows + row.in_rows,
      in_quantity: sum.in_quantity + row.in_quantity,
      out_rows: sum.out_rows + row.out_rows,
      out_quantity: sum.out_quantity + row.out_quantity,
    }),
    { name: '', in_rows: 0, in_quantity: 0, out_rows: 0, out_quantity: 0 },
  );
  const line = (row: SumRow, isTotal = false) => (
    <Table.Tr key={isTotal ? 'total' : row.name} fw={isTotal ? 600 : undefined}>
      <Table.Td>{row.name}</Table.Td>
      <Table.Td ta="right">{formatCount(row.in_rows)}</Table.Td>
      <Table.Td ta="right">{formatCount(row.in_quantity)}</Table.Td>
      <Table.Td ta="right">{formatCount(row.out_rows)}</Table.Td>
      <Table.Td ta="right">{formatCount(row.out_quantity)}</Table.Td>
      <Table.Td ta="right">{formatCount(row.in_quantity - row.out_quantity)}</Table.Td>
    </Table.Tr>
  );
  return (
    <Table verticalSpacing={3} fz="sm" style={{ fontVariantNumeric: 'tabular-nums' }}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{head}</Table.Th>
          <Table.Th ta="right">{t('reports.in_rows')}</Table.Th>
          <Table.Th ta="right">{t('reports.in_quantity')}</Table.Th>
          <Table.Th ta="right">{t('reports.out_rows')}</Table.Th>
          <Table.Th ta="right">{t('reports.out_quantity')}</Table.Th>
          <Table.Th ta="right">{t('reports.net')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>{rows.map(row => line(row))}</Table.Tbody>
      <Table.Tfoot>{line(total, true)}</Table.Tfoot>
    </Table>
  );
}
