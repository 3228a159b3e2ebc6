import { type UtilityProcess, utilityProcess } from 'electron';
import type { Call, Failure, PushEvent, Reply } from '../../preload/contract/rpc.ts';
import type { CancelMessage } from '../browser/call-message.ts';
import type { Log } from '../platform/log.ts';
import type { Audience } from '../rpc/audience.ts';
import { Refusal } from '../rpc/refusal.ts';
import type {
  DataQuestions,
  FromDataProcess,
  ShellQuestions,
  StartOrder,
  ToDataProcess,
} from './data-process-protocol.ts';
import { createQuestions } from './questions.ts';

export type ShellAnswers = {
  [K in keyof ShellQuestions]: (input: ShellQuestions[K]['input']) => Promise<ShellQuestions[K]['output']>;
};
export interface SupervisorParts {
  entry: string;
  order: StartOrder;
  answers: ShellAnswers;
  log: Log;
  onPush(event: PushEvent, to: Audience): void;
  onReady(isRestart: boolean): void;
  /** The database is damaged; true puts the backup in its place. */
  offerBackup(file: string): Promise<boolean>;
  /** The station refuses to start, or ended too often; the text says what to do. */
  onGivenUp(text: string): void;
  wait?(delay_ms: number): Promise<void>;
}
const RESTARTS_ALLOWED = 5;
const RESTART_WINDOW_MS = 5 * 60_000;
const FIRST_DELAY_MS = 250;
/** What a caller learns whose call was under way: it may or may not have been carried out. */
const interrupted: Failure = {
  code: 'unexpected_failure',
  message: 'unexpected_failure',
  details: { incident: 'RESTART' },
};

/** Keeps one data process running: starts it, passes messages, restarts it with growing pauses when it ends by itself. */
export function superviseDataProcess(parts: SupervisorParts) {
  const wait = parts.wait ?? (delay_ms => new Promise<void>(resolve => setTimeout(resolve, delay_ms)));
  let child: UtilityProcess | undefined;
  let ready = Promise.withResolvers<{ dist_folder: string }>();
  ready.promise.catch(() => undefined);
  let isStopping = false;
  let hasBeenReady = false;
  const ends_ms: number[] = [];
  const send = (message: ToDataProcess) => child?.postMessage(message);
  const questions = createQuestions(question => send(question as ToDataProcess));

  function spawn(order: StartOrder): void {
    const started = utilityProcess.fork(parts.entry, [], { serviceName: 'Millwright data' });
    child = started;
    started.on('message', (message: FromDataProcess) => hear(message));
    started.on('exit', code => void ended(started, code));
    started.postMessage(order);
  }

  function hear(message: FromDataProcess): void {
    switch (message.kind) {
      case 'ready':
        ready.resolve({ dist_folder: message.dist_folder });
        parts.onReady(hasBeenReady);
        hasBeenReady = true;
        return;
      case 'start_failed':
        void startFailed(message.text, message.last_backup);
        return;
      case 'push':
        parts.onPush(message.event, message.to);
        return;
      case 'answer':
        questions.settle(message);
        return;
      case 'ask':
        return void answer(message);
    }
  }
  async function answer(question: Extract<FromDataProcess, { kind: 'ask' }>): Promise<void> {
    const { id } = question;
    try {
      const run = parts.answers[question.name] as (input: unknown) => Promise<unknown>;
      send({ kind: 'answer', id, ok: true, value: await run(question.input) });
    } catch (error) {
      const code = error instanceof Refusal ? error.code : 'unexpected_failure';
      parts.log.error({ question: question.name, error: String(error) }, 'shell could not answer');
      send({
        kind: 'answer',
        id,
        ok: false,
        error: { code, message: code, details: error instanceof Refusal ? error.details : {} },
      });
    }
  }

  async function ended(process: UtilityProcess, code: number): Promise<void> {
    if (process !== child) return;
    child = undefined;
    questions.failAll(interrupted);
    if (isStopping) return;
    const now = Date.now();
    ends_ms.push(now);
    const recent = ends_ms.filter(at => now - at < RESTART_WINDOW_MS).length;
    parts.log.error({ code, recent }, 'data process ended');
    if (recent > RESTARTS_ALLOWED)
      return giveUp(`The data process ended ${recent} times in a row (code ${code}).`);
    ready = Promise.withResolvers();
    ready.promise.catch(() => undefined);
    await wait(FIRST_DELAY_MS * 2 ** (recent - 1));
    if (!isStopping) spawn(parts.order);
  }
  async function startFailed(text: string, last_backup: string | null): Promise<void> {
    const failed = child;
    child = undefined;
    failed?.kill();
    const isWanted = last_backup !== null && (await parts.offerBackup(last_backup));
    if (isWanted) spawn({ ...parts.order, restore: last_backup });
    else giveUp(text);
  }
  function giveUp(text: string): void {
    isStopping = true;
    ready.reject(new Error(text));
    questions.failAll(interrupted);
    parts.onGivenUp(text);
  }
  /** Waits for a restarting process, so that a call made in between is late rather than lost. */
  async function ask<K extends keyof DataQuestions>(
    name: K,
    input: DataQuestions[K]['input'],
  ): Promise<DataQuestions[K]['output']> {
    await ready.promise;
    return (await questions.ask(name, input)) as DataQuestions[K]['output'];
  }

  spawn(parts.order);
  return {
    ready: () => ready.promise,
    ask,
    async call(message: Call): Promise<Reply> {
      try {
        return await ask('call', message);
      } catch {
        return { ok: false, error: interrupted };
      }
    },
    cancelJob: (cancel: CancelMessage) => send({ kind: 'cancel_job', ...cancel }),
    /** Closes the database; at most `limit_ms`, since a program must be able to end. */
    async stop(limit_ms = 5000): Promise<void> {
      if (isStopping || !child) return;
      isStopping = true;
      await Promise.race([questions.ask('stop', null).catch(() => undefined), wait(limit_ms)]);
      child?.kill();
    },
  };
}
export type DataProcess = ReturnType<typeof superviseDataProcess>;
