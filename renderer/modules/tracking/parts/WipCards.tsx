import { Card, Group, SimpleGrid, Table, Text } from '@mantine/core';
import type { OutputAt } from '../../../rpc/paths.ts';
import { formatCount } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';

type Wip = OutputAt<'tracking.wip'>;

export function WipCards({ cards }: { cards: Wip['cards'] }) {
  const t = useTexts('tracking');
  return (
    <SimpleGrid cols={4} spacing="xs">
      {(['in_rows', 'out_rows', 'work_centers', 'people'] as const).map(key => (
        <Card key={key} withBorder padding="xs">
          <Group gap="xs">
            <Text fw={600} size="xl">
              {formatCount(cards[key])}
            </Text>
            <Text size="sm" c="dimmed">
              {t(`reports.cards.${key}`)}
            </Text>
          </Group>
        </Card>
      ))}
    </SimpleGrid>
  );
}

const COLUMNS = [
  'orders',
  'pieces',
  'up_to_7',
  'up_to_30',
  'over_30',
  'shortages',
  'missing_pieces',
] as const;
type Counted = (typeof COLUMNS)[number];
const BAD = new Set<Counted>(['shortages', 'missing_pieces']);
const countOf = (row: Wip['rows'][number], key: Counted): number =>
  key === 'up_to_7' || key === 'up_to_30' || key === 'over_30' ? row.ages[key] : row[key];

/** Open pieces per work centre and how long they have been lying there. */
export function WipTable({ rows }: { rows: Wip['rows'] }) {
  const t = useTexts('tracking');
  return (
    <Table verticalSpacing={3} fz="sm" style={{ fontVariantNumeric: 'tabular-nums' }}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('columns.work_center')}</Table.Th>
          {COLUMNS.map(key => (
            <Table.Th key={key} ta="right">
              {t(`reports.wip.${key}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(row => (
          <Table.Tr key={row.work_center_id}>
            <Table.Td>
              {row.work_center_code} {row.work_center_name}
              {!row.is_active && ` (${t('inactive')})`}
            </Table.Td>
            {COLUMNS.map(key => (
              <Table.Td key={key} ta="right" c={BAD.has(key) && countOf(row, key) > 0 ? 'red' : undefined}>
                {formatCount(countOf(row, key))}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
