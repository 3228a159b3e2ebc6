import { Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { MovementType } from '../../../../preload/contract/tracking.ts';
import { workCenterId } from '../../../../preload/contract/tracking.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { formatCount } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';

const REST_MS = 120;

/** What lies at the work centre before and after this row, and whose order it is. */
export function BalanceHint({
  work_center_id,
  order_number,
  quantity,
  movement_type,
  size = 'xs',
}: {
  work_center_id: string;
  order_number: string;
  quantity: number | null;
  movement_type: MovementType;
  size?: string;
}) {
  const t = useTexts('tracking');
  const [order] = useDebouncedValue(order_number.trim(), REST_MS);
  const center = workCenterId.safeParse(work_center_id);
  const asked = useAsk(
    'tracking.available',
    { order_number: order, work_center_id: center.data ?? ('' as never) },
    { enabled: order !== '' && center.success, keepPrevious: true },
  );
  if (!asked.data || order === '') return null;
  const { available, has_recent_in, match } = asked.data;
  const moved = quantity === null || quantity < 1 ? 0 : quantity;
  const after = movement_type === 'IN' ? available + moved : available - moved;
  const isShort = movement_type === 'OUT' && (after < 0 || !has_recent_in);
  const words =
    movement_type === 'OUT' && !has_recent_in
      ? t('hint.no_in')
      : t('hint.available', { available: formatCount(available), after: formatCount(after) });
  return (
    <Text size={size} c={isShort ? 'red' : 'dimmed'} fw={isShort ? 600 : undefined} component="span">
      {isShort && '⚠ '}
      {words}
      {match && ` · ${match.customer_name}`}
    </Text>
  );
}
