export interface Autosave<T> {
  /** The newest value; older ones that wait are forgotten. */
  push(value: T): void;
  /** Saves what waits now. Resolves when nothing waits any more. */
  flush(): Promise<void>;
  hasUnsaved(): boolean;
}

/** Saves the newest value a moment after the last change, one save at a time. A failed value waits for the next try. */
export function autosave<T>(
  save: (value: T) => Promise<void>,
  { delay_ms, onProblem }: { delay_ms: number; onProblem: (problem: unknown) => void },
): Autosave<T> {
  let waiting: { value: T } | null = null;
  let running: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const run = async () => {
    while (waiting) {
      const { value } = waiting;
      waiting = null;
      try {
        await save(value);
      } catch (problem) {
        waiting ??= { value };
        onProblem(problem);
        return;
      }
    }
  };
  const start = () => {
    clearTimeout(timer);
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  };
  return {
    push(value) {
      waiting = { value };
      clearTimeout(timer);
      timer = setTimeout(start, delay_ms);
    },
    flush: () => (waiting || running ? start() : Promise.resolve()),
    hasUnsaved: () => waiting !== null || running !== null,
  };
}
