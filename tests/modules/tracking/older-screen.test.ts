import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { olderTableName } from '../../../preload/contract/older-tracking.ts';
import { ask, askJob, refusalOf, type TestStation, testStation } from '../../support/station.ts';
import { csvFolder } from './older-support.ts';

async function uploaded(station: TestStation, session: string, texts: Record<string, string>) {
  const files = [];
  for (const [name, text] of Object.entries(texts)) {
    const { ticket } = ask(station, session, 'tracking.prepareOlderUpload', { size_bytes: text.length });
    await station.transfers.receive(ticket, Readable.from([Buffer.from(text)]), `${name}.csv`);
    files.push({ table: olderTableName.parse(name), ticket });
  }
  return files;
}
function exported(): Record<string, string> {
  const folder = csvFolder();
  const names = readdirSync(folder);
  return Object.fromEntries(
    names.map(name => [name.replace('.csv', ''), readFileSync(path.join(folder, name), 'utf8')]),
  );
}
const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => entry.name);

test('an older database comes over from the screen: checked, applied, compared, once; archived rows count once', async () => {
  const station = testStation({ roles: ['ORG_ADMIN', 'PLANNER'] });
  const boss = station.session('ORG_ADMIN');
  const [head = '', first = ''] = exported().production_orders?.split('\r\n') ?? [];
  const archived = `${first.replace(/^1,/, '90,').replace('PO-1', 'PO-90')}\r\n`;
  const texts = {
    ...exported(),
    // A copy of the first row, which the older archive left in both, and one that was moved.
    production_orders_archive: `${head}\r\n${first}\r\n${archived}`,
  };
  const begun = ask(station, boss, 'tracking.beginOlder', { files: await uploaded(station, boss, texts) });
  expect(filesUnder(station.folders.files)).toEqual([]);
  const input = { ...begun, source_name: 'old plant' };

  const before = await askJob(station, boss, 'tracking.checkOlder', input);
  expect(before).toMatchObject({
    users: { in_source: 3, here: 0 },
    movements: { in_source: 5, here: 0, left_out: { number: 1 } },
    balances: { groups: 3, equal: 0 },
  });
  expect(ask(station, boss, 'tracking.movements', {}).total).toBe(0);

  expect(await askJob(station, boss, 'tracking.applyOlder', input)).toEqual({
    departments: 1,
    work_centers: 2,
    users: 3,
    movements: 4,
  });
  const after = await askJob(station, boss, 'tracking.checkOlder', input);
  expect(after).toMatchObject({
    movements: { here: 4 },
    balances: { groups: 3, equal: 3, different: [] },
  });
  const { rows } = ask(station, boss, 'tracking.balances', {});
  expect(rows.map(row => [row.order_number, row.closing])).toEqual([
    ['PO-1', 70],
    ['PO-2', 7],
    ['PO-90', 100],
  ]);

  ask(station, boss, 'tracking.endOlder', begun);
  expect(readdirSync(station.folders.work).filter(name => name.startsWith('older-'))).toEqual([]);
});

test('refused: a table that is missing, a row of the wrong shape, people without the right', async () => {
  const station = testStation({ roles: ['ORG_ADMIN', 'PLANNER'] });
  const boss = station.session('ORG_ADMIN');
  const { users: _, ...without } = exported();
  const files = await uploaded(station, boss, without);
  expect(refusalOf(station, boss, 'tracking.beginOlder', { files })).toBe('older_table_missing');
  const broken = { ...exported(), work_centers: 'id,name\r\n1,\r\n' };
  const begun = ask(station, boss, 'tracking.beginOlder', { files: await uploaded(station, boss, broken) });
  await expect(askJob(station, boss, 'tracking.applyOlder', { ...begun, source_name: 'x' })).rejects.toThrow(
    'older_row_wrong',
  );
  expect(ask(station, boss, 'tracking.listWorkCenters', {}).rows).toEqual([]);
  const planner = station.session('PLANNER');
  expect(refusalOf(station, planner, 'tracking.prepareOlderUpload', { size_bytes: 1 })).toBe('not_allowed');
});
