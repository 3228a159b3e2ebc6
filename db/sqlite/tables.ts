import { schema } from '../schema/index.ts';
import { sqliteTables } from './derive.ts';

/** Typed SQLite tables: `t.orders`, `t.materials`, … */
export const t = sqliteTables(schema);
