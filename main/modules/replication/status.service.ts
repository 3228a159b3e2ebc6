import type { replication } from '../../../preload/contract/replication.ts';
import type { InputOf, OutputOf } from '../../../preload/contract/rpc.ts';
import type { QueryCtx, ReadCtx } from '../../rpc/context.ts';
import { rowLabel } from './rows.service.ts';

export const status = (ctx: QueryCtx) => ctx.replicationStatus();

export const hasAccount = (ctx: ReadCtx): boolean =>
  ctx.sql.get('select 1 from users where id = ?', [ctx.actor.user_id]) !== undefined;

export function unsent(ctx: ReadCtx, input: InputOf<typeof replication.unsent>): string[] {
  return ctx.sql
    .all<{ row_id: string }>(
      `select distinct c.row_id from json_each(?) wanted
       join sync_unit_changes c on c.row_id = wanted.value and c.table_name = ?
       join sync_units u on u.n = c.n and u.state = 'pending'`,
      [JSON.stringify(input.ids), input.table],
    )
    .map(row => row.row_id);
}

interface WaitingUnit {
  unit_id: string;
  intent: string | null;
  author_name: string | null;
  occurred_at_ms: number | null;
  table_name: string | null;
  row_id: string | null;
  op: 'I' | 'U' | 'D' | 'J' | null;
  changes: number;
}
/** Rows of a joining station have no step of their own until they are sent. */
const JOINING = 'replication.join';

export function waiting(ctx: ReadCtx, input: { limit: number }): OutputOf<typeof replication.waiting> {
  const units = ctx.sql.all<WaitingUnit>(
    `select w.unit_id, w.meta ->> 'intent' as intent, u.full_name as author_name,
       w.meta ->> 'occurred_at_ms' as occurred_at_ms, c.table_name, c.row_id, c.op,
       (select count(*) from sync_unit_changes x where x.n = w.n) as changes
     from (select * from sync_units where state = 'pending' order by n limit ?) w
     left join users u on u.id = w.meta ->> 'actor_id'
     left join sync_unit_changes c on c.n = w.n and c.change_no = 0
     order by w.n`,
    [input.limit],
  );
  return units.map(unit => ({
    unit_id: unit.unit_id,
    intent: unit.intent ?? JOINING,
    author_name: unit.author_name,
    occurred_at_ms: unit.occurred_at_ms,
    table: unit.table_name,
    row_label:
      unit.table_name === null || unit.row_id === null ? null : rowLabel(ctx, unit.table_name, unit.row_id),
    op: unit.op,
    changes: unit.changes,
  }));
}
