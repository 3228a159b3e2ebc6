import type { InspectionResult } from '../../../../preload/contract/inspection.ts';
import { StatusBadge, type Tone } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';

const TONES: Record<InspectionResult, Tone> = { PASS: 'good', FAIL: 'bad', INCOMPLETE: 'waiting' };
export function ResultBadge({ result }: { result: InspectionResult }) {
  const t = useTexts('quality');
  return <StatusBadge tone={TONES[result]} label={t(`results.${result}`)} />;
}
