import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type NewRows, plainUnit, type SentUnit, type UnitChange } from '../../../main/replication/wire.ts';
import {
  type Centre,
  configItem,
  insert,
  newCentre,
  order,
  PROGRAM,
  plant,
  remove,
  type TestStation,
  tool,
  update,
  user,
} from './support.ts';

let centre: Centre;
beforeAll(async () => {
  centre = await newCentre();
}, 60_000);
afterAll(() => centre.close());

/** Without `success`, which has a default: a program of before it was added does not send it. */
const trail = (chain_no: number) => ({
  id: randomUUID(),
  station_id: randomUUID(),
  chain_no,
  at_ms: 5,
  entity_type: 'tools',
  action: 'CREATE',
  action_category: 'DATA',
  request_id: randomUUID(),
  intent: 'test',
  severity: 'INFO',
  prev_hash: '0'.repeat(64),
  hash: '1'.repeat(64),
  created_at_ms: 5,
  created_by: PROGRAM,
  updated_at_ms: 5,
  updated_by: PROGRAM,
  organization_id: 777,
  row_version: 9,
});
/** Three rows as a station sends several: what they have in common, also in what they tell of a row, and each row's own. */
function trailInCommon(first_no: number) {
  const { id: _, chain_no: __, ...same } = trail(first_no);
  const rows = [0, 1, 2].map(n => ({
    id: randomUUID(),
    chain_no: first_no + n,
    reason: n === 1 ? 'why' : null,
    changes_after: { tool_name: `Tool ${n}` },
    changes_diff: { tool_name: [null, `Tool ${n}`] },
  }));
  return { same, within: { changes_after: { category: 'HAND' }, changes_diff: {} }, rows };
}
function newRows(op: 'I' | 'J', ids: readonly string[]): NewRows {
  const { id: _, tool_name: __, ...same } = { ...insert('tools', tool()).patch };
  return { table: 'tools', op, same, rows: ids.map(id => ({ id, tool_name: `${op} ${id}` })) };
}
/**
 * New rows, also several as what they have in common, rows on top of them, changes of both, rows that are there already:
 * each list is one unit.
 */
function story(): SentUnit['changes'][] {
  const [p, u, t, gone] = [plant(), user(), tool(), tool()];
  const o = order(p.id);
  const [a, b] = [configItem(o.id), configItem(o.id, { item_index: 2 })];
  const [first = '', ...others] = [1, 2, 3].map(() => randomUUID());
  return [
    [insert('tools', t), insert('tools', gone)],
    [insert('plants', p), insert('users', u), insert('orders', o), insert('order_config_items', a)],
    [
      update('tools', String(t.id), 1, { category: null }, { category: 'HAND' }),
      insert('order_config_items', b),
    ],
    [remove('tools', gone)],
    [{ ...insert('tools', t), op: 'J' }, insert('tools', tool({ is_active: undefined }))],
    [update('tools', String(t.id), 7, { category: 'HAND' }, { category: 'HAND' })],
    [newRows('I', [first]), insert('tools', tool()), newRows('I', others), remove('tools', { id: first })],
    [newRows('J', [...others, randomUUID()])],
    [newRows('J', [randomUUID(), randomUUID()])],
  ];
}
const WRONG = insert('tools', { ...tool(), tool_name: 'x'.repeat(5000) });
const rowsOf = async (organization: number, table: string) =>
  (
    await centre.operator.query(
      `select to_jsonb(t) - 'organization_id' as row from public.${table} t where organization_id = $1 order by t.id`,
      [organization],
    )
  ).rows.map(r => r.row);

test('units taken together end as they do one by one', async () => {
  const sent = story().map((changes, at) => ({ changes, audit: at === 0 ? trailInCommon(20) : [trail(at)] }));
  const asSent = (u: object) => u;
  const ways = { TOGETHER: asSent, SINGLY: asSent, PLAIN: (u: object) => plainUnit(u as SentUnit) };
  const ends: unknown[] = [];
  for (const [org_code, said] of Object.entries(ways)) {
    const organization = await centre.organization(org_code);
    const station = await centre.station(organization, `S${organization}`);
    const units = sent.map(u => said(station.unit([], u as never)));
    const more = org_code === 'SINGLY' ? [station.unit([WRONG])] : [];
    const answer = await station.send([...units, ...more]);
    const outcomes = answer.slice(0, sent.length).map(o => [o.unit_no, o.outcome, o.detail]);
    const tables = ['plants', 'users', 'orders', 'order_config_items', 'tools', 'audit_logs'];
    const rows = await Promise.all(tables.map(table => rowsOf(organization, table)));
    ends.push({ outcomes, rows });
  }
  expect(ends[1]).toEqual(ends[0]);
  expect(ends[2], 'with every row whole').toEqual(ends[0]);
  const chain_nos = (ends[0] as { rows: { chain_no: number }[][] }).rows.at(-1)?.map(row => row.chain_no);
  expect(chain_nos?.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 20, 21, 22]);
  expect(ends[0]).toMatchObject({
    outcomes: [
      ...['applied', 'applied', 'applied', 'applied', 'merged', 'merged'],
      ...['applied', 'merged', 'applied'],
    ].map((o, at) => [at + 1, o, null]),
  });
});

