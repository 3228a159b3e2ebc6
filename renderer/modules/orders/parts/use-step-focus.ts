import { useEffect, useRef, useState } from 'react';
import { focusAnswer } from './focus-answer.ts';

const FIRST = [
  '[data-answer] input:not([disabled]), [data-answer] [role="radio"]:not([disabled])',
  'input:not([disabled]):not([type="file"]), [role="radio"]:not([disabled])',
];

/** Puts the cursor into a step as it opens: into the answer that was asked for, else into its first field, else on the step. */
export function useStepFocus(step: number | undefined, build: number) {
  const place = useRef<HTMLDivElement>(null);
  const aim = useRef<string | null>(null);
  const opened = useRef<number | undefined>(undefined);
  const [refusals, setRefusals] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another build is shown on the same step
  useEffect(() => {
    const isFirst = opened.current === undefined;
    const isOther = opened.current !== step;
    opened.current = step;
    const path = aim.current;
    aim.current = null;
    if (path !== null && focusAnswer(path)) return;
    if (isFirst || !isOther || !place.current) return;
    const fields = FIRST.map(selector => place.current?.querySelector<HTMLElement>(selector));
    (fields.find(Boolean) ?? place.current).focus({ preventScroll: true });
  }, [step, build]);
  useEffect(() => {
    if (refusals > 0) place.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusals]);
  return {
    place,
    /** The answer that gets the cursor when the next step or build is shown. */
    aimAt: (path: string) => {
      aim.current = path;
    },
    /** After a refused step: the first field that is wrong. */
    showFirstWrong: () => setRefusals(count => count + 1),
  };
}
