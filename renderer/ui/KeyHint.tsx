import { Kbd } from '@mantine/core';
import { Fragment } from 'react';

/** A key combination beside an action: `Ctrl+Enter`; `mod` and `alt` of hotkeys are written as on the keys. */
const NAMES: Record<string, string> = { mod: 'Ctrl', alt: 'Alt', shift: 'Shift' };
export function KeyHint({ keys }: { keys: string }) {
  return (
    <span>
      {keys.split('+').map((key, at) => (
        <Fragment key={key}>
          {at > 0 && ' '}
          <Kbd size="xs">{NAMES[key] ?? key}</Kbd>
        </Fragment>
      ))}
    </span>
  );
}
