import type { Call, PushEvent, Reply } from '../../preload/contract/rpc.ts';

/** What the preload script exposes in the desktop shell; browser mode builds the same over a WebSocket. */
export interface Bridge {
  readonly shell: 'desktop' | 'browser';
  call(message: Call): Promise<Reply>;
  cancelJob(session: string | null, job_id: string): void;
  on(listener: (event: PushEvent) => void): () => void;
  /** Address of a one-time download or upload ticket. */
  transferUrl(ticket: string): string;
}
