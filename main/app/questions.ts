import type { Failure } from '../../preload/contract/rpc.ts';
import { Refusal } from '../rpc/refusal.ts';
import type { Answer } from './data-process-protocol.ts';

/** Questions in flight over a message channel: each gets the answer with its number, or fails when the other side is gone. */
export function createQuestions(
  send: (message: { kind: 'ask'; id: number; name: string; input: unknown }) => void,
) {
  let lastId = 0;
  const open = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  return {
    ask(name: string, input: unknown): Promise<unknown> {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        open.set(id, { resolve, reject });
        send({ kind: 'ask', id, name, input });
      });
    },
    settle(answer: Answer): void {
      const asked = open.get(answer.id);
      open.delete(answer.id);
      if (answer.ok) asked?.resolve(answer.value);
      else asked?.reject(new Refusal(answer.error.code, answer.error.details));
    },
    failAll(error: Failure): void {
      for (const asked of open.values()) asked.reject(new Refusal(error.code, error.details));
      open.clear();
    },
  };
}
