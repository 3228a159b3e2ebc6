import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { protocol } from 'electron';
import { answerPage, plain } from '../browser/page-files.ts';
import type { Log } from '../platform/log.ts';
import { Refusal } from '../rpc/refusal.ts';
import type { DataProcess } from './supervisor.ts';

const SCHEME = 'app';
const HOST = 'millwright';
export const START_PAGE = `${SCHEME}://${HOST}/`;
/** Largest value of the setting `upload.maxMb`; the ticket's own limit is checked where the file is stored. */
const MAX_UPLOAD_BYTES = 200 * 1024 * 1024;

export const isOwnAddress = (url: string): boolean => url.startsWith(START_PAGE);

/** Before the program is ready: gives the pages an origin of their own, with storage and fetch. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

export function serveScheme(data: DataProcess, dist_folder: string, temporary: string, log: Log): void {
  const files = {
    renderer_folder: path.join(dist_folder, 'renderer'),
    connect: '',
    log,
    transfers: {
      download: (ticket: string) => data.ask('transfer_lookup', { ticket }),
      receive: (ticket: string, body: ReadableStream<Uint8Array>, name: string) =>
        receive(data, temporary, ticket, body, name),
    },
  };
  protocol.handle(SCHEME, request => {
    if (new URL(request.url).host !== HOST) return plain(404, 'There is no such address.');
    const origin = request.headers.get('origin');
    if (origin !== null && `${origin}/` !== START_PAGE)
      return plain(403, 'Only the pages of the program may ask.');
    return answerPage(files, request);
  });
}

/** The body is kept in a file of our own and handed over by name: streams do not cross processes. */
async function receive(
  data: DataProcess,
  temporary: string,
  ticket: string,
  body: ReadableStream<Uint8Array>,
  name: string,
) {
  const folder = await mkdtemp(path.join(temporary, 'millwright-upload-'));
  try {
    const file = path.join(folder, 'body');
    let bytes = 0;
    const limit = new Transform({
      transform(chunk: Uint8Array, _encoding, done) {
        bytes += chunk.length;
        done(
          bytes > MAX_UPLOAD_BYTES
            ? new Refusal('file_too_large', { max_mb: MAX_UPLOAD_BYTES / 1024 / 1024 })
            : null,
          chunk,
        );
      },
    });
    await pipeline(
      Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]),
      limit,
      createWriteStream(file),
    );
    return await data.ask('transfer_receive', { ticket, file, name });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
