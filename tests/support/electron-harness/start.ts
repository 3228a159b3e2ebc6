import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { _electron, type Page } from 'playwright';
import { expect, vi } from 'vitest';
import type { Bridge } from '../../../renderer/rpc/transport.ts';
import { app, seen } from './electron.ts';

declare global {
  interface Window {
    millwright?: Bridge;
    pushed: unknown[];
    electronSend(kind: string, channel: string, message: unknown): Promise<unknown>;
  }
}
const root = path.resolve(import.meta.dirname, '../../..');

export interface Shell {
  page: Page;
  close(): Promise<void>;
}
/** The real binary, where it was fetched. */
export function electronBinary(): string | undefined {
  const named = path.join(root, 'node_modules/electron/path.txt');
  if (!existsSync(named)) return undefined;
  const file = path.join(root, 'node_modules/electron/dist', readFileSync(named, 'utf8').trim());
  return existsSync(file) ? file : undefined;
}
function buildMissing(): void {
  for (const [part, config] of [
    ['renderer/index.html', 'vite.config.ts'],
    ['preload/index.cjs', 'vite.preload.config.ts'],
  ] as const) {
    if (existsSync(path.join(root, 'dist', part))) continue;
    const vite = path.join(
      path.dirname(createRequire(import.meta.url).resolve('vite/package.json')),
      'bin/vite.js',
    );
    execFileSync(process.execPath, [vite, 'build', '-c', config, '--logLevel', 'warn'], { cwd: root });
  }
}
/** Starts main/app itself; a test file can do so once. */
export async function startHarness(folder: string, expectedDialogs: string[] = []): Promise<Shell> {
  buildMissing();
  process.argv = [process.execPath, root, '--data', folder, '--no-demo'];
  await import('../../../main/app/index.ts');
  await vi.waitUntil(() => seen.windows.length > 0 || seen.exits.length > 0, 20_000);
  expect(seen.dialogs).toEqual(expectedDialogs);
  const window = seen.windows[0];
  const page = await window!.webContents.page;
  await vi.waitUntil(() => window!.isShown, 20_000);
  return {
    page,
    close: () =>
      new Promise(resolve => {
        app.once('quit', () => resolve());
        window!.close();
      }),
  };
}
export async function startElectron(folder: string, binary: string): Promise<Shell> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const program = await _electron.launch({
    executablePath: binary,
    args: [...sandbox, root, '--data', folder, '--no-demo'],
  });
  return { page: await program.firstWindow(), close: () => program.close() };
}

/** A call that is answered the same on every station. */
export const whoami = { id: 1, path: 'identity.me', input: {}, session: null };
export const askWho = (page: Page) => page.evaluate(call => window.millwright!.call(call), whoami);
