import { mkdirSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { rangeOf } from '../../main/browser/page-files.ts';
import { type BrowserServer, startServer } from '../../main/browser/server.ts';
import { PASSWORD, temporaryFolder, testStation } from '../support/station.ts';

const PAGE = '<!doctype html><title>Millwright</title>';

async function served() {
  const renderer = path.join(temporaryFolder('millwright-pages-'), 'renderer');
  mkdirSync(path.join(renderer, 'assets'), { recursive: true });
  writeFileSync(path.join(renderer, 'index.html'), PAGE);
  writeFileSync(path.join(renderer, 'assets/index-a1b2c3d4.js'), 'export {};');
  writeFileSync(path.join(renderer, '../secret.txt'), 'secret');
  const station = testStation();
  const server = await startServer(station, renderer);
  onTestFinished(() => server.close());
  return { station, server, origin: `http://127.0.0.1:${server.port}` };
}
const tokenOf = (server: BrowserServer): string => String(server.issueUrl().split('#token=')[1]);

interface Dial {
  protocols?: string[];
  origin?: string;
  host?: string;
  cookie?: string;
  url?: string;
}
/** The status of the handshake, the cookie it gave, and the open socket. */
function dial(server: BrowserServer, options: Dial = {}) {
  const origin = options.origin ?? `http://127.0.0.1:${server.port}`;
  const headers = {
    ...(options.host && { host: options.host }),
    ...(options.cookie && { cookie: options.cookie }),
  };
  const socket = new WebSocket(
    `ws://127.0.0.1:${server.port}${options.url ?? '/rpc'}`,
    options.protocols ?? ['millwright', 'reload'],
    { origin, headers },
  );
  onTestFinished(() => socket.terminate());
  const inbox: unknown[] = [];
  const waiting: ((message: unknown) => void)[] = [];
  socket.on('message', data => {
    const message: unknown = JSON.parse(String(data));
    const next = waiting.shift();
    if (next) next(message);
    else inbox.push(message);
  });
  const next = () =>
    inbox.length > 0
      ? Promise.resolve(inbox.shift())
      : new Promise<unknown>(resolve => waiting.push(resolve));
  let cookie = '';
  return new Promise<{ status: number; cookie: string; socket: WebSocket; next(): Promise<unknown> }>(
    (resolve, reject) => {
      socket.on('upgrade', response => {
        cookie = response.headers['set-cookie']?.[0] ?? '';
      });
      socket.on('open', () => resolve({ status: 101, cookie, socket, next }));
      socket.on('unexpected-response', (_request, response) =>
        resolve({ status: Number(response.statusCode), cookie, socket, next }),
      );
      socket.on('error', error => reject(error));
    },
  );
}
const connect = (server: BrowserServer) => dial(server, { protocols: ['millwright', tokenOf(server)] });
const plainCookie = (setCookie: string) => String(setCookie.split(';')[0]);

/** fetch may not set Host; this does. */
function get(
  server: BrowserServer,
  url: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body?: Buffer,
) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      const request = httpRequest(
        { host: '127.0.0.1', port: server.port, path: url, headers, method },
        response => {
          const parts: Buffer[] = [];
          response.on('data', part => parts.push(part));
          response.on('end', () =>
            resolve({
              status: Number(response.statusCode),
              headers: response.headers,
              body: Buffer.concat(parts).toString(),
            }),
          );
        },
      );
      request.on('error', reject);
      request.end(body);
    },
  );
}

test('the page is served with a strict policy and never from a cache; hashed parts may be kept', async () => {
  const { server } = await served();
  for (const url of ['/', '/orders/42', '/index.html']) {
    const page = await get(server, url);
    expect([page.status, page.body]).toEqual([200, PAGE]);
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${server.port}`);
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  }
  expect((await get(server, '/assets/index-a1b2c3d4.js')).headers['cache-control']).toContain('immutable');
});

test('nothing outside the folder of the pages is served', async () => {
  const { server } = await served();
  for (const url of [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%00.txt',
    '/%',
  ]) {
    const answer = await get(server, url);
    expect(answer.body).not.toContain('secret');
    expect([400, 404]).toContain(answer.status);
  }
  expect((await get(server, '/', {}, 'POST')).status).toBe(405);
});

test('a foreign host name and a foreign page are refused', async () => {
  const { server } = await served();
  expect((await get(server, '/', { host: 'evil.example' })).status).toBe(421);
  expect((await get(server, '/', { host: `localhost:${server.port}` })).status).toBe(421);
  expect((await get(server, '/', { origin: 'https://evil.example' })).status).toBe(403);
  expect(
    (await get(server, '/', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).status,
  ).toBe(403);
  expect(
    (await dial(server, { protocols: ['millwright', tokenOf(server)], host: 'evil.example' })).status,
  ).toBe(421);
  expect(
    (await dial(server, { protocols: ['millwright', tokenOf(server)], origin: 'https://evil.example' }))
      .status,
  ).toBe(403);
  expect(
    (
      await dial(server, {
        protocols: ['millwright', tokenOf(server)],
        origin: `http://127.0.0.1:${server.port + 1}`,
      })
    ).status,
  ).toBe(403);
  expect((await dial(server, { protocols: ['millwright', tokenOf(server)], url: '/other' })).status).toBe(
    404,
  );
});

