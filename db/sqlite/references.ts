import type { Sqlite } from './open.ts';

/**
 * Whether this connection checks foreign keys. SQLite compiles every statement of a connection anew after the switch was
 * touched, so it is touched only when the other kind of writer comes. Never inside a transaction: there it does nothing.
 */
export function referencesIn(db: Sqlite): { check(): void; ignore(): void } {
  const held = db.prepare('pragma foreign_keys').pluck();
  const turn = (wanted: 0 | 1) => {
    if (held.get() !== wanted) db.pragma(`foreign_keys = ${wanted}`);
  };
  return { check: () => turn(1), ignore: () => turn(0) };
}
