import { Kbd } from '@mantine/core';

/** A key combination beside an action: `Ctrl+Enter`. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <span className="key-hint" aria-hidden>
      {keys.split('+').map(key => (
        <Kbd key={key} size="xs">
          {key}
        </Kbd>
      ))}
    </span>
  );
}
