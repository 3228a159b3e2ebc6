import { useEffect, useState } from 'react';
import { useMe } from './session.tsx';

const EVENTS = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;
/** The last sixth of the idle time, at least a quarter of a minute: 25 of 30 minutes pass without a word. */
const warnedAfter = (idle_ms: number): number => Math.min((idle_ms * 5) / 6, idle_ms - 15_000);

/** Locks the window after the plant's idle minutes without a key or a movement; tells when that is near. */
export function useIdleLock(): boolean {
  const { idle_minutes, is_locked, lock } = useMe();
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    setNear(false);
    if (is_locked) return;
    const idle_ms = idle_minutes * 60_000;
    const warned_ms = warnedAfter(idle_ms);
    let last_ms = performance.now();
    let timer: number;
    const look = () => {
      const rested_ms = performance.now() - last_ms;
      if (rested_ms >= idle_ms) return void lock();
      setNear(rested_ms >= warned_ms);
      timer = window.setTimeout(look, (rested_ms < warned_ms ? warned_ms : idle_ms) - rested_ms);
    };
    const move = () => {
      last_ms = performance.now();
      setNear(false);
    };
    timer = window.setTimeout(look, warned_ms);
    for (const event of EVENTS) window.addEventListener(event, move, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const event of EVENTS) window.removeEventListener(event, move);
    };
  }, [idle_minutes, is_locked, lock]);
  return isNear;
}
