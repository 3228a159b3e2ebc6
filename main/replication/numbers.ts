import type { Sqlite } from '../../db/sqlite/open.ts';
import type { CentreLine } from './centre.ts';
import type { Store } from './store.ts';
import { leasedFloor, leasedNumbers } from './wire.ts';

/** Enough for two weeks without the centre at a busy station. */
const BLOCK = 50;

/**
 * Keeps a block of numbers at hand for every series this station uses, leased from the centre for this installation
 * alone; half used is refilled. Gaps are allowed: a block that is lost with its station is never issued again.
 */
export async function refillNumbers(
  db: Sqlite,
  store: Store,
  centre: CentreLine,
  client_id: string,
): Promise<void> {
  const low = db
    .prepare<[number], { series: string; next_value: number; left_over: number }>(
      `select s.series, s.next_value, coalesce((select sum(b.last_no - b.next_no + 1) from sync_number_blocks b where b.series = s.series), 0) as left_over
       from number_sequences s where left_over < ?`,
    )
    .all(BLOCK / 2);
  for (const { series, next_value } of low) {
    await centre.call('lease_floor', leasedFloor, [series, next_value]);
    const { from, to } = await centre.call('lease_numbers', leasedNumbers, [client_id, series, BLOCK]);
    store.applying(() =>
      db
        .prepare('insert into sync_number_blocks (series, next_no, last_no) values (?, ?, ?)')
        .run(series, from, to),
    );
  }
}
