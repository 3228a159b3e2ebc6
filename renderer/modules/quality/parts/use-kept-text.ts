import { useEffect, useRef, useState } from 'react';

const QUIET_MS = 500;
/**
 * A text that is kept while it is typed: half a second after the last key, and when the field is left. What arrives
 * from elsewhere shows as long as nothing is being typed.
 */
export function useKeptText(stored: string, keep: (text: string) => unknown) {
  const [typed, setTyped] = useState<string | null>(null);
  const latest = useRef({ typed, stored, keep });
  latest.current = { typed, stored, keep };
  const timer = useRef<number | undefined>(undefined);
  const flush = useRef(() => {
    window.clearTimeout(timer.current);
    const { typed: now, stored: held, keep: save } = latest.current;
    if (now !== null && now !== held) void save(now);
    setTyped(null);
  });
  useEffect(() => () => flush.current(), []);
  return {
    text: typed ?? stored,
    onChange: (text: string) => {
      setTyped(text);
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => {
        const { typed: now, stored: held, keep: save } = latest.current;
        if (now !== null && now !== held) void save(now);
      }, QUIET_MS);
    },
    flush: flush.current,
  };
}
