import type { AnyTable } from '../kit/define-table.ts';

type TablesIn<M> = {
  [K in keyof M as M[K] extends AnyTable ? K : never]: M[K] extends AnyTable ? M[K] : never;
};
const isTable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'sync' in value && 'columns' in value;

/** The table definitions among a module's exports. */
export const tablesOf = <M extends object>(module: M): TablesIn<M> =>
  Object.fromEntries(Object.entries(module).filter(([, value]) => isTable(value))) as TablesIn<M>;
