import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseCsvObjects } from 'hucre/csv';
import { refuse } from '../../rpc/refusal.ts';
import type { OlderSource, OlderTable } from './older-source.rules.ts';

const PIECE = 2000;
/** Without links a plant may still be taken over; the others are needed. */
const MAY_BE_ABSENT: OlderTable[] = ['workcenter_department'];

/** A folder with one CSV file per table, headings as the columns are named. */
export function olderFiles(folder: string): OlderSource {
  return {
    name: path.basename(path.resolve(folder)),
    async *rows(table) {
      const file = path.join(folder, `${table}.csv`);
      if (!existsSync(file)) {
        if (MAY_BE_ABSENT.includes(table)) return;
        refuse('input_file_missing', { file });
      }
      const { data } = parseCsvObjects(readFileSync(file, 'utf8'), { header: true });
      for (let at = 0; at < data.length; at += PIECE) yield data.slice(at, at + PIECE);
    },
  };
}
