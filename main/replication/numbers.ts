import { z } from 'zod';
import type { Sqlite } from '../../db/sqlite/open.ts';
import type { CentreLine } from './centre.ts';
import type { Store } from './store.ts';
import { leasedFloor, leasedNumbers } from './wire.ts';

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
