import type { PlanSummary } from '../../../../preload/contract/inspection.ts';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';

const TONES = { DRAFT: 'progress', ACTIVE: 'good', RETIRED: 'neutral' } as const;
export function PlanStatusBadge({ status }: { status: PlanSummary['status'] }) {
  const t = useTexts('quality');
  return <StatusBadge tone={TONES[status]} label={t(`plan.statuses.${status}`)} />;
}
