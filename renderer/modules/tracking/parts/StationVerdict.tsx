import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { formatCount } from '../../../ui/formats.ts';
import { useTexts, wordFailure } from '../../../ui/texts.ts';
import classes from './Station.module.css';
import type { Verdict } from './use-station.ts';

export const lookOf = (verdict: Verdict | null): 'good' | 'bad' | 'ask' | undefined => {
  if (!verdict) return undefined;
  return verdict.kind === 'unknown_command' || verdict.kind === 'no_quantity' ? 'bad' : verdict.kind;
};
const ICONS = { good: IconCircleCheck, bad: IconCircleX, ask: IconAlertTriangle };

/** What became of the last scan, by shape, word and colour; a refusal stays until it is acknowledged. */
export function StationVerdict({
  verdict,
  onYes,
  onNo,
}: {
  verdict: Verdict;
  onYes: () => void;
  onNo: () => void;
}) {
  const t = useTexts('tracking');
  const look = lookOf(verdict) ?? 'good';
  const Icon = ICONS[look];
  const words = (): string => {
    switch (verdict.kind) {
      case 'good':
        return t(verdict.is_undo ? 'station.undone' : 'station.booked', {
          ...verdict.booked,
          type: t(`types.${verdict.booked.movement_type}`),
          quantity: formatCount(verdict.booked.quantity),
          balance: formatCount(verdict.booked.balance),
        });
      case 'bad':
        return wordFailure(t, verdict.failure);
      case 'unknown_command':
        return t('station.unknown_command', { command: verdict.command });
      case 'no_quantity':
        return t('station.no_quantity', { text: verdict.text });
      case 'ask':
        return verdict.failure
          ? wordFailure(t, verdict.failure)
          : t('station.repeat', { order_number: verdict.order_number });
    }
  };
  return (
    <div className={classes.verdict} data-kind={look} role={look === 'good' ? 'status' : 'alert'}>
      <Icon size={56} aria-hidden style={{ flex: '0 0 auto' }} />
      <span>{words()}</span>
      {look === 'ask' && (
        <button type="button" className={classes.key} onClick={onYes}>
          {t('station.yes')}
        </button>
      )}
      {look !== 'good' && (
        <button type="button" className={classes.key} onClick={onNo}>
          {t(look === 'ask' ? 'station.no' : 'station.acknowledge')}
        </button>
      )}
    </div>
  );
}
