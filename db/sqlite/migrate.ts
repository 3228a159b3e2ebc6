import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { AnyTable } from '../kit/define-table.ts';
import { appendOnlyTriggers, captureTriggers, sealedTriggers } from './capture.ts';
import type { Sqlite } from './open.ts';

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

/** Files `NNNN_purpose.sql` in order; numbers without holes. */
export function readMigrations(folder: string): Migration[] {
  const files = readdirSync(folder).filter(f => /^\d{4}_.+\.sql$/.test(f));
  return files.sort().map((file, index) => {
    const number = Number(file.slice(0, 4));
    if (number !== index + 1) throw new Error(`migration ${file} should be number ${index + 1}`);
    return { number, name: file.slice(5, -4), sql: readFileSync(path.join(folder, file), 'utf8') };
  });
}

export class DatabaseTooNew extends Error {
  readonly file_version: number;
  readonly known_version: number;
  constructor(file_version: number, known_version: number) {
    super(`database version ${file_version} is newer than this program (${known_version})`);
    this.file_version = file_version;
    this.known_version = known_version;
  }
}

export const databaseVersion = (db: Sqlite): number => Number(db.pragma('user_version', { simple: true }));

/**
 * Brings the file to the newest version, one transaction per step. Foreign keys are off while a table is
 * rebuilt: with them on, dropping the old copy would cascade into its children. `backup` is called once
 * before the first step of an existing file.
 */
export function migrate(
  db: Sqlite,
  migrations: readonly Migration[],
  tables: readonly AnyTable[],
  backup?: () => void,
): number {
  const from = databaseVersion(db);
  const newest = migrations.at(-1)?.number ?? 0;
  if (from > newest) throw new DatabaseTooNew(from, newest);
  if (from < newest && from > 0) backup?.();
  db.pragma('foreign_keys = OFF');
  try {
    for (const step of migrations.slice(from)) {
      db.transaction(() => {
        dropTriggers(db);
        db.exec(step.sql.replaceAll('--> statement-breakpoint', ''));
        const orphans = db.pragma('foreign_key_check');
        if (Array.isArray(orphans) && orphans.length > 0)
          throw new Error(`migration ${step.name} leaves ${orphans.length} orphans`);
        db.pragma(`user_version = ${step.number}`);
      }).immediate();
    }
    rebuildTriggers(db, tables);
  } finally {
    db.pragma('foreign_keys = ON');
  }
  return newest - from;
}

const triggerNames = (db: Sqlite): string[] =>
  db
    .prepare<[], { name: string }>(
      "select name from sqlite_master where type = 'trigger' and (name like 'capture%' or name like 'append_only%' or name like 'sealed%')",
    )
    .all()
    .map(r => r.name);
function dropTriggers(db: Sqlite): void {
  for (const name of triggerNames(db)) db.exec(`DROP TRIGGER "${name}"`);
}

/** Triggers are derived, not migrated: rebuilt whenever the definitions changed. */
function rebuildTriggers(db: Sqlite, tables: readonly AnyTable[]): void {
  const wanted = tables.flatMap(def => [
    ...captureTriggers(def),
    ...(def.sync.kind === 'append_only' ? appendOnlyTriggers(def.name) : []),
    ...(def.sync.kind === 'sealed' ? sealedTriggers(def) : []),
  ]);
  const fingerprint = createHash('sha256').update(wanted.join('\n')).digest('hex');
  const held = db.prepare("select value from local_state where key = 'trigger_fingerprint'").pluck().get();
  if (held === fingerprint && triggerNames(db).length === wanted.length) return;
  db.transaction(() => {
    dropTriggers(db);
    for (const sql of wanted) db.exec(sql);
    db.prepare(
      "insert into local_state (key, value) values ('trigger_fingerprint', ?) on conflict (key) do update set value = excluded.value",
    ).run(fingerprint);
  }).immediate();
}
