import { createReadStream, statSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { Log } from '../platform/log.ts';
import type { Download } from '../platform/transfers.ts';
import type { ReceivedFile } from '../rpc/context.ts';
import { failureOf } from '../rpc/serve.ts';

/** Where tickets are redeemed: the transfers of the station itself, or those of the data process behind messages. */
export interface TransferDesk {
  download(ticket: string): Promise<Download | undefined>;
  receive(ticket: string, body: ReadableStream<Uint8Array>, name: string): Promise<ReceivedFile>;
}
export interface PageFiles {
  renderer_folder: string;
  transfers: TransferDesk;
  /** Sources of the calls: the WebSocket of browser mode; nothing in the desktop shell. */
  connect: string;
  log: Log;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.map': 'application/json',
};
/** Only what a viewer inside the page can show; everything else is saved, whatever the address asks. */
const SHOWN_INLINE = /^(application\/pdf|image\/(png|jpeg|gif|webp)|text\/html|text\/plain)$/;

export function contentPolicy(connect: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    // The component library positions and themes with inline styles.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "manifest-src 'self'",
    `connect-src 'self' ${connect}`.trim(),
    "frame-src 'self' blob:",
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
export const SAFE_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Answers a request of the page, the same in both shells: built files, and files behind tickets. */
export async function answerPage(files: PageFiles, request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  if (!pathname.startsWith('/transfer/')) return builtFile(files, request, pathname);
  const ticket = pathname.slice('/transfer/'.length);
  if (request.method === 'PUT') return upload(files, request, ticket);
  if (request.method !== 'GET') return plain(405, 'GET or PUT');
  const file = await files.transfers.download(ticket);
  return file
    ? download(file, request, searchParams.has('inline'))
    : plain(404, 'This file is no longer offered. Ask for it again.');
}

function builtFile(files: PageFiles, request: Request, pathname: string): Response {
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'GET');
  const wanted = decoded(pathname);
  if (wanted === undefined) return plain(400, 'This address is not readable.');
  const file = path.join(files.renderer_folder, path.normalize(`/${wanted}`));
  const found = file.startsWith(files.renderer_folder + path.sep) && sizeOf(file) !== undefined;
  // Addresses of screens have no dot in their last part; the page itself finds the screen.
  if (!found && path.extname(wanted) !== '') return plain(404, 'There is no such file.');
  const served = found ? file : path.join(files.renderer_folder, 'index.html');
  const size = sizeOf(served);
  if (size === undefined) return plain(404, 'The pages of the program are missing: run npm run build.');
  const hashed = /-[\w-]{8,}\.\w+$/.test(served) && path.extname(served) !== '.html';
  return new Response(request.method === 'HEAD' ? null : streamOf(served, 0, size - 1), {
    headers: {
      ...SAFE_HEADERS,
      'content-type': TYPES[path.extname(served)] ?? 'application/octet-stream',
      'content-length': String(size),
      'cache-control': hashed ? 'private, max-age=31536000, immutable' : 'no-store',
      'content-security-policy': contentPolicy(files.connect),
    },
  });
}

function download(file: Download, request: Request, inline: boolean): Response {
  const size = sizeOf(file.path);
  if (size === undefined) return plain(404, 'This file is gone. Ask for it again.');
  const shown = inline && SHOWN_INLINE.test(file.mime_type);
  const headers = {
    ...SAFE_HEADERS,
    'content-type': file.mime_type,
    'content-disposition': `${shown ? 'inline' : 'attachment'}; filename="${asciiName(file.name)}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'cache-control': 'no-store',
    'accept-ranges': 'bytes',
    'content-security-policy': storedFilePolicy(file.mime_type),
  };
  const range = rangeOf(request.headers.get('range'), size);
  if (range === 'unsatisfiable')
    return new Response(null, { status: 416, headers: { 'content-range': `bytes */${size}` } });
  if (!range) {
    return new Response(streamOf(file.path, 0, size - 1), {
      headers: { ...headers, 'content-length': String(size) },
    });
  }
  return new Response(streamOf(file.path, range.first, range.last), {
    status: 206,
    headers: {
      ...headers,
      'content-length': String(range.last - range.first + 1),
      'content-range': `bytes ${range.first}-${range.last}/${size}`,
    },
  });
}

/** A stored file never runs as part of the program. Chromium's PDF viewer is closed off by itself and needs its own parts. */
function storedFilePolicy(mime_type: string): string {
  const frames = "frame-ancestors 'self'";
  if (mime_type === 'application/pdf') return frames;
  return `default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src data:; ${frames}`;
}

/** One range of bytes (RFC 9110 14.1.2); several ranges or another unit give the whole file, as the standard allows. */
export function rangeOf(
  header: string | null,
  size: number,
): { first: number; last: number } | 'unsatisfiable' | undefined {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!found || (found[1] === '' && found[2] === '')) return undefined;
  const [, from, to] = found;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
  return first > last ? 'unsatisfiable' : { first, last };
}

async function upload(files: PageFiles, request: Request, ticket: string): Promise<Response> {
  const name = decoded(request.headers.get('x-file-name') ?? '');
  if (!name || name.length > 255)
    return json(400, { code: 'file_name_missing', message: 'file_name_missing' });
  try {
    return json(200, await files.transfers.receive(ticket, request.body ?? emptyBody(), name));
  } catch (error) {
    const failure = failureOf(error, 'transfer', files.log);
    const status: Record<string, number> = {
      file_too_large: 413,
      ticket_unknown: 404,
      unexpected_failure: 500,
      disk_full: 507,
    };
    return json(status[failure.code] ?? 400, failure);
  }
}
const emptyBody = () => new Blob([]).stream();
const json = (status: number, value: unknown): Response =>
  Response.json(value, { status, headers: { ...SAFE_HEADERS, 'cache-control': 'no-store' } });
export const plain = (status: number, text: string): Response =>
  new Response(text, {
    status,
    headers: { ...SAFE_HEADERS, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });

function decoded(text: string): string | undefined {
  try {
    const plainText = decodeURIComponent(text);
    return plainText.includes('\0') ? undefined : plainText;
  } catch {
    return undefined;
  }
}
function sizeOf(file: string): number | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() ? stat.size : undefined;
}
const asciiName = (name: string): string => name.replace(/[^\x20-\x7e]|["\\]/g, '_');
const streamOf = (file: string, first: number, last: number): ReadableStream<Uint8Array> | null =>
  last < first ? null : byteStream(Readable.toWeb(createReadStream(file, { start: first, end: last })));
/** Node's web stream is the platform's own; only its declared type differs. */
const byteStream = (stream: unknown): ReadableStream<Uint8Array> => stream as ReadableStream<Uint8Array>;
