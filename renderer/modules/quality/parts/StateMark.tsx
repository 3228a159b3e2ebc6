import type { AnswerState, FormRow } from '../../../../preload/contract/inspection.ts';
import { StatusBadge, type Tone } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';

const TONES: Record<AnswerState, Tone> = {
  open: 'neutral',
  note: 'warning',
  file: 'warning',
  text: 'warning',
  ok: 'good',
  fails: 'bad',
  not_applicable: 'neutral',
};
/** How far an answer is: shape, word and colour. */
export function StateMark({ row }: { row: FormRow }) {
  const t = useTexts('quality');
  return <StatusBadge tone={TONES[row.state]} label={t(`states.${row.state}`)} />;
}
