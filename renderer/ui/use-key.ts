import { useEffect, useRef } from 'react';

/** Runs `act` on a key combination such as `Ctrl+S`, `Ctrl+Enter` or `Escape`, wherever the focus is. */
export function useKey(combination: string, act: () => void, enabled = true): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    if (!enabled) return;
    const parts = combination.toLowerCase().split('+');
    const key = parts.at(-1) ?? '';
    const listen = (event: KeyboardEvent) => {
      const wanted =
        event.key.toLowerCase() === key &&
        (event.ctrlKey || event.metaKey) === parts.includes('ctrl') &&
        event.altKey === parts.includes('alt') &&
        (key === '?' || event.shiftKey === parts.includes('shift'));
      if (!wanted) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [combination, enabled]);
}
