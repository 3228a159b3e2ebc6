import { Button, Stack } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import {
  type Movement,
  type MovementSort,
  movementFilter,
  movementSort,
} from '../../../../preload/contract/tracking.ts';
import { useMe } from '../../../app/session.tsx';
import { ask, failureFrom } from '../../../rpc/client.ts';
import { fromAddress } from '../../../ui/address.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatCount } from '../../../ui/formats.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { SavedFilters } from '../../infrastructure/parts/SavedFilters.tsx';
import { ExcelButton } from '../../reporting/parts/ExcelButton.tsx';
import { CorrectDialog } from '../parts/CorrectDialog.tsx';
import { MovementFilters, TypeFilter } from '../parts/MovementFilters.tsx';
import { useMovementColumns } from '../parts/movement-columns.tsx';
import { TrackingTabs } from '../parts/TrackingTabs.tsx';
import { useSource } from '../parts/use-source.ts';

const NONE = movementFilter.parse({});
const NEWEST: MovementSort = { by: 'occurred_at_ms', direction: 'desc' };

/** Every movement that the person may see; the filter lives in the address. */
export default function MovementsScreen() {
  const t = useTexts('tracking');
  const { may, timezone } = useMe();
  const [params, setParams] = useSearchParams();
  const stated = params.get('filter');
  const filter = useMemo(() => fromAddress(movementFilter, stated), [stated]);
  const [sort, setSort] = useState(NEWEST);
  const [active, setActive] = useState<Movement>();
  const [correcting, setCorrecting] = useState<Movement>();
  const { source, total, isPending, error } = useSource(
    'tracking.movements',
    [filter, sort],
    (offset, limit) => ask('tracking.movements', { filter, sort, offset, limit }),
  );
  const columns = useMovementColumns();
  const isCorrectable = active && active.corrects_id === null && active.corrected_quantity < active.quantity;
  return (
    <Stack gap="xs" h="100%" style={{ minHeight: 0 }}>
      <PageHeader
        title={t('movements.title', { count: total, shown: formatCount(total) })}
        actions={
          <>
            <ExcelButton path="reporting.exportTracking" input={{ filter }} rows={total} />
            {may('order_movements:update') && (
              <Button
                variant="default"
                leftSection={<IconArrowBackUp size={16} />}
                disabled={!isCorrectable}
                onClick={() => setCorrecting(active)}
              >
                {t('correct.title')}
              </Button>
            )}
          </>
        }
      />
      <TrackingTabs />
      <MovementFilters
        filter={filter}
        none={NONE}
        onChange={next => setParams({ filter: JSON.stringify(next) }, { replace: true })}
      >
        <TypeFilter
          value={filter.movement_type}
          onChange={movement_type =>
            setParams({ filter: JSON.stringify({ ...filter, movement_type }) }, { replace: true })
          }
        />
        <SavedFilters
          list="tracking_movements"
          filter={filter}
          shape={movementFilter}
          onChoose={next => setParams({ filter: JSON.stringify(next) }, { replace: true })}
        />
      </MovementFilters>
      <RefusalNotice failure={error && failureFrom(error)} />
      <DataGrid
        id="tracking_movements"
        label={t('nav.movements')}
        columns={columns}
        rowKey={row => row.movement_id}
        source={source}
        sort={sort}
        onSort={({ by, direction }) => {
          const next = movementSort.safeParse({ by, direction });
          if (next.success) setSort(next.data);
        }}
        href={row => `/tracking/balances?order=${encodeURIComponent(row.order_number)}`}
        onCursor={setActive}
        loading={isPending}
        timezone={timezone}
        empty={<EmptyState title={t('movements.none')} text={t('movements.none_text')} />}
      />
      {correcting && <CorrectDialog movement={correcting} onClose={() => setCorrecting(undefined)} />}
    </Stack>
  );
}
