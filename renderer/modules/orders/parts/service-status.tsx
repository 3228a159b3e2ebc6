import type { ServiceStatus } from '../../../../preload/contract/service-orders.ts';
import { StatusBadge, type Tone } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';

const TONES: Record<ServiceStatus, Tone> = {
  DRAFT: 'neutral',
  PENDING: 'waiting',
  APPROVED: 'progress',
  REJECTED: 'bad',
  FULFILLED: 'good',
  CANCELLED: 'neutral',
};
export function ServiceStatusBadge({ status }: { status: ServiceStatus }) {
  const t = useTexts('orders');
  return <StatusBadge tone={TONES[status]} label={t(`service.statuses.${status}`)} />;
}
