import type { WorkOrderStatus } from '../../../../preload/contract/assembly.ts';
import { StatusBadge, type Tone } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';

const TONES: Record<WorkOrderStatus, Tone> = {
  PLANNED: 'neutral',
  RELEASED: 'waiting',
  IN_PROGRESS: 'progress',
  PAUSED: 'warning',
  COMPLETED: 'good',
  CANCELLED: 'neutral',
};
export function WorkOrderBadge({ status }: { status: WorkOrderStatus }) {
  const t = useTexts('production');
  return <StatusBadge tone={TONES[status]} label={t(`work_order.statuses.${status}`)} />;
}
