import { Group, SimpleGrid, Stack, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import {
  BALANCE_STATES,
  type BalanceFilter,
  type BalanceRow,
  type BalanceState,
  balanceFilter,
} from '../../../../preload/contract/tracking.ts';
import { useMe } from '../../../app/session.tsx';
import { ask, failureFrom } from '../../../rpc/client.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatCount } from '../../../ui/formats.ts';
import type { GridColumn } from '../../../ui/grid-column.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge, type Tone } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { SavedFilters } from '../../infrastructure/parts/SavedFilters.tsx';
import { ExcelButton } from '../../reporting/parts/ExcelButton.tsx';
import { MovementFilters } from '../parts/MovementFilters.tsx';
import { OrderFlowPanel } from '../parts/OrderFlowPanel.tsx';
import { TrackingTabs } from '../parts/TrackingTabs.tsx';
import { useSource } from '../parts/use-source.ts';

const NONE = balanceFilter.parse({});
const TONES: Record<BalanceState, Tone> = { available: 'good', balanced: 'neutral', shortage: 'bad' };

/** What lies where, of everybody's bookings; a row opens the flow of its order. */
export default function BalancesScreen() {
  const t = useTexts('tracking');
  const { timezone } = useMe();
  const [params, setParams] = useSearchParams();
  const opened = params.get('order');
  const [filter, setFilter] = useState<BalanceFilter>(NONE);
  const { source, answer, total, isPending, error } = useSource(
    'tracking.balances',
    filter,
    (offset, limit) => ask('tracking.balances', { filter, offset, limit }),
  );
  const isPeriod = filter.from !== undefined || filter.to !== undefined;
  const number = (key: 'opening' | 'in_quantity' | 'out_quantity'): GridColumn<BalanceRow> => ({
    key,
    title: t(`columns.${key}`),
    kind: 'number',
    width: 78,
    sortable: false,
  });
  const columns: GridColumn<BalanceRow>[] = [
    { key: 'order_number', title: t('columns.order_number'), width: 140, sortable: false },
    {
      key: 'work_center_code',
      title: t('columns.work_center'),
      width: 165,
      sortable: false,
      value: row =>
        `${row.work_center_code} ${row.work_center_name}${row.is_active ? '' : ` (${t('inactive')})`}`,
    },
    ...(isPeriod ? [number('opening')] : []),
    number('in_quantity'),
    number('out_quantity'),
    {
      key: 'closing',
      title: t(isPeriod ? 'columns.closing' : 'columns.balance'),
      kind: 'number',
      width: 150,
      sortable: false,
      render: row => (
        <StatusBadge
          tone={TONES[row.state]}
          label={`${formatCount(row.closing)} ${t(`states.${row.state}`)}`}
        />
      ),
    },
    {
      key: 'remarks',
      title: t('columns.remarks'),
      width: 190,
      sortable: false,
      value: row => row.remarks ?? '-',
    },
    { key: 'last_user_name', title: t('columns.last_user_name'), width: 150, sortable: false },
    { key: 'last_at_ms', title: t('columns.last_at_ms'), kind: 'instant', width: 150, sortable: false },
  ];
  return (
    <Stack gap="xs" h="100%" style={{ minHeight: 0 }}>
      <PageHeader
        title={t('balances.title', { count: total, shown: formatCount(total) })}
        actions={<ExcelButton path="reporting.exportTracking" input={{ filter }} />}
      />
      <TrackingTabs />
      <SimpleGrid cols={3} spacing="xs" maw={640}>
        {BALANCE_STATES.map(state => (
          <UnstyledButton
            key={state}
            p="xs"
            aria-pressed={filter.state === state}
            onClick={() => setFilter({ ...filter, state: filter.state === state ? undefined : state })}
            style={{
              border: '1px solid var(--mantine-color-default-border)',
              borderRadius: 6,
              background: filter.state === state ? 'var(--mw-chosen)' : undefined,
            }}
          >
            <Group gap="xs" wrap="nowrap">
              <Text fw={600} size="lg">
                {formatCount(answer?.counts[state] ?? 0)}
              </Text>
              <StatusBadge tone={TONES[state]} label={t(`states.${state}`)} />
            </Group>
          </UnstyledButton>
        ))}
      </SimpleGrid>
      <MovementFilters filter={filter} none={NONE} onChange={setFilter}>
        <SavedFilters list="tracking_balances" filter={filter} shape={balanceFilter} onChoose={setFilter} />
      </MovementFilters>
      <RefusalNotice failure={error && failureFrom(error)} />
      <div style={{ display: 'flex', gap: 12, flex: 1, minHeight: 0 }}>
        <div style={{ flex: 1, minWidth: 0, minHeight: 0, display: 'flex' }}>
          <DataGrid
            id="tracking_balances"
            label={t('nav.balances')}
            columns={columns}
            rowKey={row => `${row.order_number} ${row.work_center_id}`}
            source={source}
            sort={null}
            onSort={() => undefined}
            href={row => `/tracking/balances?order=${encodeURIComponent(row.order_number)}`}
            loading={isPending}
            timezone={timezone}
            empty={<EmptyState title={t('balances.none')} text={t('movements.none_text')} />}
          />
        </div>
        {opened && <OrderFlowPanel order_number={opened} onClose={() => setParams({}, { replace: true })} />}
      </div>
    </Stack>
  );
}
