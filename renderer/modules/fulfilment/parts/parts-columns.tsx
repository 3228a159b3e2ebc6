import { useMemo } from 'react';
import type { OutsourcedLine } from '../../../../preload/contract/fulfilment.ts';
import type { GridColumn } from '../../../ui/grid-column.tsx';
import { StatusBadge, type Tone } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';

const TONES: Record<OutsourcedLine['outsourcing_status'], Tone> = {
  PENDING: 'neutral',
  SENT: 'progress',
  IN_PROGRESS: 'progress',
  DELAYED: 'warning',
  RECEIVED: 'good',
  CANCELLED: 'neutral',
};

/** Lines made or finished outside. */
export function usePartsColumns(withBuild: boolean): GridColumn<OutsourcedLine>[] {
  const t = useTexts('fulfilment');
  return useMemo(() => {
    const build: GridColumn<OutsourcedLine>[] = [
      {
        key: 'build_number',
        title: t('screens.build'),
        width: 190,
        value: row => `${row.order_number} / ${row.build_number}`,
      },
    ];
    const columns: GridColumn<OutsourcedLine>[] = [
      { key: 'material_number', title: t('screens.item'), width: 190 },
      { key: 'material_description', title: t('screens.description'), width: 220 },
      { key: 'quantity_e6', title: t('screens.quantity'), kind: 'quantity', width: 90 },
      {
        key: 'outsourcing_status',
        title: t('screens.status'),
        kind: 'badge',
        width: 140,
        value: row => t(`outsourcing.${row.outsourcing_status}`),
        render: row => (
          <StatusBadge
            tone={TONES[row.outsourcing_status]}
            label={t(`outsourcing.${row.outsourcing_status}`)}
          />
        ),
      },
      {
        key: 'expected_on',
        title: t('screens.expected'),
        kind: 'day',
        width: 250,
        render: row =>
          row.days_overdue > 0 ? (
            <>
              {row.expected_on}{' '}
              <StatusBadge tone="bad" label={t('screens.days_overdue', { count: row.days_overdue })} />
            </>
          ) : (
            row.expected_on
          ),
      },
      { key: 'returned_on', title: t('outsourcing.RECEIVED'), kind: 'day', width: 120 },
      { key: 'supplier', title: t('screens.supplier'), width: 200 },
      { key: 'shipment_number', title: t('screens.shipment'), width: 140 },
      { key: 'tracking_number', title: t('screens.tracking_number'), width: 150 },
      { key: 'notes', title: t('screens.notes'), width: 200 },
    ];
    return withBuild ? [...build, ...columns] : columns;
  }, [t, withBuild]);
}
