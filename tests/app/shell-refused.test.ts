import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { app, seen } from '../support/electron-harness/electron.ts';

vi.mock('electron', () => import('../support/electron-harness/electron.ts'));

const folder = mkdtempSync(path.join(tmpdir(), 'millwright-shell-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a station that refuses to start says why in the language of the machine, opens no window and changes nothing', async () => {
  const file = path.join(folder, 'millwright.db');
  writeFileSync(file, 'no database '.repeat(1000));
  seen.locale = 'fr-CA';
  process.argv = [process.execPath, 'millwright', '--data', folder];
  const ended = new Promise(resolve => app.once('quit', (_event, code) => resolve(code)));
  await import('../../main/app/index.ts');
  expect(await ended).toBe(1);
  expect(seen.dialogs).toEqual([
    expect.stringMatching(
      /^Millwright: La base de données .* est endommagée et a été laissée telle quelle\. Il n’y a pas de sauvegarde/,
    ),
  ]);
  expect(seen.windows).toEqual([]);
  expect(readFileSync(file, 'utf8')).toBe('no database '.repeat(1000));
});
