import path from 'node:path';
import { expect, test } from 'vitest';
import { tools } from '../../../db/schema/production.ts';
import { importQueue } from '../../../main/replication/central/queue-import.ts';
import { type OfflineStation, untilQuiet } from '../stations/support.ts';
import { addTool, endsEqual, exchange, joinedPair, removeTool, toolIds, waiting } from './support.ts';

/** More rows than are written in one turn: whatever else happens meanwhile gets its chance. */
const MANY = 1600;
const addMany = ({ station }: OfflineStation): void =>
  station.asSystem('test.tools', ctx => {
    for (let n = 0; n < MANY; n++)
      ctx.insert(tools, { tool_name: `Wrench ${n}`, tool_names: { en: 'W', fr: 'C', es: 'L' } });
  });

test('an answer that is read while the program ends, while the station exchanges, twice at once and at another station: one thing at a time, every step once', {
  timeout: 60_000,
}, async () => {
  const pair = await joinedPair();
  const { centre, one, two } = pair;
  const answer = path.join(one.folder, 'answer.gz');
  const carried = async () => {
    const queue = path.join(one.folder, 'queue.gz');
    one.station.replication.exportQueue(queue);
    return importQueue(centre.operator, queue, answer);
  };
  const ids = [addTool(one)];
  const gone = addTool(two);
  addMany(two);
  await exchange(two);
  expect(await carried()).toMatchObject({ units: 1 });
  await expect(two.station.replication.importAnswer(answer)).rejects.toMatchObject({
    code: 'answer_of_another_station',
  });
  // It is read to its end before the program ends.
  const reading = one.station.replication.importAnswer(answer);
  await one.reopen();
  expect(await reading).toMatchObject({ units: 1 });
  expect(waiting(one)).toBe(0);
  expect(toolIds(one)).toContain(gone);

  ids.push(addTool(one), addTool(two));
  await exchange(two);
  expect(await carried()).toMatchObject({ units: 1 });
  removeTool(two, gone);
  await exchange(two);
  const { replication } = one.station;
  const [first, said, second] = await Promise.all([
    replication.importAnswer(answer),
    exchange(one),
    replication.importAnswer(answer),
    exchange(one),
  ]);
  expect([first, second]).toMatchObject([{ units: 1 }, { units: 1 }]);
  expect(said).toBe('done');
  expect(waiting(one)).toBe(0);
  expect(toolIds(one)).not.toContain(gone);
  await untilQuiet([one, two]);
  await endsEqual(pair, ids);
});