test('one statement takes what can be taken; a doubtful unit sends the others the longer way', async () => {
  const organization = await centre.organization('COUNTED');
  const station = await centre.station(organization, 'COUNTED');
  const calls = async (units: SentUnit['changes'][]) => {
    await centre.operator.query("begin; set local track_functions = 'pl'");
    await centre.operator.query("select set_config('app.current_organization_id', $1, true)", [
      String(organization),
    ]);
    await centre.operator.query("select set_config('app.station', 'COUNTED', true)");
    await centre.operator.query('select sync.push($1, $2)', [
      station.client_id,
      JSON.stringify(units.map(changes => station.unit(changes as UnitChange[]))),
    ]);
    const { rows } = await centre.operator.query<{ n: number }>(
      "select coalesce(sum(calls), 0)::int as n from pg_stat_xact_user_functions where funcname = 'take_unit'",
    );
    await centre.operator.query('commit');
    return rows[0]?.n;
  };
  const plain = () => Array.from({ length: 20 }, () => [insert('tools', tool())]);
  expect(await calls(plain())).toBe(0);
  expect(await calls(story())).toBe(0);
  expect(await calls([...plain(), [WRONG]])).toBe(21);
});

test('a unit id that another unit of the batch has is noticed', async () => {
  const organization = await centre.organization('TWICE');
  const station: TestStation = await centre.station(organization, 'TWICE');
  const unit_id = randomUUID();
  const units = [tool(), tool()].map(t => station.unit([insert('tools', t)], { unit_id }));
  const outcomes = await station.send(units);
  expect(outcomes.map(o => o.outcome)).toEqual(['applied', 'rejected']);
});

test('a row that comes back after it was deleted goes on counting, beside rows that were never there', async () => {
  const organization = await centre.organization('AGAIN');
  const station = await centre.station(organization, 'AGAIN');
  const [back, by_hand, other] = [tool(), tool(), tool()];
  for (const t of [back, by_hand]) {
    await station.push([insert('tools', t)]);
    await station.push([remove('tools', t)]);
  }
  await station.push([insert('tools', back), insert('tools', other)]);
  const { operator } = centre;
  await operator.query("select set_config('app.current_organization_id', $1, false)", [String(organization)]);
  await operator.query("begin; select set_config('app.station', 'AGAIN', true)");
  // What is known of one statement's rows is not known of the next one's.
  const units = [station.unit([insert('tools', tool())])];
  await operator.query('select sync.push($1, $2)', [station.client_id, JSON.stringify(units)]);
  await operator.query(
    `insert into public.tools (id, organization_id, tool_name, tool_names, created_at_ms, created_by, updated_at_ms, updated_by)
     values ($1, $2, 'By hand', '{}', 1, $3, 1, $3)`,
    [by_hand.id, organization, PROGRAM],
  );
  await operator.query('commit');
  const versions = Object.fromEntries((await rowsOf(organization, 'tools')).map(t => [t.id, t.row_version]));
  expect(versions).toMatchObject({ [String(back.id)]: 3, [String(by_hand.id)]: 3, [String(other.id)]: 1 });
});

test('what a push and its pull read does not grow with the history, whenever their plans were made', async () => {
  const organization = await centre.organization('LONG');
  const station = await centre.station(organization, 'LONG');
  const rowsRead = async (): Promise<number> => {
    await station.client.query('select pg_stat_force_next_flush()');
    const { rows } = await centre.operator.query<{ n: string }>(
      `select (select sum(seq_tup_read) from pg_stat_user_tables) + (select sum(idx_tup_read) from pg_stat_user_indexes) as n`,
    );
    return Number(rows[0]?.n);
  };
  const exchange = async (): Promise<number> => {
    const before = await rowsRead();
    const units = Array.from({ length: 100 }, (_, at) =>
      station.unit([insert('tools', tool())], { audit: [trail(at)] } as never),
    );
    await station.send(units);
    await station.pullAll();
    return (await rowsRead()) - before;
  };
  // A plan is kept from the sixth call on.
  for (let n = 0; n < 7; n++) await exchange();
  const with_little = await exchange();
  for (let n = 0; n < 10; n++) await exchange();
  expect(await exchange()).toBeLessThan(with_little * 1.2);
});
