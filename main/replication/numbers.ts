import { z } from 'zod';
import type { Sqlite } from '../../db/sqlite/open.ts';
import type { CentreLine } from './centre.ts';
import type { Store } from './store.ts';
import { leasedFloor, leasedNumbers, returnedNumbers } from './wire.ts';

const sizes = z.record(z.string(), z.int());
/** Of a series that this station uses for the first time. */
const FIRST_SIZE = 20;

/**
 * Keeps a block of numbers at hand for every series this station uses, leased from the centre for this installation
 * alone, as large as what it took in two weeks; half used is refilled. Gaps are allowed: a block that is lost with its
 * station is never issued again.
 */
export async function refillNumbers(
  db: Sqlite,
  store: Store,
  centre: CentreLine,
  client_id: string,
): Promise<void> {
  const held = db
    .prepare<[], { series: string; first_free: number; left_over: number }>(
      `select s.series, max(s.next_value, coalesce(max(b.last_no) + 1, 1)) as first_free,
         coalesce(sum(b.last_no - b.next_no + 1), 0) as left_over
       from number_sequences s left join sync_number_blocks b on b.series = s.series group by s.series`,
    )
    .all();
  for (const { series, first_free, left_over } of held) {
    const block_sizes = sizes.parse(JSON.parse(store.state.facts.block_sizes));
    if (left_over >= (block_sizes[series] ?? FIRST_SIZE) / 2) continue;
    await centre.call('lease_floor', leasedFloor, [series, first_free]);
    const { from, to } = await centre.call('lease_numbers', leasedNumbers, [client_id, series, null]);
    store.applying(() => {
      db.prepare('insert into sync_number_blocks (series, next_no, last_no) values (?, ?, ?)').run(
        series,
        from,
        to,
      );
      store.state.set({ block_sizes: JSON.stringify({ ...block_sizes, [series]: to - from + 1 }) });
    });
  }
}

/**
 * What is left of the blocks is given up: a copy of this file has the same ones, and a restored centre may give them out
 * again. How far they went stays, so that the next block begins behind it.
 */
export const forfeitNumbers = (db: Sqlite): void =>
  void db.prepare('update sync_number_blocks set next_no = last_no + 1').run();

/** A station that leaves does not wait for a line that fell silent. */
const RETURN_MS = 3000;

/** What is left of the blocks goes back, the newest first; answers how many numbers the centre may give out again. */
export async function returnNumbers(db: Sqlite, centre: CentreLine, client_id: string): Promise<number> {
  const left = db
    .prepare<[], { series: string; next_no: number }>(
      'select series, next_no from sync_number_blocks where next_no <= last_no order by series, last_no desc',
    )
    .all();
  let returned = 0;
  for (const { series, next_no } of left)
    returned += (
      await centre.call('return_numbers', returnedNumbers, [client_id, series, next_no], RETURN_MS)
    ).returned;
  return returned;
}

/** A station that stands alone again counts on behind every number it held. */
export const countOnAlone = (db: Sqlite): void =>
  void db
    .prepare(
      `update number_sequences set next_value = max(next_value, (
         select max(last_no) + 1 from sync_number_blocks b where b.series = number_sequences.series))
       where series in (select series from sync_number_blocks)`,
    )
    .run();
