import type { Sqlite } from '../../db/sqlite/open.ts';
import type { SqlValue, Statements } from './context.ts';

/** Caches prepared statements of a connection by their text. Give constant texts, pass values as parameters. */
export function statementsOf(db: Sqlite): Statements {
  const held = new Map<string, ReturnType<Sqlite['prepare']>>();
  const prepared = (sql: string) => {
    const statement = held.get(sql) ?? db.prepare(sql);
    held.set(sql, statement);
    return statement;
  };
  type Params = Record<string, SqlValue> | SqlValue[] | undefined;
  const args = (params: Params): unknown[] => (params === undefined ? [] : [params]);
  return {
    all: <Row>(sql: string, params?: Params) => prepared(sql).all(...args(params)) as Row[],
    get: <Row>(sql: string, params?: Params) => prepared(sql).get(...args(params)) as Row | undefined,
    iterate: <Row>(sql: string, params?: Params) =>
      db.prepare(sql).iterate(...args(params)) as IterableIterator<Row>,
  };
}
