import { Anchor, Stack, Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useAsk } from '../../../rpc/hooks.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { WantRisk } from '../../orders/parts/WantRisk.tsx';
import { BomStatus } from '../parts/BomPanel.tsx';

const SHOWN = 500;

/** Builds whose BOM waits for a decision, the most urgent first. */
export default function BomReview() {
  const t = useTexts('bom');
  const found = useAsk('orders.list', {
    filter: { status: ['ORDER_CREATED'] },
    sort: { by: 'want_on', direction: 'asc' },
    limit: SHOWN,
  });
  const rows = found.data?.rows ?? [];
  const open = rows.filter(({ bom_id }) => bom_id === null);
  const decided = rows.filter(({ bom_id }) => bom_id !== null);
  return (
    <Stack gap="sm">
      <PageHeader
        title={t('screens.to_review')}
        status={
          <Text size="sm" c="dimmed">
            {t('screens.n_to_review', { count: open.length })}
          </Text>
        }
      />
      {found.data && rows.length === 0 && (
        <EmptyState title={t('screens.nothing_to_review')} hint={t('screens.nothing_to_review_text')} />
      )}
      {rows.length > 0 && (
        <Table stickyHeader highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('screens.order')}</Table.Th>
              <Table.Th>{t('screens.build')}</Table.Th>
              <Table.Th>{t('screens.customer')}</Table.Th>
              <Table.Th>{t('screens.want_on')}</Table.Th>
              <Table.Th>{t('screens.status')}</Table.Th>
              <Table.Th>{t('screens.columns.revision')}</Table.Th>
              <Table.Th>{t('screens.created_by')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {[...open, ...decided].map(row => (
              <Table.Tr key={row.order_id}>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>{row.order_number}</Table.Td>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>
                  <Anchor component={Link} size="sm" to={`/orders/${row.order_id}?tab=bom`}>
                    {row.build_number}
                  </Anchor>
                </Table.Td>
                <Table.Td>{row.customer_name}</Table.Td>
                <Table.Td>
                  <WantRisk order={row} />
                </Table.Td>
                <Table.Td>
                  <BomStatus status={row.bom_id === null ? 'DRAFT' : 'APPROVED'} />
                </Table.Td>
                <Table.Td>{row.configuration_revision}</Table.Td>
                <Table.Td>{row.created_by_name}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {(found.data?.total ?? 0) > SHOWN && (
        <Text c="dimmed">{t('screens.first_shown', { count: SHOWN })}</Text>
      )}
    </Stack>
  );
}
