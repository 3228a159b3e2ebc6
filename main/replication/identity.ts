import type { Sqlite } from '../../db/sqlite/open.ts';
import type { Ids } from '../platform/ports.ts';
import { newNonce } from './joining.ts';
import { LOAD_ALL } from './loading.ts';
import { forfeitNumbers } from './numbers.ts';
import type { Store } from './store.ts';

/**
 * Two installations share one identity: this file was copied or put back from a backup. This one takes a new
 * identity; units that wait are numbered from 1 and keep their ids, by which the centre knows those it has.
 */
export function takeNewIdentity(db: Sqlite, store: Store, ids: Ids): void {
  const { state } = store;
  store.applying(() => {
    // Taken by the centre, but not yet seen in a pull: sent again, because the centre may be a restored one. It knows
    // by the id what it has.
    db.prepare(
      "update sync_units set state = 'pending', detail = null where n > ? and server_seq is null",
    ).run(state.facts.applied_n);
    const first = db.prepare("select min(n) from sync_units where state = 'pending'").pluck().get();
    const last = db.prepare('select coalesce(max(n), 0) from sync_units').pluck().get();
    forfeitNumbers(db);
    const unit_base = first === null || first === undefined ? Number(last) : Number(first) - 1;
    state.set({
      client_id: ids.next(),
      incarnation: state.facts.incarnation + 1,
      nonce: newNonce(),
      next_nonce: undefined,
      unit_base,
      // What the other one sent under the same number is not ours.
      applied_n: Math.min(state.facts.applied_n, unit_base),
      // Changes of the other one under the old identity count as foreign from here on: start from the centre's rows.
      loading: LOAD_ALL,
    });
  });
}

/** Number of the first unit whose effect the centre may have lost: everything it took after the newest commit that both sides know. */
export function unitsLostAfter(db: Sqlite, common_seq: number): number | null {
  const first = db
    .prepare(
      "select min(n) from sync_units where state <> 'pending' and (server_seq is null or server_seq > ?)",
    )
    .pluck()
    .get(common_seq);
  return first === null || first === undefined ? null : Number(first);
}

/**
 * The centre was put back to an older state: units from `first` on wait again under their numbers and ids (it knows
 * by the id what it still has), and the rows are loaded anew. Answers how many.
 */
export function sendAgainFrom(db: Sqlite, store: Store, first: number | null): number {
  const { state } = store;
  return store.applying(() => {
    let count = 0;
    forfeitNumbers(db);
    if (first !== null) {
      count = db
        .prepare("update sync_units set state = 'pending', detail = null, server_seq = null where n >= ?")
        .run(first).changes;
      db.prepare(
        'insert or ignore into sync_shadow (table_name, row_id) select distinct table_name, row_id from sync_unit_changes where n >= ?',
      ).run(first);
    }
    state.set({
      applied_n: first === null ? state.facts.applied_n : Math.min(state.facts.applied_n, first - 1),
      cursor_seq: 0,
      cursor_hash: undefined,
      loading: LOAD_ALL,
    });
    db.exec('delete from sync_commits');
    return count;
  });
}
