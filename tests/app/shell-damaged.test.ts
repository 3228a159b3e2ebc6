import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { compose } from '../../main/compose.ts';
import { silentLog } from '../../main/platform/log.ts';
import { app, seen } from '../support/electron-harness/electron.ts';
import { askWho, startHarness } from '../support/electron-harness/start.ts';

vi.mock('electron', () => import('../support/electron-harness/electron.ts'));

const folder = mkdtempSync(path.join(tmpdir(), 'millwright-shell-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a damaged database: the last backup is offered, and the damaged file is kept', async () => {
  const station = compose({ data_folder: folder, log: silentLog });
  const { station_id } = station;
  await station.close();
  const damage = 'no database '.repeat(1000);
  writeFileSync(path.join(folder, 'millwright.db'), damage);

  const shell = await startHarness(folder, ['The database is damaged.']);
  expect(await askWho(shell.page)).toMatchObject({ error: { code: 'not_signed_in' } });
  const kept = readdirSync(folder).find(name => name.startsWith('millwright.db.replaced-'));
  expect(readFileSync(path.join(folder, String(kept)), 'utf8')).toBe(damage);
  await shell.close();
  const restored = compose({ data_folder: folder, log: silentLog });
  expect(restored.station_id).toBe(station_id);
  await restored.close();
  expect(seen.exits).toEqual([0]);
  expect(app.listenerCount('second-instance')).toBe(1);
});
