import type { Situation } from '../../../../preload/contract/fulfilment.ts';
import { StatusBadge, type Tone } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';

const TONES: Record<Exclude<Situation['flag'], 'none'>, Tone> = {
  on_hold: 'warning',
  rejected: 'bad',
  rework: 'waiting',
};
/** What open issues make of a build; nothing when there are none. */
export function FlagBadge({ flag }: { flag: Situation['flag'] }) {
  const t = useTexts('fulfilment');
  return flag === 'none' ? null : <StatusBadge tone={TONES[flag]} label={t(`screens.flag.${flag}`)} />;
}
