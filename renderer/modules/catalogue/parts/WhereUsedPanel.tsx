import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { useAsk } from '../../../rpc/hooks.ts';
import type { InputAt } from '../../../rpc/paths.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatQuantity } from '../../../ui/formats.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { TreeGrid } from '../../../ui/TreeGrid.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { Frame } from './Frame.tsx';
import { withParents } from './tree-rows.ts';

/** From the item up through every active bill, and the open builds that hold it. */
export function WhereUsedPanel({
  material_id,
}: {
  material_id: InputAt<'catalogue.whereUsed'>['material_id'];
}) {
  const t = useTexts('catalogue');
  const used = useAsk('catalogue.whereUsed', { material_id });
  const rows = useMemo(() => withParents(used.data?.rows ?? []), [used.data]);
  if (used.error) return <RefusalNotice failure={used.error} />;
  if (!used.data) return null;
  const { builds, is_cut, open_orders } = used.data;
  return (
    <Stack gap="md">
      {rows.length === 0 ? (
        <EmptyState title={t('item.not_used')} />
      ) : (
        <Frame height={320}>
          <TreeGrid
            id="catalogue.where_used"
            label={t('item.where_used')}
            rows={rows}
            searchText={row => `${row.material_number} ${row.material_name}`}
            columns={[
              {
                key: 'material_number',
                title: t('fields.used_in'),
                width: 300,
                value: row => row.material_number,
                render: row => (
                  <Anchor component={Link} to={`/catalogue/items/${row.material_id}`} size="sm">
                    {row.material_number}
                  </Anchor>
                ),
              },
              {
                key: 'material_name',
                title: t('fields.material_name'),
                width: 380,
                value: row => row.material_name,
              },
              {
                key: 'quantity_e6',
                title: t('fields.quantity'),
                width: 90,
                align: 'right',
                value: row => formatQuantity(row.quantity_e6),
              },
              { key: 'path', title: t('fields.path'), width: 360, value: row => row.path.join(' > ') },
            ]}
          />
        </Frame>
      )}
      {is_cut && <Text size="sm">{t('item.where_used_cut')}</Text>}
      <Title order={2} size="h5">
        {t('item.open_orders', { count: open_orders })}
      </Title>
      {builds.length > 0 && (
        <Frame height={220}>
          <DataGrid
            id="catalogue.used_in_builds"
            label={t('item.open_orders', { count: open_orders })}
            rows={builds}
            rowKey={row => row.order_id}
            href={row => `/orders/${row.order_id}`}
            columns={[
              {
                key: 'order_number',
                title: t('fields.order_number'),
                width: 180,
                value: row => row.order_number,
              },
              {
                key: 'build_number',
                title: t('fields.build_number'),
                width: 160,
                value: row => row.build_number,
              },
              {
                key: 'order_status',
                title: t('fields.order_status'),
                width: 200,
                value: row => t(`orders:statuses.${row.order_status}`, { defaultValue: row.order_status }),
              },
              {
                key: 'quantity_e6',
                title: t('fields.quantity'),
                width: 100,
                align: 'right',
                value: row => formatQuantity(row.quantity_e6),
              },
            ]}
          />
        </Frame>
      )}
    </Stack>
  );
}
