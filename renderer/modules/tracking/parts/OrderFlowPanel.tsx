import { Anchor, Stack, Table, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { useAsk } from '../../../rpc/hooks.ts';
import { formatCount } from '../../../ui/formats.ts';
import { SidePanel } from '../../../ui/SidePanel.tsx';
import { useTexts } from '../../../ui/texts.ts';

/** One order: centre by centre in the usual flow, and who booked how much. */
export function OrderFlowPanel({ order_number, onClose }: { order_number: string; onClose: () => void }) {
  const t = useTexts('tracking');
  const { data } = useAsk('tracking.orderFlow', { order_number }, { keepPrevious: true });
  const filter = JSON.stringify({ order_number });
  return (
    <SidePanel title={order_number} onClose={onClose} width={430}>
      <Stack gap="sm">
        <Title order={3} size="h6">
          {t('flow.centers')}
        </Title>
        <Table verticalSpacing={2} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('columns.work_center')}</Table.Th>
              <Table.Th ta="right">{t('flow.on_the_way')}</Table.Th>
              <Table.Th ta="right">{t('types.IN')}</Table.Th>
              <Table.Th ta="right">{t('types.OUT')}</Table.Th>
              <Table.Th ta="right">{t('columns.balance')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data?.centers.map(c => (
              <Table.Tr key={c.work_center_id}>
                <Table.Td>{c.work_center_code}</Table.Td>
                <Table.Td ta="right">{c.on_the_way === null ? '' : formatCount(c.on_the_way)}</Table.Td>
                <Table.Td ta="right">{formatCount(c.in_quantity)}</Table.Td>
                <Table.Td ta="right">{formatCount(c.out_quantity)}</Table.Td>
                <Table.Td ta="right" c={c.balance < 0 ? 'red' : undefined} fw={600}>
                  {formatCount(c.balance)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Title order={3} size="h6">
          {t('flow.people')}
        </Title>
        <Table verticalSpacing={2} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('columns.user_name')}</Table.Th>
              <Table.Th>{t('columns.work_center')}</Table.Th>
              <Table.Th ta="right">{t('types.IN')}</Table.Th>
              <Table.Th ta="right">{t('types.OUT')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data?.people.map(person => (
              <Table.Tr key={`${person.user_name} ${person.work_center_code}`}>
                <Table.Td>{person.user_name}</Table.Td>
                <Table.Td>{person.work_center_code}</Table.Td>
                <Table.Td ta="right">{formatCount(person.in_quantity)}</Table.Td>
                <Table.Td ta="right">{formatCount(person.out_quantity)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Text size="xs" c="dimmed">
          {t('flow.note')}
        </Text>
        <Anchor component={Link} size="sm" to={`/tracking?filter=${encodeURIComponent(filter)}`}>
          {t('flow.movements')}
        </Anchor>
      </Stack>
    </SidePanel>
  );
}
