import { Kbd } from '@mantine/core';
import { Fragment } from 'react';
import { useTexts } from './texts.ts';

const HOTKEYS: Record<string, string> = { mod: 'Ctrl', alt: 'Alt', shift: 'Shift' };
/** Keys that are called otherwise on the keyboards of other languages. */
const NAMED = new Set(['Ctrl', 'Alt', 'Shift', 'Enter', 'Esc', 'Space']);

/** A key combination beside an action: `Ctrl+Enter`; `mod` and `alt` of hotkeys are written as on the keys. */
export function KeyHint({ keys }: { keys: string }) {
  const t = useTexts('ui');
  const nameOf = (key: string) => {
    const name = HOTKEYS[key] ?? key;
    return NAMED.has(name) ? t(`key.${name}`) : name;
  };
  return (
    <span>
      {keys.split('+').map((key, at) => (
        <Fragment key={key}>
          {at > 0 && ' '}
          <Kbd size="xs">{nameOf(key)}</Kbd>
        </Fragment>
      ))}
    </span>
  );
}
