import { Text, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { FormRow } from '../../../../preload/contract/inspection.ts';
import { useMe } from '../../../app/session.tsx';
import { formatQuantity, parseQuantity } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';
import { limitWords } from './answer-words.ts';
import { LimitBand } from './LimitBand.tsx';
import classes from './Quality.module.css';
import type { FormHandle } from './use-form.ts';

const KEYS = ['7', '8', '9', '4', '5', '6', '1', '2', '3', '-', '0', '.'] as const;

/** A measured number: pad for gloves, keyboard, comma or point; red at once outside its limits. */
export function NumberPad({ row, handle, onDone }: { row: FormRow; handle: FormHandle; onDone: () => void }) {
  const t = useTexts('quality');
  const { locale } = useMe();
  const [text, setText] = useState(
    row.measured_value_e6 === null ? '' : formatQuantity(row.measured_value_e6),
  );
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (row.data_type !== 'COUNT') field.current?.focus();
  }, [row.data_type]);
  const value_e6 = text.trim() === '' ? undefined : parseQuantity(text);
  const limits = limitWords(row, t);
  const isOutside =
    value_e6 !== undefined &&
    ((row.lower_limit_e6 !== null && value_e6 < row.lower_limit_e6) ||
      (row.upper_limit_e6 !== null && value_e6 > row.upper_limit_e6));
  const keep = async () => {
    if (value_e6 === undefined) return text.trim() === '';
    return handle.answer(row, {
      measured_value_e6: value_e6,
      ...(row.data_type === 'COUNT' && { measured_text: null }),
    });
  };
  return (
    <div>
      <TextInput
        ref={field}
        className={classes.big}
        inputMode="decimal"
        aria-label={`${row.name[locale]} ${row.unit ?? ''}`}
        description={limits}
        rightSection={<Text size="xl">{row.unit}</Text>}
        rightSectionWidth={64}
        error={
          text.trim() !== '' && value_e6 === undefined
            ? t('not_a_number')
            : isOutside
              ? t('outside', { limits })
              : null
        }
        value={text}
        onChange={event => setText(event.currentTarget.value)}
        onBlur={() => void keep()}
        onKeyDown={event => {
          if (event.key !== 'Enter' || event.ctrlKey) return;
          event.preventDefault();
          void keep().then(kept => kept && value_e6 !== undefined && onDone());
        }}
      />
      <LimitBand row={row} value_e6={value_e6} />
      <div className={classes.pad} style={{ marginTop: 16 }}>
        {KEYS.map(key => (
          <button
            key={key}
            type="button"
            className={classes.key}
            tabIndex={-1}
            onMouseDown={event => event.preventDefault()}
            onClick={() => setText(now => now + key)}
          >
            {key}
          </button>
        ))}
      </div>
    </div>
  );
}
