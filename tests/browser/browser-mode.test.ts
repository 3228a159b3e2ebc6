import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { TYPESCRIPT_FLAGS } from '../../main/typescript-flags.mjs';
import { temporaryFolder } from '../support/station.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Browser mode as a program of its own, on a machine that speaks English. */
const start = (...args: string[]) => startIn('en_US', ...args);
function startIn(language: string, ...args: string[]) {
  const child = spawn(
    process.execPath,
    [...TYPESCRIPT_FLAGS, 'main/browser/index.ts', '--no-open', '--no-demo', ...args],
    {
      cwd: root,
      stdio: 'pipe',
      env: { ...process.env, LC_ALL: `${language}.UTF-8` },
    },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  let complained = '';
  child.stderr.on('data', chunk => {
    complained += chunk;
  });
  const ended = new Promise<number | null>(resolve => child.once('close', resolve));
  const url = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', chunk => {
      said += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+/.exec(said);
      if (found) resolve(found[0]);
    });
    child.once('close', () => reject(new Error(`ended early\n${complained}`)));
  });
  url.catch(() => undefined);
  return { child, url, ended, complaint: () => complained.trim(), said: () => said };
}
const nextLine = (child: ChildProcess) =>
  new Promise<string>(resolve => child.stdout?.once('data', chunk => resolve(String(chunk).trim())));
function opens(url: string): Promise<boolean> {
  const { host, origin, hash } = new URL(url);
  const socket = new WebSocket(`ws://${host}/rpc`, ['millwright', hash.slice('#token='.length)], { origin });
  onTestFinished(() => socket.terminate());
  return new Promise(resolve => {
    socket.on('open', () => resolve(true));
    socket.on('error', () => resolve(false));
  });
}

test('it prints an address that opens once, gives a new one at Enter, and ends when told to', async () => {
  const program = start('--data', temporaryFolder());
  const url = await program.url;
  expect(await opens(url)).toBe(true);
  expect(await opens(url)).toBe(false);
  const answer = nextLine(program.child);
  program.child.stdin?.write('\n');
  const second = await answer;
  expect(second).not.toBe(url);
  expect(await opens(second)).toBe(true);
  program.child.kill('SIGTERM');
  expect(await program.ended).toBe(0);
});

test('a second instance on the same folder is refused in one line', async () => {
  const folder = temporaryFolder();
  await start('--data', folder).url;
  const second = start('--data', folder);
  expect(await second.ended).toBe(1);
  expect(second.complaint().split('\n').at(-1)).toBe(
    `Millwright is already running on ${folder}. Use that window, or close it first.`,
  );
  expect(second.said()).toBe('');
  const french = startIn('fr_CA', '--data', folder);
  expect(await french.ended).toBe(1);
  expect(french.complaint().split('\n').at(-1)).toBe(
    `Millwright fonctionne déjà sur ${folder}. Utilisez cette fenêtre, ou fermez-la d’abord.`,
  );
});

test('a damaged database is left alone and the last backup is named', async () => {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'backups'), { recursive: true });
  writeFileSync(path.join(folder, 'millwright.db'), 'not a database at all, but some text '.repeat(100));
  const backup = path.join(folder, 'backups/millwright-2026-01-01.db');
  writeFileSync(backup, '');
  const program = start('--data', folder);
  expect(await program.ended).toBe(1);
  expect(program.complaint()).toContain(`restore "${backup}"`);
});

test('a port in use and a wrong port are named', async () => {
  const taken = createServer();
  await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void taken.close());
  const address = taken.address();
  const port = String(typeof address === 'object' ? address?.port : '');
  const program = start('--data', temporaryFolder(), '--port', port);
  expect(await program.ended).toBe(1);
  expect(program.complaint()).toContain(`Port ${port} is taken by another program.`);
  const wrong = start('--data', temporaryFolder(), '--port', 'http');
  expect(await wrong.ended).toBe(2);
});
