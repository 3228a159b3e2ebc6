import { Stack } from '@mantine/core';
import { useState } from 'react';
import type { ArchivedGroup } from '../../../../preload/contract/tracking.ts';
import { useMe } from '../../../app/session.tsx';
import { ask, failureFrom } from '../../../rpc/client.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatCount } from '../../../ui/formats.ts';
import type { GridColumn } from '../../../ui/grid-column.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { SearchInput } from '../../../ui/SearchInput.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { TrackingTabs } from '../parts/TrackingTabs.tsx';
import { useSource } from '../parts/use-source.ts';

/** What was closed, with its sums; a row opens the movements of its order, archived ones included. */
export default function ArchiveScreen() {
  const t = useTexts('tracking');
  const { timezone } = useMe();
  const [text, setText] = useState('');
  const { source, total, isPending, error } = useSource('tracking.archivedGroups', text, (offset, limit) =>
    ask('tracking.archivedGroups', { text, offset, limit }),
  );
  const number = (
    key: 'movements' | 'in_quantity' | 'out_quantity' | 'balance',
    title: string,
  ): GridColumn<ArchivedGroup> => ({ key, title, kind: 'number', width: 110, sortable: false });
  const columns: GridColumn<ArchivedGroup>[] = [
    { key: 'order_number', title: t('columns.order_number'), width: 180, sortable: false },
    {
      key: 'work_center_code',
      title: t('columns.work_center'),
      width: 200,
      sortable: false,
      value: row => `${row.work_center_code} ${row.work_center_name}`,
    },
    { key: 'until_at_ms', title: t('archive.until'), kind: 'instant', width: 160, sortable: false },
    number('movements', t('nav.movements')),
    number('in_quantity', t('columns.in_quantity')),
    number('out_quantity', t('columns.out_quantity')),
    number('balance', t('columns.balance')),
    {
      key: 'is_closed',
      title: t('archive.state'),
      width: 140,
      sortable: false,
      render: row => (
        <StatusBadge
          tone={row.is_closed ? 'neutral' : 'warning'}
          label={t(row.is_closed ? 'archive.closed' : 'archive.reopened')}
        />
      ),
    },
  ];
  const address = (order_number: string) =>
    `/tracking?filter=${encodeURIComponent(JSON.stringify({ order_number, include_archive: true }))}`;
  return (
    <Stack gap="xs" h="100%" style={{ minHeight: 0 }}>
      <PageHeader title={t('archive.list', { count: total, shown: formatCount(total) })} />
      <TrackingTabs />
      <SearchInput value={text} onChange={setText} label={t('filters.search')} width={220} />
      <RefusalNotice failure={error && failureFrom(error)} />
      <DataGrid
        id="tracking_archive"
        label={t('nav.archive')}
        columns={columns}
        rowKey={row => `${row.order_number} ${row.work_center_id}`}
        source={source}
        sort={null}
        onSort={() => undefined}
        href={row => address(row.order_number)}
        loading={isPending}
        timezone={timezone}
        empty={<EmptyState title={t('archive.none')} text={t('archive.none_text')} />}
      />
    </Stack>
  );
}
