import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, type Page } from '@playwright/test';

const root = path.resolve(import.meta.dirname, '../..');
export const PEOPLE = {
  coordinator: { username: 'a.roy', password: 'demo-planner-2026', pin: '1002' },
  admin: { username: 'admin', password: 'demo-admin-change-me', pin: '1001' },
  procurement: { username: 'j.castillo', password: 'demo-procurement', pin: '1004' },
} as const;

export interface RunningStation {
  url: string;
  data_folder: string;
  stop(): Promise<void>;
}

/** Browser mode on a folder of its own, as `npm start -- --browser` runs it: real server, real database, the demo plant. */
export async function startStation(data_folder = mkdtempSync(path.join(tmpdir(), 'millwright-e2e-'))): Promise<RunningStation> {
  const child = spawn(path.join(root, 'node_modules/node/bin/node'), ['main/browser/index.ts', '--no-open', '--data', data_folder], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const url = await firstUrl(child);
  const stop = () =>
    new Promise<void>(resolve => {
      child.once('exit', () => resolve());
      child.kill('SIGTERM');
    });
  return { url, data_folder, stop };
}
function firstUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(said);
      if (found) resolve(found[0]);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', code => reject(new Error(`the station ended with ${code}\n${said}`)));
  });
}

export async function signIn(page: Page, url: string, who: { username: string; password: string }): Promise<void> {
  await page.goto(url);
  await page.getByLabel(/user name|nom d’utilisateur|nom d'utilisateur|usuario/i).fill(who.username);
  await page.getByLabel(/^(password|mot de passe|contraseña)/i).first().fill(who.password);
  await page.keyboard.press('Enter');
}

/** One station for all tests of a file: the tests of a file tell one story. */
export const test = base.extend<object, { station: RunningStation }>({
  station: [
    async ({}, use) => {
      const station = await startStation();
      await use(station);
      await station.stop();
      rmSync(station.data_folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
});
export { expect } from '@playwright/test';
