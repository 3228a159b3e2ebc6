import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { TYPESCRIPT_FLAGS } from '../../main/typescript-flags.mjs';

const root = path.resolve(import.meta.dirname, '../..');
export const PEOPLE = {
  coordinator: { username: 'a.roy', password: 'demo-planner-2026', pin: '1002' },
  admin: { username: 'admin', password: 'demo-admin-change-me', pin: '1001' },
  procurement: { username: 'j.castillo', password: 'demo-procurement', pin: '1004' },
  inspector: { username: 's.lindqvist', password: 'demo-inspector-1', pin: '1005' },
  assembler: { username: 'd.tremblay', password: 'demo-operator-one', pin: '1006' },
  operator: { username: 'r.hashimoto', password: 'demo-operator-two', pin: '1007' },
  manager: { username: 'm.okafor', password: 'demo-plant-manager', pin: '1003' },
  service: { username: 't.varga', password: 'demo-service-desk', pin: '1009' },
  engineer: { username: 'e.brandt', password: 'demo-engineering', pin: '1010' },
} as const;

export interface RunningStation {
  /** An address works once; every new browser context asks for its own. */
  address(): Promise<string>;
  data_folder: string;
  stop(): Promise<void>;
  /** As a power cut would: no chance to tidy up. */
  kill(): Promise<void>;
}

const node = path.join(root, 'node_modules/node/bin/node');
const demo = path.join(root, 'out/e2e-demo');
/** The demo plant is filled once a run; every station begins as a copy of it. */
export default function fillDemoPlant(): void {
  rmSync(demo, { recursive: true, force: true });
  execFileSync(node, ['tests/e2e/put-demo-plant.ts', demo], { cwd: root });
}
export function demoFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'millwright-e2e-'));
  cpSync(demo, folder, { recursive: true });
  return folder;
}

/** Browser mode on a folder of its own, as `npm start -- --browser` runs it: real server, real database, the demo plant. */
export async function startStation(data_folder = demoFolder(), ...flags: string[]): Promise<RunningStation> {
  const child = spawn(
    node,
    [...TYPESCRIPT_FLAGS, 'main/browser/index.ts', '--no-open', '--data', data_folder, ...flags],
    {
      cwd: root,
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  let fresh: Promise<string> | null = nextAddress(child);
  await fresh;
  return {
    data_folder,
    async address() {
      const waiting = fresh ?? nextAddress(child);
      if (fresh === null) child.stdin?.write('\n');
      fresh = null;
      return waiting;
    },
    stop: () => ended(child, 'SIGTERM'),
    kill: () => ended(child, 'SIGKILL'),
  };
}
function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise(resolve => {
    child.removeAllListeners('exit');
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}
function nextAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+\/#\S+/.exec(said);
      if (!found) return;
      child.stdout?.off('data', listen);
      resolve(found[0]);
    };
    child.stdout?.on('data', listen);
    child.once('exit', code => reject(new Error(`the station ended with ${code}\n${said}`)));
  });
}

/** Opens a one-time address and signs in; the texts are those of a browser that speaks English. */
export async function signIn(
  page: Page,
  station: RunningStation,
  who: { username: string; password: string },
): Promise<void> {
  await page.goto(await station.address());
  await enter(page, who);
}
/** The sign-in of the page as it stands. */
export async function enter(page: Page, who: { username: string; password: string }): Promise<void> {
  await page.getByLabel('User name').fill(who.username);
  await page.getByLabel('Password', { exact: true }).fill(who.password);
  await page.keyboard.press('Enter');
}
/** Goes there; what is found afterwards is no longer of the page before. */
export async function visit(page: Page, to: string): Promise<void> {
  await page.evaluate(async hash => {
    if (location.hash === `#${hash}`) return;
    const changed = new Promise(resolve => addEventListener('hashchange', resolve, { once: true }));
    location.hash = hash;
    await changed;
    // The router has heard of it before; two turns later the page before is gone.
    for (let turn = 0; turn < 2; turn++) await new Promise(resolve => setTimeout(resolve));
  }, to);
}

/** One station for the tests of a file: every file names a story of its own, and what one file changes no other file meets. */
export const test = base.extend<object, { station: RunningStation; story: string }>({
  story: ['', { option: true, scope: 'worker' }],
  station: [
    async ({ story }, use) => {
      if (story === '') throw new Error("this file names no story: test.use({ story: 'its-name' })");
      const station = await startStation();
      await use(station);
      await station.stop();
      rmSync(station.data_folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
});
export { expect };
