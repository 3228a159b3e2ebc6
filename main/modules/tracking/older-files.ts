import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseCsvObjects } from 'hucre/csv';
import { OLDER_MAY_BE_ABSENT } from '../../../preload/contract/older-tracking.ts';
import { refuse } from '../../rpc/refusal.ts';
import type { OlderSource } from './older-source.rules.ts';

const PIECE = 2000;

/** A folder with one CSV file per table, headings as the columns are named. */
export function olderFiles(folder: string, name = path.basename(path.resolve(folder))): OlderSource {
  return {
    name,
    async *rows(table) {
      const file = path.join(folder, `${table}.csv`);
      if (!existsSync(file)) {
        if (OLDER_MAY_BE_ABSENT.includes(table)) return;
        refuse('input_file_missing', { file });
      }
      const { data } = parseCsvObjects(readFileSync(file, 'utf8'), { header: true });
      for (let at = 0; at < data.length; at += PIECE) yield data.slice(at, at + PIECE);
    },
  };
}
