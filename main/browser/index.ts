import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { compose, isBuilt, programFolders, type Station } from '../compose.ts';
import { dataFolder } from '../platform/data-folder.ts';
import type { PdfEngine } from '../platform/ports.ts';
import { fillText, machineLocale, startTexts } from '../platform/start-texts.ts';
import { fillEmptyStation } from './first-start.ts';
import { startServer } from './server.ts';
import { portRefusalText, refusalPage, startRefusalText } from './start-refusal.ts';

/** Browser mode: the same services and pages as the desktop program, for a browser on this computer. */
const { values } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string' },
    port: { type: 'string', default: '0' },
    'no-open': { type: 'boolean', default: false },
    'no-demo': { type: 'boolean', default: false },
    browser: { type: 'boolean', default: false },
  },
});
const locale = machineLocale();
const folders = programFolders();
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const complain = (text: string): void => void process.stderr.write(`${text}\n`);
const opensBrowser = !values['no-open'] && !process.env.CI;

const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  complain(fillText(startTexts(locale).texts.refused.port_not_a_number, { port: values.port }));
  process.exit(2);
}
if (!isBuilt(folders)) complain('The pages of the program are not built yet: npm run build.');

try {
  const pdf = await pdfEngine();
  await run(compose({ data_folder: dataFolder(values.data), folders, pdf, keeps_prints: true }));
} catch (error) {
  const text = startRefusalText(error, locale) ?? portRefusalText(error, values.port, locale);
  if (!text) throw error;
  complain(text);
  if (opensBrowser) await showRefusal(text);
  process.exit(1);
}

async function run(station: Station): Promise<void> {
  if (!values['no-demo']) await fillEmptyStation(station);
  const server = await startServer(station, path.join(folders.dist, 'renderer'), port);
  const address = server.issueUrl();
  say(`Millwright is running: ${address}`);
  say('The address works once. Press Enter for a new one, Ctrl+C to stop.');
  if (opensBrowser) openBrowser(address);
  const lines = createInterface({ input: process.stdin });
  lines.on('line', () => say(server.issueUrl()));

  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    lines.close();
    await server.close();
    await station.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
}

/** Without a Chromium on this computer PDF files are refused by name; everything else works. */
async function pdfEngine(): Promise<PdfEngine | null> {
  const { findChromiumEngine } = await import('../printing/chromium-engine.ts');
  return findChromiumEngine();
}

function openBrowser(address: string): void {
  const [command, ...args] =
    process.platform === 'win32'
      ? ['rundll32', 'url.dll,FileProtocolHandler', address]
      : [process.platform === 'darwin' ? 'open' : 'xdg-open', address];
  const child = spawn(String(command), args, { stdio: 'ignore', detached: true });
  child.on('error', () => say('No browser could be opened; open the address yourself.'));
  child.unref();
}

/** Somebody who started by a double click sees no terminal: the browser shows the line once. */
async function showRefusal(text: string): Promise<void> {
  const shown = Promise.withResolvers<void>();
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    response.end(refusalPage(text, locale), () => shown.resolve());
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address && typeof address === 'object') openBrowser(`http://127.0.0.1:${address.port}/`);
  await Promise.race([shown.promise, new Promise(resolve => setTimeout(resolve, 10_000).unref())]);
  server.close();
}
