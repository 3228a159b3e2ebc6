import { Alert, Anchor, Button, Group } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link } from 'react-router';
import type { MaterialDetails } from '../../../../preload/contract/catalogue.ts';
import { useMe } from '../../../app/session.tsx';
import { useCommand } from '../../../rpc/hooks.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatQuantity } from '../../../ui/formats.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { TreeGrid } from '../../../ui/TreeGrid.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { Frame } from './Frame.tsx';
import { withParents } from './tree-rows.ts';

/** All levels below an item, with the notice that imported quantities await confirmation. */
export function ComponentsPanel({ item }: { item: MaterialDetails }) {
  const t = useTexts('catalogue');
  const { may } = useMe();
  const confirm = useCommand('catalogue.confirmQuantities');
  const rows = useMemo(() => withParents(item.components), [item.components]);
  const set = (confirmed: boolean) =>
    void confirm.run({ material_id: item.material_id, confirmed }).catch(() => undefined);
  if (rows.length === 0)
    return <EmptyState title={t('item.no_components')} hint={t('item.no_components_hint')} />;
  return (
    <>
      {!item.quantities_verified && item.is_imported && (
        <Alert color="orange" variant="light" icon={<IconAlertTriangle aria-hidden />} mb="xs">
          <Group justify="space-between">
            {t('item.quantities_unverified')}
            {may('materials:approve') && (
              <Button size="compact-sm" variant="default" loading={confirm.pending} onClick={() => set(true)}>
                {t('item.confirm_quantities')}
              </Button>
            )}
          </Group>
        </Alert>
      )}
      <RefusalNotice failure={confirm.failure} />
      <Frame height={480}>
        <TreeGrid
          id="catalogue.components"
          label={t('item.components')}
          rows={rows}
          searchText={row => `${row.material_number} ${row.material_name}`}
          columns={[
            {
              key: 'material_number',
              title: t('fields.material_number'),
              width: 300,
              value: row => row.material_number,
              render: row =>
                row.material_id ? (
                  <Anchor component={Link} to={`/catalogue/items/${row.material_id}`} size="sm">
                    {row.material_number}
                  </Anchor>
                ) : (
                  row.material_number
                ),
            },
            {
              key: 'material_name',
              title: t('fields.material_name'),
              width: 380,
              value: row => row.material_name,
            },
            {
              key: 'record_type',
              title: t('fields.record_type'),
              width: 100,
              value: row => t(`records.${row.record_type}`),
            },
            {
              key: 'quantity_e6',
              title: t('fields.quantity'),
              width: 90,
              align: 'right',
              value: row => formatQuantity(row.quantity_e6),
            },
            {
              key: 'total_quantity_e6',
              title: t('fields.total_quantity'),
              width: 90,
              align: 'right',
              value: row => formatQuantity(row.total_quantity_e6),
            },
            { key: 'notes', title: t('fields.notes'), width: 160, value: row => row.notes },
          ]}
        />
      </Frame>
    </>
  );
}
