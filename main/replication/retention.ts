import type { Sqlite } from '../../db/sqlite/open.ts';
import type { Store } from './store.ts';

const KEPT_MS = 14 * 86_400_000;
/** By then every centre that is looked after has a backup. */
const KEPT_WITHOUT_BACKUP_MS = 180 * 86_400_000;

/**
 * Units stay, also when the centre has them, until a verified backup of the centre covers them: after a restore they
 * are sent again. Their age is told by the centre's clock: one that jumps here makes no unit old.
 */
export function forgetOldUnits(db: Sqlite, store: Store): number {
  const { applied_n, backed_up_seq, server_ms } = store.state.facts;
  const old = db
    .prepare<[number, number, number, number], { n: number }>(
      `select n from sync_units where state <> 'pending' and n <= ?
         and ((server_seq <= ? and settled_at_ms < ?) or settled_at_ms < ?) limit 5000`,
    )
    .all(applied_n, backed_up_seq, server_ms - KEPT_MS, server_ms - KEPT_WITHOUT_BACKUP_MS);
  const change = db.prepare('delete from sync_unit_changes where n = ?');
  const unit = db.prepare('delete from sync_units where n = ?');
  db.transaction(() => {
    for (const { n } of old) {
      change.run(n);
      unit.run(n);
    }
  })();
  return old.length;
}