test('a token opens once; the browser it opened for comes back with its cookie', async () => {
  const { server } = await served();
  const token = tokenOf(server);
  expect((await dial(server, { protocols: ['millwright', 'wrong'] })).status).toBe(401);
  expect((await dial(server, { protocols: ['millwright', token.slice(0, -1)] })).status).toBe(401);
  const first = await dial(server, { protocols: ['millwright', token] });
  expect(first.status).toBe(101);
  expect(first.cookie).toMatch(/HttpOnly; SameSite=Strict$/);
  expect((await dial(server, { protocols: ['millwright', token] })).status).toBe(401);
  expect((await dial(server)).status).toBe(401);
  const back = await dial(server, { cookie: `other=1; ${plainCookie(first.cookie)}` });
  expect(back.status).toBe(101);
  expect((await dial(server, { cookie: `millwright_${server.port}=guess` })).status).toBe(401);
});

test('a call is answered under its id, and a change reaches every window', async () => {
  const { server, station } = await served();
  station.session('PLANNER');
  const [one, two] = [await connect(server), await connect(server)];
  one.socket.send(
    JSON.stringify({
      id: 7,
      path: 'identity.signIn',
      input: { username: 'planner', password: PASSWORD },
      session: null,
    }),
  );
  const messages = [await one.next(), await one.next()];
  const reply = messages.find(message => Object.hasOwn(Object(message), 'id'));
  expect(reply).toMatchObject({ id: 7, reply: { ok: true, value: { session: expect.any(String) } } });
  const seen = await two.next();
  expect(seen).toMatchObject({ kind: 'changed', tables: expect.any(Array) });
});

test('a job speaks to the windows of the session that started it; only its person and administrators give it up', async () => {
  const { server, station } = await served();
  const [planner, viewer, admin] = [
    station.session('PLANNER'),
    station.session('VIEWER'),
    station.session('ORG_ADMIN'),
  ];
  const [own, other] = [await connect(server), await connect(server)];
  const say = (to: typeof own, message: unknown) => to.socket.send(JSON.stringify(message));
  async function until(from: typeof own, isIt: (message: Record<string, unknown>) => boolean) {
    const heard: Record<string, unknown>[] = [];
    do heard.push(Object(await from.next()));
    while (!isIt(Object(heard.at(-1))));
    return heard;
  }
  async function exportCancelledBy(session: string | null): Promise<unknown> {
    say(own, { id: 1, path: 'reporting.exportOrders', input: {}, session: planner });
    const started = (await until(own, m => m.id === 1)).at(-1);
    say(other, { cancel_job: Object(started).reply.value.job_id, session });
    const told = await until(own, m => m.kind === 'job' && m.state !== 'running');
    return Object(told.at(-1)).error?.code ?? Object(told.at(-1)).state;
  }
  say(other, { id: 1, path: 'identity.me', input: {}, session: viewer });
  await until(other, m => m.id === 1);
  for (const stranger of [viewer, null, 'no such session'])
    expect(await exportCancelledBy(stranger), String(stranger)).toBe('done');
  for (const entitled of [planner, admin]) expect(await exportCancelledBy(entitled)).toBe('job_cancelled');
  say(other, { id: 2, path: 'identity.me', input: {}, session: viewer });
  const overheard = await until(other, m => m.id === 2);
  expect(overheard.filter(m => m.kind === 'job')).toEqual([]);
});

test('junk is answered, not obeyed, and the connection lives on', async () => {
  const { server } = await served();
  const { socket, next } = await connect(server);
  const junk = [
    '',
    'null',
    '[]',
    '{"id":1}',
    '{"id":"1","path":"identity.me","input":{},"session":null}',
    '{"id":1.5,"path":"x","session":null}',
    '\u0000',
    '{'.repeat(5000),
  ];
  for (const text of junk) {
    socket.send(text);
    expect(await next()).toMatchObject({ id: null, reply: { ok: false, error: { code: 'invalid_input' } } });
  }
  socket.send(Buffer.from([0, 1, 2, 255]));
  expect(await next()).toMatchObject({ id: null, reply: { ok: false } });
  socket.send(JSON.stringify({ cancel_job: 'no such job', session: null }));
  socket.send(JSON.stringify({ id: 2, path: 'identity.me', input: {}, session: null }));
  expect(await next()).toMatchObject({ id: 2, reply: { ok: false, error: { code: 'not_signed_in' } } });
});

