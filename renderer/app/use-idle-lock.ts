import { useEffect } from 'react';
import { useMe } from './session.tsx';

const EVENTS = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** Locks the window after the plant's idle minutes without a key or a movement. */
export function useIdleLock(): void {
  const { idle_minutes, is_locked, lock } = useMe();
  useEffect(() => {
    if (is_locked) return;
    const idle_ms = idle_minutes * 60_000;
    let last_ms = performance.now();
    let timer: number;
    const look = () => {
      const left_ms = last_ms + idle_ms - performance.now();
      if (left_ms <= 0) void lock();
      else timer = window.setTimeout(look, left_ms);
    };
    const move = () => {
      last_ms = performance.now();
    };
    timer = window.setTimeout(look, idle_ms);
    for (const event of EVENTS) window.addEventListener(event, move, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const event of EVENTS) window.removeEventListener(event, move);
    };
  }, [idle_minutes, is_locked, lock]);
}
