import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { dayInZone } from './local-day.ts';

export type Sqlite = Database.Database;

/** The one writing connection. FULL: a power cut never drops a confirmed command (0.16 ms per command). */
export function openWriter(file: string): Sqlite {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('busy_timeout = 2000');
  db.pragma('cache_size = -65536');
  db.pragma('temp_store = MEMORY');
  return db;
}

/** Queries, exports and prints read here; a write is refused by SQLite itself. */
export function openReader(file: string): Sqlite {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  db.pragma('query_only = ON');
  db.pragma('busy_timeout = 2000');
  db.pragma('cache_size = -65536');
  db.pragma('mmap_size = 1073741824');
  db.pragma('temp_store = MEMORY');
  registerFunctions(db);
  return db;
}

/** Writes the log back into the database beside the one that writes; it changes no row. */
export function openCheckpointer(file: string): Sqlite {
  const db = new Database(file, { fileMustExist: true });
  db.pragma('synchronous = FULL');
  return db;
}

/** To copy from: `vacuum into` reads this connection and writes another file. */
export const openSource = (file: string): Sqlite =>
  new Database(file, { readonly: true, fileMustExist: true, timeout: 5000 });

/** `fold(text)`: lower case without accents, so that a search for "cable" finds "Câble". */
export function registerFunctions(db: Sqlite): void {
  db.function('fold', { deterministic: true }, (text: unknown) =>
    text === null ? null : fold(String(text)),
  );
  // Not deterministic for SQLite: the rules of a zone may change with the next version of the program.
  db.function('local_day', (at_ms: unknown, zone: unknown) =>
    dayInZone(Number(at_ms), typeof zone === 'string' ? zone : 'UTC'),
  );
}
export const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();

export type FileState = 'absent' | 'ours' | 'not_a_database' | 'unreadable';
/** Reads a whole file without changing it: seconds on a gigabyte; `glanceAt` is the cheap look. */
export function inspectFile(file: string): FileState {
  if (!existsSync(file)) return 'absent';
  try {
    const db = new Database(file, { readonly: true });
    try {
      const result = db.pragma('quick_check(1)', { simple: true });
      return result === 'ok' ? 'ours' : 'unreadable';
    } finally {
      db.close();
    }
  } catch (error) {
    return codeOfSqlite(error) === 'SQLITE_NOTADB' ? 'not_a_database' : 'unreadable';
  }
}
export const codeOfSqlite = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';
