import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { FormRow } from '../../../../preload/contract/inspection.ts';
import { useMe } from '../../../app/session.tsx';
import { useScanTarget } from '../../../scan/scan-targets.ts';
import classes from './Quality.module.css';
import type { FormHandle } from './use-form.ts';

/** A text by scanner or keyboard; Enter keeps it and goes on. */
export function StationText({
  row,
  handle,
  onDone,
}: {
  row: FormRow;
  handle: FormHandle;
  onDone: () => void;
}) {
  const { locale } = useMe();
  const [text, setText] = useState(row.measured_text ?? '');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  // A scanner fills the check; of a coded label the serial number counts.
  useScanTarget(async scan => {
    if (scan.command) return undefined;
    const scanned = scan.readings.find(r => r.facts.serial_number)?.facts.serial_number ?? scan.text;
    setText(scanned);
    if (await handle.answer(row, { measured_text: scanned })) onDone();
    return { kind: 'shown' };
  }, row.is_applicable);
  const keep = async () => text === (row.measured_text ?? '') || handle.answer(row, { measured_text: text });
  return (
    <TextInput
      ref={field}
      className={classes.big}
      aria-label={row.name[locale]}
      maxLength={500}
      value={text}
      onChange={event => setText(event.currentTarget.value)}
      onBlur={() => void keep()}
      onKeyDown={event => {
        if (event.key !== 'Enter' || event.ctrlKey) return;
        event.preventDefault();
        void keep().then(kept => kept && text.trim() !== '' && onDone());
      }}
    />
  );
}
