import type { FormRow } from '../../../../preload/contract/inspection.ts';
import { useTexts } from '../../../ui/texts.ts';
import classes from './Quality.module.css';

/** Every check of the form as a key; its state stands in words, too. */
export function JumpList({
  rows,
  here,
  onGo,
}: {
  rows: readonly FormRow[];
  here: number;
  onGo: (index: number) => void;
}) {
  const t = useTexts('quality');
  return (
    <div style={{ overflow: 'auto' }}>
      <div className={classes.jump}>
        {rows.map((row, index) => (
          <button
            key={row.measurement_id}
            type="button"
            className={classes.key}
            data-state={row.state}
            aria-current={index === here}
            onClick={() => onGo(index)}
          >
            <span>{row.repeat_index > 0 ? `${row.code}.${row.repeat_index}` : row.code}</span>
            <small style={{ fontWeight: 400, fontSize: 15 }}>{t(`states.${row.state}`)}</small>
          </button>
        ))}
      </div>
    </div>
  );
}
