import { randomBytes } from 'node:crypto';
import { createWriteStream, rmSync } from 'node:fs';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReceivedFile } from '../rpc/context.ts';
import { Refusal } from '../rpc/refusal.ts';
import type { FileStore } from './file-store.ts';
import { sniffType } from './file-type.ts';

export interface Download {
  path: string;
  name: string;
  mime_type: string;
}
type Ticket = { expires_at_ms: number } & (
  | { kind: 'download'; file: Download }
  | { kind: 'upload'; max_bytes: number; received: ReceivedFile | null }
);
const TICKET_LIFE_MS = 10 * 60_000;

/**
 * Bytes go beside the calls, under unguessable one-time tickets that only a permitted call hands out:
 * GET /transfer/<ticket> and PUT /transfer/<ticket>, the same in both shells.
 */
export function createTransfers(store: FileStore, work_folder: string, now_ms: () => number) {
  const tickets = new Map<string, Ticket>();
  const issue = (ticket: Ticket): string => {
    for (const [key, held] of tickets) if (held.expires_at_ms < now_ms()) tickets.delete(key);
    const key = randomBytes(24).toString('base64url');
    tickets.set(key, ticket);
    return key;
  };
  const live = (key: string): Ticket | undefined => {
    const ticket = tickets.get(key);
    return ticket && ticket.expires_at_ms >= now_ms() ? ticket : undefined;
  };

  return {
    offer: (file: Download): string =>
      issue({ kind: 'download', file, expires_at_ms: now_ms() + TICKET_LIFE_MS }),
    expect: (max_bytes: number): string =>
      issue({ kind: 'upload', max_bytes, received: null, expires_at_ms: now_ms() + TICKET_LIFE_MS }),

    /** A download stays open for its life time: viewers ask for parts of a PDF several times. */
    download(key: string): Download | undefined {
      const ticket = live(key);
      return ticket?.kind === 'download' ? ticket.file : undefined;
    },

    /** Stores the body; refuses `file_too_large` and `ticket_unknown`. The content decides the type, not the name. */
    async receive(
      key: string,
      body: ReadableStream<Uint8Array> | Readable,
      name: string,
    ): Promise<ReceivedFile> {
      const ticket = live(key);
      if (ticket?.kind !== 'upload' || ticket.received) throw new Refusal('ticket_unknown');
      const partial = path.join(work_folder, `upload-${key}`);
      let bytes = 0;
      const limit = new Transform({
        transform(chunk: Uint8Array, _encoding, done) {
          bytes += chunk.length;
          done(
            bytes > ticket.max_bytes
              ? new Refusal('file_too_large', { max_mb: Math.floor(ticket.max_bytes / 1024 / 1024) })
              : null,
            chunk,
          );
        },
      });
      try {
        const source =
          body instanceof Readable ? body : Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
        await pipeline(source, limit, createWriteStream(partial));
        const type = await sniffType(partial, name);
        const stored = await store.adopt(partial);
        ticket.received = { ...stored, ...type };
        return ticket.received;
      } finally {
        rmSync(partial, { force: true });
      }
    },

    /** Used once, by the command that registers the file. */
    received(key: string): ReceivedFile {
      const ticket = live(key);
      if (ticket?.kind !== 'upload' || !ticket.received) throw new Refusal('ticket_unknown');
      tickets.delete(key);
      return ticket.received;
    },
  };
}
export type Transfers = ReturnType<typeof createTransfers>;
