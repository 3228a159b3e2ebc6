import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Id } from '../../../db/kit/columns.ts';
import { materials } from '../../../db/schema/catalogue.ts';
import { file_uploads } from '../../../db/schema/infrastructure.ts';
import { canonical, sha256 } from '../../../main/platform/canonical.ts';
import { createFileStore } from '../../../main/platform/file-store.ts';
import { importQueue } from '../../../main/replication/central/queue-import.ts';
import { addFile, type OfflineStation, testCentre, untilQuiet } from '../stations/support.ts';
import {
  addTool,
  endsEqual,
  exchange,
  inboxOf,
  itemOfTwoPlants,
  joinedPair,
  type Pair,
  toolIds,
  waiting,
} from './support.ts';

const bytesOf = ({ station }: OfflineStation, sha256: string): string | null => {
  const file = createFileStore(station.folders.files).pathOf(sha256);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
};

test('bytes that were lost with a files folder, or that their station never sent, come from whoever has them', async () => {
  const { one, two, line } = await joinedPair();
  const lost = await addFile(one, 'drawing of a basin');
  const removed = await addFile(one, 'soon gone');
  await untilQuiet([one, two]);
  await one.station.close();
  rmSync(one.station.folders.files, { recursive: true });
  await one.reopen();
  await untilQuiet([one]);
  expect(bytesOf(one, lost)).toBe('drawing of a basin');
  line.follow(moment => (moment.text.includes('blob_begin') ? 'cut_before' : undefined));
  const never_sent = await addFile(one, 'the same drawing');
  await exchange(one);
  await exchange(two);
  expect(two.station.replication.status().waiting_files).toBe(1);
  line.unplug();
  await addFile(two, 'the same drawing');
  await addFile(one, 'soon gone');
  two.station.asSystem('test.remove', ctx => {
    const sql = 'select id from file_uploads where sha256 = ?';
    const row = ctx.sql.get<{ id: Id<'file_uploads'> }>(sql, [removed]);
    if (row) ctx.remove(file_uploads, row.id);
  });
  expect(await exchange(two)).toBe('done');
  rmSync(two.station.folders.files, { recursive: true });
  expect(await exchange(two)).toBe('done');
  expect(bytesOf(two, never_sent)).toBe('the same drawing');
  line.heal();
  await endsEqual({ one, two }, []);
  expect([one, two].map(s => s.station.replication.status().waiting_files)).toEqual([0, 0]);
}, 60_000);

test('where something new is announced during every exchange, a file still moves piece by piece', async () => {
  const { one, line } = await joinedPair();
  let pieces = 0;
  line.follow(moment => {
    // A step is kept while the station asks: the exchange is called for again before it comes to files.
    if (moment.text.includes('sync.pull(')) addTool(one);
    if (moment.text.includes('sync.blob_put(')) pieces += 1;
    return undefined;
  });
  await addFile(one, 'drawing '.repeat(80_000));
  for (let n = 1; n <= 3; n++) {
    await exchange(one);
    expect(pieces, `exchange ${n}`).toBe(n);
  }
  expect(one.station.replication.status().waiting_files).toBe(0);
});

const carried = (pair: Pair, file: string, answer = path.join(pair.one.folder, 'answer.gz')) =>
  importQueue(pair.centre.operator, file, answer);

test('a queue carried by hand twice, out of order, altered, cut and to the wrong centre: every step once, or a refusal in words', async () => {
  const pair = await joinedPair();
  const { one, two, line } = pair;
  line.unplug();
  const at = (name: string) => path.join(one.folder, name);
  const ids = [addTool(one)];
  one.station.replication.exportQueue(at('first.gz'));
  ids.push(addTool(one));
  one.station.replication.exportQueue(at('second.gz'));
  const altered = JSON.parse(gunzipSync(readFileSync(at('second.gz'))).toString());
  altered.units[1].changes[0].patch.tool_name = 'Smuggled in';
  writeFileSync(at('altered.gz'), gzipSync(JSON.stringify(altered)));
  await expect(carried(pair, at('altered.gz'))).rejects.toMatchObject({ code: 'queue_altered' });
  writeFileSync(at('cut.gz'), readFileSync(at('second.gz')).subarray(0, 200));
  await expect(carried(pair, at('cut.gz'))).rejects.toMatchObject({ code: 'file_not_a_queue' });
  const elsewhere = await testCentre();
  await expect(importQueue(elsewhere.operator, at('first.gz'), at('x.gz'))).rejects.toMatchObject({
    code: 'station_unknown',
  });
  const clientForgets = (units: number) =>
    pair.centre.operator.query(
      "update sync.clients k set last_unit_no = last_unit_no - $1 from sync.devices d where d.role_name = k.role_name and d.station_code = 'K1'",
      [units],
    );
  await clientForgets(1);
  await expect(carried(pair, at('first.gz'))).rejects.toMatchObject({ code: 'queue_newer_than_centre' });
  await clientForgets(-1);
  expect(await carried(pair, at('second.gz'))).toMatchObject({ units: 2, applied: 2 });
  const { unit_no: _, payload_hash: __, audit: ___, ...content } = altered.units[1];
  altered.units[1].payload_hash = sha256(canonical(content));
  writeFileSync(at('altered.gz'), gzipSync(JSON.stringify(altered)));
  await expect(carried(pair, at('altered.gz'))).rejects.toMatchObject({ code: 'queue_of_a_copy' });
  expect(await carried(pair, at('first.gz'), at('late.gz'))).toMatchObject({ units: 1, applied: 1 });
  expect(await carried(pair, at('second.gz'))).toMatchObject({ units: 2, applied: 2 });
  for (const answer of ['answer.gz', 'late.gz', 'answer.gz'])
    await one.station.replication.importAnswer(at(answer));
  expect(waiting(one)).toBe(0);
  line.heal();
  await endsEqual({ one, two }, ids);
}, 60_000);

test('a station moved to another plant while it holds unsent work: the work lies in the inbox, the station goes on there', async () => {
  const pair = await joinedPair();
  const { centre, one, two } = pair;
  const [oakville, milton] = itemOfTwoPlants(one);
  const moved = (plant_id: string) =>
    centre.operator.query("update sync.devices set plant_ids = $1 where station_code = 'K2'", [[plant_id]]);
  await untilQuiet([one, two]);
  await moved(oakville.plant_id);
  await two.reopen();
  await untilQuiet([two]);
  two.station.asSystem(
    'test.edit',
    ctx => void ctx.update(materials, oakville.id, { material_name: 'Mine' }),
  );
  const id = addTool(two);
  await moved(milton.plant_id);
  await two.reopen();
  expect(await exchange(two)).toBe('done');
  expect(waiting(two)).toBe(0);
  const held = two.station.readAsSystem(ctx => ctx.sql.all<{ id: string }>('select id from materials'));
  expect(held.map(m => m.id)).toEqual([milton.id]);
  expect(await exchange(one)).toBe('done');
  expect(toolIds(one)).toContain(id);
  for (const s of [one, two])
    expect(inboxOf(s)).toEqual([{ outcome: 'REJECTED', reason_code: 'out_of_scope', row_id: oakville.id }]);
});
