import type { Call, Failure, PushEvent, Reply } from '../../preload/contract/rpc.ts';
import type { CancelMessage } from '../browser/call-message.ts';
import type { Download } from '../platform/transfers.ts';
import type { Audience } from '../rpc/audience.ts';
import type { ReceivedFile } from '../rpc/context.ts';

/** Questions of the shell to the data process, each with its answer. */
export interface DataQuestions {
  call: { input: Call; output: Reply };
  transfer_lookup: { input: { ticket: string }; output: Download | undefined };
  transfer_receive: { input: { ticket: string; file: string; name: string }; output: ReceivedFile };
  update_feed_url: { input: null; output: string };
  stop: { input: null; output: null };
}
/** Questions of the data process to the shell: what only Electron's main process can do. */
export interface ShellQuestions {
  print_pdf: { input: { html_path: string; pdf_path: string }; output: null };
  seal_secret: { input: { plain: string }; output: string };
  open_secret: { input: { sealed: string }; output: string };
  list_printers: { input: null; output: { name: string; is_default: boolean }[] };
  print_paper: { input: { html_path: string; printer: string | null; silent: boolean }; output: null };
}
type Ask<Q> = {
  [K in keyof Q]: { kind: 'ask'; id: number; name: K; input: Q[K] extends { input: infer I } ? I : never };
}[keyof Q];
export type Answer = { kind: 'answer'; id: number } & (
  | { ok: true; value: unknown }
  | { ok: false; error: Failure }
);

export interface StartOrder {
  kind: 'start';
  data_folder: string;
  with_demo_plant: boolean;
  /** Puts this backup in place of a damaged database first; the damaged file is kept beside it. */
  restore: string | null;
  /** Language of the machine, for a refusal to start. */
  locale: string;
}
export type ToDataProcess =
  | StartOrder
  | Ask<DataQuestions>
  | Answer
  | ({ kind: 'cancel_job' } & CancelMessage);
export type FromDataProcess =
  | { kind: 'ready'; dist_folder: string }
  /** A refusal in words, or the trace of a fault. */
  | { kind: 'start_failed'; text: string; last_backup: string | null }
  | { kind: 'push'; event: PushEvent; to: Audience }
  | Ask<ShellQuestions>
  | Answer;
