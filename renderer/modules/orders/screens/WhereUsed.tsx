import { Anchor, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { failureFrom } from '../../../rpc/client.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatQuantity } from '../../../ui/formats.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { OrderStatusBadge } from '../parts/OrderStatusBadge.tsx';

const PAGE = 200;

/** Open builds that hold an item, at any level of their BOM. */
export default function WhereUsed() {
  const t = useTexts('orders');
  const { material_id = '' } = useParams();
  const [offset, setOffset] = useState(0);
  const item = useAsk('catalogue.getMaterial', { material_id });
  const found = useAsk('orders.whereUsed', { material_id, offset, limit: PAGE });
  const name = item.data ? `${item.data.material_number} · ${item.data.material_name}` : '';
  return (
    <Stack gap="sm">
      <PageHeader
        title={t('screens.where_used')}
        crumbs={[{ label: t('screens.orders'), to: '/orders' }]}
        status={
          <Text size="sm" c="dimmed">
            {name}
          </Text>
        }
      />
      {found.error && <RefusalNotice failure={failureFrom(found.error)} />}
      {found.data && found.data.uses.length === 0 && (
        <EmptyState title={t('screens.not_used')} hint={t('screens.not_used_text')} />
      )}
      {found.data && found.data.uses.length > 0 && (
        <Table stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('screens.columns.order_number')}</Table.Th>
              <Table.Th>{t('screens.columns.build_number')}</Table.Th>
              <Table.Th>{t('screens.columns.customer_name')}</Table.Th>
              <Table.Th>{t('screens.columns.order_status')}</Table.Th>
              <Table.Th>{t('screens.columns.want_on')}</Table.Th>
              <Table.Th>{t('screens.bom')}</Table.Th>
              <Table.Th ta="right">{t('screens.quantity')}</Table.Th>
              <Table.Th ta="right">{t('screens.places')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {found.data.uses.map(use => (
              <Table.Tr key={use.bom_id}>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>{use.order_number}</Table.Td>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>
                  <Anchor component={Link} to={`/orders/${use.order_id}`} size="sm">
                    {use.build_number}
                  </Anchor>
                </Table.Td>
                <Table.Td>{use.customer_name}</Table.Td>
                <Table.Td>
                  <OrderStatusBadge status={use.order_status} />
                </Table.Td>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>{use.want_on ?? '—'}</Table.Td>
                <Table.Td>
                  <Anchor component={Link} to={`/boms/${use.bom_id}`} size="sm">
                    {t('screens.bom_version', { version: use.bom_version })}
                  </Anchor>
                </Table.Td>
                <Table.Td ta="right">{formatQuantity(use.total_quantity_e6)}</Table.Td>
                <Table.Td ta="right">{use.occurrences}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Group>
        {offset > 0 && (
          <Button variant="default" onClick={() => setOffset(offset - PAGE)}>
            {t('screens.back')}
          </Button>
        )}
        {found.data?.has_more && (
          <Button variant="default" onClick={() => setOffset(offset + PAGE)}>
            {t('screens.more')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