test('an oversize message ends its connection and no other', async () => {
  const { server } = await served();
  const [big, small] = [await connect(server), await connect(server)];
  const closed = new Promise<number>(resolve => big.socket.on('close', resolve));
  big.socket.send('x'.repeat(17 * 1024 * 1024));
  expect(await closed).toBe(1009);
  small.socket.send(JSON.stringify({ id: 1, path: 'nothing.here', input: null, session: null }));
  expect(await small.next()).toMatchObject({ id: 1, reply: { error: { code: 'unknown_procedure' } } });
});

test('a download is read whole and in parts, by the connected browser alone', async () => {
  const { server, station } = await served();
  const cookie = plainCookie((await connect(server)).cookie);
  const file = path.join(temporaryFolder('millwright-file-'), 'f');
  writeFileSync(file, '0123456789');
  const ticket = station.transfers.offer({ path: file, name: 'Größe "1".pdf', mime_type: 'application/pdf' });
  const whole = await get(server, `/transfer/${ticket}`, { cookie });
  expect([whole.status, whole.body]).toEqual([200, '0123456789']);
  expect(whole.headers['content-disposition']).toBe(
    `attachment; filename="Gr__e _1_.pdf"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22.pdf`,
  );
  expect(
    (await get(server, `/transfer/${ticket}?inline`, { cookie })).headers['content-disposition'],
  ).toMatch(/^inline/);
  const part = await get(server, `/transfer/${ticket}`, { cookie, range: 'bytes=2-4' });
  expect([part.status, part.body, part.headers['content-range']]).toEqual([206, '234', 'bytes 2-4/10']);
  expect((await get(server, `/transfer/${ticket}`, { cookie, range: 'bytes=-3' })).body).toBe('789');
  expect((await get(server, `/transfer/${ticket}`, { cookie, range: 'bytes=10-' })).status).toBe(416);

  for (const way of ['/transfer/', '//x/transfer/', '/./transfer/', '/a/../transfer/', '/\\x/transfer/'])
    expect((await get(server, `${way}${ticket}`)).status, way).toBe(403);
  expect((await get(server, '//')).status).toBe(400);
  expect((await get(server, `/transfer/${ticket}`, { cookie, origin: 'https://evil.example' })).status).toBe(
    403,
  );
  expect(
    (
      await get(server, `/transfer/${ticket}`, {
        cookie,
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'navigate',
      })
    ).status,
  ).toBe(403);
  expect((await get(server, '/transfer/guess', { cookie })).status).toBe(404);
  expect(
    (await get(server, `/transfer/${ticket}`, { cookie, 'x-file-name': 'a' }, 'PUT', Buffer.from('x')))
      .status,
  ).toBe(404);
  const script = station.transfers.offer({ path: file, name: 'a.svg', mime_type: 'image/svg+xml' });
  expect(
    (await get(server, `/transfer/${script}?inline`, { cookie })).headers['content-disposition'],
  ).toMatch(/^attachment/);
});

test('an upload is stored once, under its limit, with a readable name', async () => {
  const { server, station } = await served();
  const cookie = plainCookie((await connect(server)).cookie);
  const headers = { cookie, 'x-file-name': encodeURIComponent('câble 1.txt') };
  const ticket = station.transfers.expect(100);
  expect((await get(server, `/transfer/${ticket}`, { cookie }, 'PUT', Buffer.from('x'))).status).toBe(400);
  expect(
    (await get(server, `/transfer/${ticket}`, { cookie, 'x-file-name': '%E0%A4%A' }, 'PUT', Buffer.from('x')))
      .status,
  ).toBe(400);
  const large = await get(server, `/transfer/${ticket}`, headers, 'PUT', Buffer.alloc(101, 'a'));
  expect([large.status, JSON.parse(large.body).code]).toEqual([413, 'file_too_large']);
  const stored = await get(server, `/transfer/${ticket}`, headers, 'PUT', Buffer.from('hello'));
  expect([stored.status, JSON.parse(stored.body)]).toEqual([
    200,
    expect.objectContaining({ size_bytes: 5, mime_type: 'text/plain' }),
  ]);
  expect((await get(server, `/transfer/${ticket}`, headers, 'PUT', Buffer.from('again'))).status).toBe(404);
  expect((await get(server, `/transfer/${ticket}`, { cookie }, 'DELETE')).status).toBe(405);
});

test('ranges as the standard has them', () => {
  expect(rangeOf('bytes=0-', 5)).toEqual({ first: 0, last: 4 });
  expect(rangeOf('bytes=3-100', 5)).toEqual({ first: 3, last: 4 });
  expect(rangeOf('bytes=-100', 5)).toEqual({ first: 0, last: 4 });
  expect(rangeOf('bytes=-0', 5)).toBe('unsatisfiable');
  expect(rangeOf('bytes=4-2', 5)).toBeUndefined();
  expect(rangeOf('lines=1-2', 5)).toBeUndefined();
  expect(rangeOf('bytes=-', 5)).toBeUndefined();
  expect(rangeOf(null, 5)).toBeUndefined();
});
