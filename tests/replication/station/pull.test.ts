import { expect, test } from 'vitest';
import { tools } from '../../../db/schema/production.ts';
import type { CentreLine } from '../../../main/replication/centre.ts';
import { type Link, pull } from '../../../main/replication/exchange.ts';
import { testClock } from '../../support/station.ts';
import { memberStore, pageOf } from './store-support.ts';

test('the next page is asked for before the one that came is written', async () => {
  const { db, store, state, run, row } = memberStore();
  const { id } = run(ctx =>
    ctx.insert(tools, { tool_name: 'Driver', tool_names: { en: 'Driver', fr: 'Tournevis', es: 'Llave' } }),
  );
  const tool = row('tools', id) ?? {};
  const rowsOf = (page: number) =>
    Array.from({ length: 100 }, (_, n) => ({
      ...tool,
      id: `019b0000-0000-7000-8000-${String(page * 1000 + n).padStart(12, '0')}`,
      row_version: 1,
    }));
  const held = db.prepare('select count(*) from tools').pluck();
  const asked: { after_seq: unknown; held: unknown; cursor_seq: number }[] = [];
  const line: Pick<CentreLine, 'call'> = {
    call: async (_name, answer, [, after_seq]) => {
      asked.push({ after_seq, held: held.get(), cursor_seq: state.facts.cursor_seq });
      const to_seq = Number(after_seq) + 1;
      const rows = rowsOf(to_seq);
      return answer.parse(
        pageOf({ to_seq, head_seq: 3, more: to_seq < 3, tables: [{ table: 'tools', rows, gone: [] }] }),
      );
    },
  };
  const link: Link = {
    centre: async () => line as CentreLine,
    limits: { units: 100, bytes: 1_000_000, rows: 1000 },
    readsCommonValues: () => true,
    show: () => undefined,
  };
  await pull({ store, clock: testClock(), changed: () => undefined }, link, () => undefined);
  expect(asked).toEqual([
    { after_seq: 0, held: 1, cursor_seq: 0 },
    { after_seq: 1, held: 1, cursor_seq: 0 },
    { after_seq: 2, held: 101, cursor_seq: 1 },
  ]);
  expect([held.get(), state.facts.cursor_seq]).toEqual([301, 3]);
});
