import { useEffect, useRef } from 'react';
import type { ScanTarget } from './scan.ts';

const targets: { current: ScanTarget }[] = [];
/** The screen on top takes scans over; what it does not want goes to the shell. */
export const targetNow = (): ScanTarget | undefined => targets.at(-1)?.current;

export function useScanTarget(target: ScanTarget, enabled = true): void {
  const latest = useRef(target);
  latest.current = target;
  useEffect(() => {
    if (!enabled) return;
    targets.push(latest);
    return () => {
      targets.splice(targets.indexOf(latest), 1);
    };
  }, [enabled]);
}
