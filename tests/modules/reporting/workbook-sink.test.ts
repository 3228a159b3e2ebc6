import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { streamWorkbook } from '../../../main/modules/reporting/workbook.service.ts';
import { defineSheet } from '../../../main/platform/sheet.ts';
import { workbookOrder } from './workbook-support.ts';

/** Texts that no compressor makes smaller than half. */
const noise = (seed: string): string =>
  Array.from({ length: 16 }, (_, n) => createHash('sha512').update(`${seed}${n}`).digest('hex')).join('');
const ROWS = 8_000;
/** A list that tells how many of its rows were taken. */
function countedList() {
  const seen = { taken: 0 };
  const rows = function* (): Generator<string> {
    for (seen.taken = 1; seen.taken <= ROWS; seen.taken += 1) yield noise(String(seen.taken));
  };
  const sheet = defineSheet<string>({
    id: 'components',
    row_count: ROWS,
    rows,
    columns: [{ key: 'item_name', kind: 'text', width: 30, value: text => text }],
  });
  return { seen, sheet };
}

test('a sink that takes nothing stops the rows: what is held does not grow with the sheet', async () => {
  const { seen, sheet } = countedList();
  const taken: number[] = [];
  const sink = new Writable({
    async write(_chunk, _encoding, done) {
      // The first bytes are held until no more rows come.
      for (let before = -1, still = 0; taken.length < 3 && still < 10; before = seen.taken) {
        await pause(5);
        still = before === seen.taken ? still + 1 : 0;
      }
      taken.push(seen.taken);
      done();
    },
  });
  await streamWorkbook(workbookOrder([sheet]), sink, ROWS);
  // About 1 MB of rows before the compressor, 1 MB after it.
  expect(Math.max(...taken.slice(0, 3))).toBeLessThan(5_000);
  expect(seen.taken).toBe(ROWS + 1);
});

test('a sink that fails in the middle ends the export with its error', async () => {
  const { seen, sheet } = countedList();
  let chunks = 0;
  const sink = new Writable({
    write: (_chunk, _encoding, done) => done(++chunks > 20 ? new Error('no space left on the disk') : null),
  });
  await expect(streamWorkbook(workbookOrder([sheet]), sink, ROWS)).rejects.toThrow(
    'no space left on the disk',
  );
  expect(seen.taken).toBeLessThan(ROWS);
});
