import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { codeOfSqlite, type FileState } from './open.ts';

const INTERIOR = new Set([2, 5]);
const LEAF = new Set([10, 13]);
const HEAD_BYTES = 12;

/**
 * A look at a database without reading all of it: header, length, the whole schema and the first page of every
 * table and index. Milliseconds at any size. Only for a file without a write-ahead log, which may hold newer pages.
 */
export function glanceAt(file: string): FileState {
  if (!existsSync(file)) return 'absent';
  try {
    const db = new Database(file, { readonly: true });
    try {
      const page_size = Number(db.pragma('page_size', { simple: true }));
      const page_count = Number(db.pragma('page_count', { simple: true }));
      const roots = db
        .prepare<[], number>('select rootpage from sqlite_schema where rootpage > 0')
        .pluck()
        .all();
      const isWhole = statSync(file).size >= page_size * page_count;
      return isWhole && rootsAreSound(file, roots, page_size, page_count) ? 'ours' : 'unreadable';
    } finally {
      db.close();
    }
  } catch (error) {
    return codeOfSqlite(error) === 'SQLITE_NOTADB' ? 'not_a_database' : 'unreadable';
  }
}

function rootsAreSound(file: string, roots: number[], page_size: number, page_count: number): boolean {
  const head = Buffer.alloc(HEAD_BYTES);
  const handle = openSync(file, 'r');
  try {
    return roots.every(page => {
      if (page > page_count) return false;
      readSync(handle, head, 0, HEAD_BYTES, (page - 1) * page_size);
      return isPageHead(head, page_size, page_count);
    });
  } finally {
    closeSync(handle);
  }
}
/** https://www.sqlite.org/fileformat2.html#b_tree_pages */
function isPageHead(head: Buffer, page_size: number, page_count: number): boolean {
  const kind = head.readUInt8(0);
  if (!INTERIOR.has(kind) && !LEAF.has(kind)) return false;
  const cells = head.readUInt16BE(3);
  const content = head.readUInt16BE(5) || 65_536;
  const list_end = (INTERIOR.has(kind) ? 12 : 8) + 2 * cells;
  if (content < list_end || content > page_size) return false;
  const last_child = head.readUInt32BE(8);
  return LEAF.has(kind) || (last_child > 1 && last_child <= page_count);
}
