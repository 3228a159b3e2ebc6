import { Badge, Group } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { Movement, MovementType } from '../../../../preload/contract/tracking.ts';
import type { GridColumn } from '../../../ui/grid-column.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { type Texts, useTexts } from '../../../ui/texts.ts';

export function TypeBadge({ type }: { type: MovementType }) {
  const t = useTexts('tracking');
  const Icon = type === 'IN' ? IconArrowDown : IconArrowUp;
  return (
    <Badge
      variant="light"
      radius="sm"
      className="status-badge"
      color={type === 'IN' ? 'green' : 'orange'}
      leftSection={<Icon size={13} aria-hidden />}
    >
      {t(`types.${type}`)}
    </Badge>
  );
}
export const remarkOf = (t: Texts, row: Movement): string =>
  row.correction_reason === 'UNDO' ? t('undone_remark') : (row.remark ?? '-');

export function useMovementColumns(): GridColumn<Movement>[] {
  const t = useTexts('tracking');
  return [
    { key: 'order_number', title: t('columns.order_number'), width: 170 },
    {
      key: 'work_center_code',
      title: t('columns.work_center'),
      width: 190,
      value: row => `${row.work_center_code} ${row.work_center_name}`,
    },
    { key: 'quantity', title: t('columns.quantity'), kind: 'number', width: 100 },
    {
      key: 'movement_type',
      title: t('columns.movement_type'),
      width: 190,
      sortable: false,
      value: row => t(`types.${row.movement_type}`),
      render: row => (
        <Group gap={4} wrap="nowrap">
          <TypeBadge type={row.movement_type} />
          {row.flag && <StatusBadge tone="warning" label={t(`flags.${row.flag}`)} />}
          {row.corrects_id && <StatusBadge label={t('correction')} />}
        </Group>
      ),
    },
    {
      key: 'remark',
      title: t('columns.remark'),
      width: 200,
      sortable: false,
      value: row => remarkOf(t, row),
    },
    { key: 'user_name', title: t('columns.user_name'), width: 150, sortable: false },
    {
      key: 'department_name',
      title: t('columns.department_name'),
      width: 130,
      sortable: false,
      value: row => row.department_name ?? '-',
    },
    { key: 'occurred_at_ms', title: t('columns.occurred_at_ms'), kind: 'instant', width: 150 },
  ];
}
