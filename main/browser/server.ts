import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Failure } from '../../preload/contract/rpc.ts';
import type { Station } from '../compose.ts';
import { isFor } from '../rpc/audience.ts';
import { parseCallText } from '../rpc/serve.ts';
import { cookieHeader, createAccess } from './access.ts';
import { callMessage, cancelMessage } from './call-message.ts';
import { answerPage, type PageFiles, plain } from './page-files.ts';

const LOOPBACK = '127.0.0.1';
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
/** A window that stopped reading is cut off rather than buffered for ever; it reloads its data when it returns. */
const MAX_BUFFERED_BYTES = 64 * 1024 * 1024;

const incoming = z.union([callMessage, cancelMessage]);

export interface BrowserServer {
  port: number;
  /** A fresh address with a one-time token. */
  issueUrl(): string;
  close(): Promise<void>;
}

/** Serves pages, files and calls of one station on the loopback interface. */
export async function startServer(
  station: Station,
  renderer_folder: string,
  port = 0,
): Promise<BrowserServer> {
  const access = createAccess();
  const http = createServer((request, response) => {
    answer(request, response).catch(error => {
      station.log.warn({ error: String(error) }, 'page request broke off');
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, LOOPBACK, () => resolve());
  });
  const bound = (http.address() as AddressInfo).port;
  const host = `${LOOPBACK}:${bound}`;
  const origin = `http://${host}`;
  const files: PageFiles = {
    renderer_folder,
    connect: `ws://${host}`,
    log: station.log,
    transfers: {
      download: async ticket => station.transfers.download(ticket),
      receive: (ticket, body, name) => station.transfers.receive(ticket, body, name),
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = webRequest(request, origin);
    const page = asked
      ? (refusedRequest(request, asked) ?? (await answerPage(files, asked)))
      : plain(400, 'This address is not readable.');
    response.writeHead(page.status, Object.fromEntries(page.headers));
    if (!page.body) return void response.end();
    await pipeline(Readable.fromWeb(page.body as Parameters<typeof Readable.fromWeb>[0]), response);
  }
  /** A foreign name that points at this computer (DNS rebinding) and a foreign page both end here. */
  function refusedRequest(request: IncomingMessage, asked: Request): Response | undefined {
    if (request.headers.host !== host) return plain(421, 'This address is not served here.');
    const from = request.headers.origin;
    if (from !== undefined && from !== origin) return plain(403, 'Only the pages of the program may ask.');
    const site = request.headers['sec-fetch-site'];
    if (site === 'cross-site' || site === 'same-site') {
      // Following a link to the program itself is harmless: the page holds nothing before it has connected.
      if (request.headers['sec-fetch-mode'] !== 'navigate' || isTransfer(asked))
        return plain(403, 'Only the pages of the program may ask.');
    }
    if (isTransfer(asked) && !access.knows(request.headers.cookie, bound))
      return plain(403, 'Open the program in this browser first.');
    return undefined;
  }

  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    handleProtocols: () => 'millwright',
  });
  const newSecrets = new WeakMap<IncomingMessage, string>();
  sockets.on('headers', (headers, request) => {
    const secret = newSecrets.get(request);
    if (secret) headers.push(`Set-Cookie: ${cookieHeader(bound, secret)}`);
  });
  http.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const refuse = (status: string) =>
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    if (request.headers.host !== host) return refuse('421 Misdirected Request');
    if (request.headers.origin !== origin) return refuse('403 Forbidden');
    if (request.url !== '/rpc') return refuse('404 Not Found');
    const [protocol, token = ''] = String(request.headers['sec-websocket-protocol'] ?? '')
      .split(',')
      .map(part => part.trim());
    if (protocol !== 'millwright') return refuse('400 Bad Request');
    const secret = access.redeem(token);
    if (secret) newSecrets.set(request, secret);
    else if (!access.knows(request.headers.cookie, bound)) return refuse('401 Unauthorized');
    return sockets.handleUpgrade(request, socket, head, connected);
  });

  /** With which session each window last called. */
  const acting = new WeakMap<WebSocket, string | null>();
  function connected(socket: WebSocket): void {
    socket.on('error', error => station.log.warn({ error: error.message }, 'window connection failed'));
    socket.on('message', (data, isBinary) => {
      const message = incoming.safeParse(isBinary ? undefined : parseCallText(String(data)));
      if (!message.success) return send(socket, { id: null, reply: { ok: false, error: junk } });
      if ('cancel_job' in message.data)
        return void station.cancelJob(message.data.session, message.data.cancel_job);
      const { id, session, path, input } = message.data;
      acting.set(socket, session);
      return send(socket, { id, reply: station.serve(session, path, input) });
    });
  }
  const stopPush = station.onPush((event, to) => {
    for (const socket of sockets.clients) if (isFor(to, acting.get(socket) ?? null)) send(socket, event);
  });

  return {
    port: bound,
    issueUrl: () => `${origin}/#token=${access.issueToken()}`,
    close: () =>
      new Promise(resolve => {
        stopPush();
        for (const socket of sockets.clients) socket.terminate();
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}
const junk: Failure = {
  code: 'invalid_input',
  message: 'invalid_input',
  details: { field: '', reason: 'not a call' },
};
/** Of the address as it is answered: `//x/transfer/…` and `/./transfer/…` lead to the same place. */
const isTransfer = (asked: Request): boolean => new URL(asked.url).pathname.startsWith('/transfer/');

function send(socket: WebSocket, message: unknown): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate();
  else socket.send(JSON.stringify(message));
}

/** Undefined for an address that is none. */
function webRequest(request: IncomingMessage, origin: string): Request | undefined {
  const address = request.url ?? '/';
  if (!URL.canParse(address, origin)) return undefined;
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (typeof value === 'string') headers.set(name, value);
  const hasBody = request.method === 'PUT' || request.method === 'POST';
  // `duplex` is demanded by the standard for streamed bodies; the DOM types do not know it yet.
  const options = {
    method: request.method,
    headers,
    ...(hasBody && { body: Readable.toWeb(request), duplex: 'half' }),
  };
  return new Request(new URL(address, origin), options as RequestInit);
}
