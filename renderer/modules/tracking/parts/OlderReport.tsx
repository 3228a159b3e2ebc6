import { Alert, List, Stack, Table, Text } from '@mantine/core';
import type { OlderCheck } from '../../../../preload/contract/older-tracking.ts';
import { formatCount } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';

const ROWS = [
  ['departments', 'departments'],
  ['work_centers', 'work_centers'],
  ['users', 'users'],
  ['movements', 'production_orders'],
] as const;

/** Both sides counted; after a takeover their balances, too. */
export function OlderReport({ found, isApplied }: { found: OlderCheck; isApplied: boolean }) {
  const t = useTexts('tracking');
  const left_out = Object.entries(found.movements.left_out);
  const omitted = left_out.reduce((sum, [, count]) => sum + count, 0);
  const omittedOf = (key: string): number => (key === 'movements' ? omitted : 0);
  const { groups, equal, different } = found.balances;
  return (
    <Stack gap="sm">
      <Table verticalSpacing={4} fz="sm" maw={640} style={{ fontVariantNumeric: 'tabular-nums' }}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('older.table')}</Table.Th>
            {(['in_source', 'here', 'new', 'left_out'] as const).map(key => (
              <Table.Th key={key} ta="right">
                {t(`older.${key}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {ROWS.map(([key, table]) => {
            const { in_source, here } = found[key];
            return (
              <Table.Tr key={key}>
                <Table.Td>{t(`older.tables.${table}`)}</Table.Td>
                <Table.Td ta="right">{formatCount(in_source)}</Table.Td>
                <Table.Td ta="right">{formatCount(here)}</Table.Td>
                <Table.Td ta="right">{formatCount(in_source - here - omittedOf(key))}</Table.Td>
                <Table.Td ta="right">{formatCount(omittedOf(key))}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      {omitted > 0 && (
        <Alert color="orange" variant="light" title={t('older.left_out')}>
          <List size="sm">
            {left_out.map(([why, count]) => (
              <List.Item key={why}>{t(`older.reasons.${why}`, { count: formatCount(count) })}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      {!isApplied && <Text size="sm">{t('older.checked')}</Text>}
      {isApplied && equal === groups && (
        <Alert color="green" variant="light" role="status">
          {t('older.equal', { count: formatCount(groups) })}
        </Alert>
      )}
      {isApplied && different.length > 0 && (
        <>
          <Alert color="orange" variant="light" role="status">
            {t('older.different', { equal: formatCount(equal), groups: formatCount(groups) })}
          </Alert>
          <Table verticalSpacing={3} fz="sm" maw={760}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('columns.order_number')}</Table.Th>
                <Table.Th>{t('columns.work_center')}</Table.Th>
                <Table.Th ta="right">{t('older.balance_source')}</Table.Th>
                <Table.Th ta="right">{t('older.balance_here')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {different.map(row => (
                <Table.Tr key={`${row.order_number} ${row.work_center}`}>
                  <Table.Td>{row.order_number}</Table.Td>
                  <Table.Td>{row.work_center}</Table.Td>
                  <Table.Td ta="right">{formatCount(row.in_source)}</Table.Td>
                  <Table.Td ta="right">{formatCount(row.here)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </>
      )}
    </Stack>
  );
}
