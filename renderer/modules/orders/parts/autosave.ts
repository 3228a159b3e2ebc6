export interface Autosave<T> {
  /** The newest value; older ones that wait are forgotten. */
  push(value: T): void;
  /** Saves what waits now. Answers whether all of it is stored: a failed save goes on waiting. */
  flush(): Promise<boolean>;
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
    async flush() {
      if (waiting || running) await start();
      return waiting === null;
    },
    hasUnsaved: () => waiting !== null || running !== null,
  };
}
