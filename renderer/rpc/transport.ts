import type { Call, PushEvent, Reply } from '../../preload/contract/rpc.ts';

export type Connection = 'open' | 'closed';
/** What the preload script exposes in the desktop shell; browser mode builds the same over a WebSocket. */
export interface Bridge {
  readonly shell: 'desktop' | 'browser';
  call(message: Call): Promise<Reply>;
  cancelJob(job_id: string): void;
  on(listener: (event: PushEvent) => void): () => void;
  /** Tells when the line to the services opens or closes; the desktop shell has no line to lose. */
  watch?(listener: (state: Connection) => void): () => void;
  /** Address of a one-time download or upload ticket. */
  transferUrl(ticket: string): string;
}
