import { useEffect, useMemo, useRef, useState } from 'react';
import type { DraftHeader, orders } from '../../../../preload/contract/orders.ts';
import { type Configuration, configuration as known } from '../../../../preload/contract/product-model.ts';
import type { Failure, OutputOf } from '../../../../preload/contract/rpc.ts';
import { ask, failureFrom } from '../../../rpc/client.ts';
import { type AnswerValue, type LineChange, lineChanges, overlay } from './answers.ts';

type Judged = OutputOf<typeof orders.evaluate>;

export interface ConfiguratorInput {
  family: string;
  configuration: Record<string, unknown>;
  header: Pick<DraftHeader, 'document_language' | 'want_on'>;
  onConfiguration: (configuration: Configuration) => void;
}

/**
 * One build being configured. Answers go to the rules one after the other; the newest of a field wins, and the
 * screen shows it before the rules have spoken.
 */
export function useConfigurator({ family, configuration, header, onConfiguration }: ConfiguratorInput) {
  const [judged, setJudged] = useState<Judged | null>(null);
  const [changes, setChanges] = useState<LineChange[]>([]);
  const [pending, setPending] = useState<ReadonlyMap<string, AnswerValue>>(new Map());
  const [problem, setProblem] = useState<Failure | null>(null);
  const current = useRef(configuration);
  const rows = useRef<Judged['bom']['rows']>([]);
  const queue = useRef(new Map<string, AnswerValue>());
  const isRunning = useRef(false);
  const latest = useRef({ header, onConfiguration });
  latest.current = { header, onConfiguration };

  const show = (next: Judged, isFirst: boolean) => {
    // A BOM that cannot be made yet is no reason to call every line removed.
    if (!isFirst) setChanges(next.bom.refused ? [] : lineChanges(rows.current, next.bom.rows));
    if (!next.bom.refused) rows.current = next.bom.rows;
    setJudged(next);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: judged anew when the family or the header changes
  useEffect(() => {
    let isCurrent = true;
    ask('orders.evaluate', {
      family,
      configuration: current.current,
      header: { document_language: header.document_language, want_on: header.want_on },
    }).then(
      next => isCurrent && show(next, true),
      failure => isCurrent && setProblem(failureFrom(failure)),
    );
    return () => {
      isCurrent = false;
    };
  }, [family, header.document_language, header.want_on]);

  const work = async () => {
    if (isRunning.current) return;
    isRunning.current = true;
    while (queue.current.size > 0) {
      const [entry] = queue.current;
      if (!entry) break;
      const [path, value] = entry;
      queue.current.delete(path);
      try {
        const { document_language, want_on } = latest.current.header;
        const next = await ask('orders.answer', {
          family,
          configuration: current.current,
          path,
          value,
          header: { document_language, want_on },
        });
        current.current = next.configuration;
        setProblem(null);
        show(next, false);
        latest.current.onConfiguration(next.configuration);
      } catch (failure) {
        setProblem(failureFrom(failure));
      }
      setPending(new Map(queue.current));
    }
    isRunning.current = false;
  };
  const answer = (path: string, value: AnswerValue) => {
    queue.current.delete(path);
    queue.current.set(path, value);
    setPending(before => new Map(before).set(path, value));
    void work();
  };
  /** Takes over a whole configuration, as from another build. */
  const replace = async (next: Configuration) => {
    current.current = next;
    latest.current.onConfiguration(next);
    const { document_language, want_on } = latest.current.header;
    show(
      await ask('orders.evaluate', { family, configuration: next, header: { document_language, want_on } }),
      false,
    );
  };

  // The answers as they are stored stand in the fields until the rules have spoken: an empty field would be filled again.
  const [stored] = useState(() => known.safeParse(configuration).data ?? {});
  const shown = useMemo(
    () => overlay(judged?.evaluation.normalized ?? stored, pending),
    [judged, stored, pending],
  );
  return { shown, judged, changes, answer, replace, problem, isPending: pending.size > 0 };
}
export type Configurator = ReturnType<typeof useConfigurator>;
