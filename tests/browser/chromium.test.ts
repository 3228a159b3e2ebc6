import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { chromium } from 'playwright';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startServer } from '../../main/browser/server.ts';
import { CHROMIUM } from '../support/electron-harness/chromium.ts';
import { temporaryFolder, testStation } from '../support/station.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(CHROMIUM);
}, 60_000);
afterAll(() => browser?.close());

/** A page that connects as the program's own does, and shows what came of it. */
const SCRIPT = `
const token = location.hash.replace('#token=', '') || 'reload';
history.replaceState(null, '', location.pathname);
const socket = new WebSocket('ws://' + location.host + '/rpc', ['millwright', token]);
socket.onopen = () => socket.send(JSON.stringify({ id: 1, path: 'identity.me', input: {}, session: null }));
socket.onmessage = e => { document.title = JSON.parse(e.data).reply.error.code; };
socket.onclose = () => { document.title = 'refused'; };`;

async function served() {
  const renderer = path.join(temporaryFolder('millwright-pages-'), 'renderer');
  mkdirSync(renderer, { recursive: true });
  writeFileSync(
    path.join(renderer, 'index.html'),
    '<!doctype html><title>-</title><script type="module" src="/main.js"></script>',
  );
  writeFileSync(path.join(renderer, 'main.js'), SCRIPT);
  const station = testStation();
  const server = await startServer(station, renderer);
  onTestFinished(() => server.close());
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  return { station, server, context };
}

/** Asked from outside: the page's own policy forbids the evaluated code that waiting inside it needs. */
const settled = (page: Page) => expect.poll(() => page.title(), { timeout: 10_000 }).not.toBe('-');
const connected = (page: Page) => expect.poll(() => page.title(), { timeout: 10_000 }).toBe('not_signed_in');

test('the address opens once; reload and a second tab come back, another browser does not', async () => {
  const { server, context } = await served();
  const url = server.issueUrl();
  const page = await context.newPage();
  await page.goto(url);
  await settled(page);
  expect([await page.title(), page.url().includes('token')]).toEqual(['not_signed_in', false]);
  expect(await page.evaluate(() => document.cookie)).toBe('');
  await page.reload();
  await settled(page);
  expect(await page.title()).toBe('not_signed_in');
  const second = await context.newPage();
  await second.goto(page.url());
  await settled(second);
  expect(await second.title()).toBe('not_signed_in');

  const stranger = await browser.newContext();
  onTestFinished(() => stranger.close());
  const late = await stranger.newPage();
  await late.goto(url);
  await settled(late);
  expect(await late.title()).toBe('refused');
});

test('a foreign page in the same browser reaches nothing', async () => {
  const { server, context, station } = await served();
  const own = await context.newPage();
  await own.goto(server.issueUrl());
  await connected(own);
  const file = path.join(temporaryFolder(), 'f');
  writeFileSync(file, 'secret');
  const ticket = station.transfers.offer({ path: file, name: 'f.txt', mime_type: 'text/plain' });
  const address = `http://127.0.0.1:${server.port}`;
  expect(await own.evaluate(t => fetch(`/transfer/${t}`).then(r => r.text()), ticket)).toBe('secret');

  const evil = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end('<title>evil</title>'),
  );
  await new Promise<void>(resolve => evil.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void evil.close());
  const bound = evil.address();
  const foreign = await context.newPage();
  await foreign.goto(`http://127.0.0.1:${typeof bound === 'object' ? bound?.port : 0}/`);
  const reached = await foreign.evaluate(
    async ([base, t]) => {
      const fetched = await fetch(`${base}/transfer/${t}`, { credentials: 'include' }).then(
        r => r.text(),
        () => 'refused',
      );
      const opaque = await fetch(`${base}/transfer/${t}`, { credentials: 'include', mode: 'no-cors' }).then(
        r => r.text(),
        () => 'refused',
      );
      const socket = await new Promise(resolve => {
        const ws = new WebSocket(`${String(base).replace('http', 'ws')}/rpc`, ['millwright', 'reload']);
        ws.onopen = () => resolve('open');
        ws.onerror = () => resolve('refused');
      });
      return [fetched, opaque, socket];
    },
    [address, ticket],
  );
  expect(reached).toEqual(['refused', expect.not.stringContaining('secret'), 'refused']);
});

test('a PDF behind a ticket is shown inside the page', async () => {
  const { server, context, station } = await served();
  const page = await context.newPage();
  await page.goto(server.issueUrl());
  await connected(page);
  const maker = await context.newPage();
  await maker.setContent('<h1>Traveller</h1>');
  const file = path.join(temporaryFolder(), 'f.pdf');
  writeFileSync(file, await maker.pdf());
  const ticket = station.transfers.offer({ path: file, name: 'f.pdf', mime_type: 'application/pdf' });
  const complaints: string[] = [];
  page.on('console', message => complaints.push(message.text()));
  const answered = page.waitForResponse(response => response.url().includes(ticket));
  await page.evaluate(
    t =>
      new Promise(resolve => {
        const frame = document.createElement('iframe');
        frame.src = `/transfer/${t}?inline`;
        frame.onload = resolve;
        document.body.append(frame);
      }),
    ticket,
  );
  expect((await answered).status()).toBe(200);
  // The viewer has words of its own; what counts is that the page's policy let it in.
  expect(complaints.filter(text => /content security policy|refused to/i.test(text))).toEqual([]);
});
