import type { FormRow } from '../../../../preload/contract/inspection.ts';
import classes from './Quality.module.css';

/** The limits as a band and the measured value as a mark on it. */
export function LimitBand({ row, value_e6 }: { row: FormRow; value_e6: number | undefined }) {
  const [lower, upper] = [row.lower_limit_e6, row.upper_limit_e6];
  if (lower === null || upper === null || upper <= lower) return null;
  // The band is the middle half; beyond it there is as much room on each side as half of it.
  const at = (v: number) => Math.min(100, Math.max(0, 25 + ((v - lower) / (upper - lower)) * 50));
  const isInside = value_e6 !== undefined && value_e6 >= lower && value_e6 <= upper;
  return (
    <div className={classes.band} aria-hidden>
      <div className={classes.inside} />
      {row.target_value_e6 !== null && (
        <div className={classes.target} style={{ left: `${at(row.target_value_e6)}%` }} />
      )}
      {value_e6 !== undefined && (
        <div className={classes.mark} data-inside={isInside} style={{ left: `${at(value_e6)}%` }} />
      )}
    </div>
  );
}
