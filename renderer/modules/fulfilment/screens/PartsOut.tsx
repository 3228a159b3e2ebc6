import { Checkbox, Stack } from '@mantine/core';
import { useState } from 'react';
import { useAsk } from '../../../rpc/hooks.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { usePartsColumns } from '../parts/parts-columns.tsx';

const MOST_LINES = 1000;
/** Everything that is made or finished outside; a line leads to its build. */
export default function PartsOut() {
  const t = useTexts('fulfilment');
  const [onlyOpen, setOnlyOpen] = useState(true);
  const found = useAsk(
    'fulfilment.outsourced',
    { only_open: onlyOpen, limit: MOST_LINES },
    { keepPrevious: true },
  );
  const columns = usePartsColumns(true);
  const overdue = found.data?.overdue ?? 0;
  return (
    <Stack gap="sm" h="100%" style={{ minHeight: 0 }}>
      <PageHeader
        title={t('screens.parts_title')}
        subtitle={t('screens.parts_subtitle')}
        actions={
          <Checkbox
            label={t('screens.only_open')}
            checked={onlyOpen}
            onChange={event => setOnlyOpen(event.currentTarget.checked)}
          />
        }
      />
      <RefusalNotice failure={found.error} />
      <DataGrid
        id="parts-out"
        label={t('screens.parts_title')}
        columns={columns}
        rows={found.data?.rows ?? []}
        loading={found.isPending}
        rowKey={row => row.shipment_item_id}
        href={row => `/orders/${row.order_id}?tab=parts`}
        bar={overdue > 0 && <StatusBadge tone="bad" label={t('screens.overdue_n', { count: overdue })} />}
        empty={<EmptyState title={t('screens.no_parts')} text={t('screens.no_parts_text')} />}
      />
    </Stack>
  );
}
