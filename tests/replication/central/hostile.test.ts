import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Centre, failing, insert, newCentre, type TestStation, tool, update } from './support.ts';

let centre: Centre;
let a: TestStation;
beforeAll(async () => {
  centre = await newCentre();
  a = await centre.station(await centre.organization('ACME'), 'A');
}, 60_000);
afterAll(() => centre.close());

const row = (more: object) => [insert('tools', { ...tool(), ...more })];
const change = (more: object) => [{ ...insert('tools', tool()), ...more }];
/** Several new rows as what they have in common and each row's own. */
const alike = (more: object) => {
  const { tool_name: _, ...same } = { ...insert('tools', tool()).patch };
  delete same.id;
  const rows = [1, 2].map(() => ({ id: randomUUID(), tool_name: String(tool().tool_name) }));
  return [{ table: 'tools', op: 'I', same, rows, ...more }];
};
const payloads: [string, () => unknown][] = [
  ['no changes', () => undefined],
  ['changes that are no list', () => 'drop table tools'],
  ['changes without end of nesting', () => JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`)],
  ['changes that are numbers', () => [1, 2, 3]],
  ['an operation nobody knows', () => change({ op: 'X' })],
  ['no operation', () => change({ op: null })],
  ['a table with SQL in its name', () => change({ table: 'tools"; drop table tools; --' })],
  ['a table of the protocol itself', () => change({ table: 'sync.devices' })],
  ['a table that stays at the station', () => change({ table: 'user_sessions' })],
  ['an id that is none', () => change({ id: "'; select 1" })],
  ['an id of another row', () => change({ id: randomUUID() })],
  ['a column with SQL in its name', () => row({ 'tool_name" = 1; --': 1 })],
  ['a number where a text list belongs', () => row({ tool_names: null })],
  ['text where a flag belongs', () => row({ is_active: 'perhaps' })],
  ['NaN as text', () => row({ created_at_ms: 'NaN' })],
  ['infinity', () => row({ created_at_ms: 'Infinity' })],
  ['a number too large', () => row({ created_at_ms: 1e300 })],
  ['an object where a number belongs', () => row({ updated_at_ms: { a: 1 } })],
  ['ten million characters', () => row({ tool_name: 'x'.repeat(10_000_000) })],
  ['a missing column', () => row({ tool_name: null })],
  ['a row that is a list', () => change({ patch: [] })],
  ['a row that is text', () => change({ patch: 'x' })],
  [
    'an update without base',
    () => [{ ...update('tools', randomUUID(), 1, {}, { category: 'x' }), base: null }],
  ],
  ['an update of the id', () => [update('tools', randomUUID(), 1, {}, { id: randomUUID() })]],
  [
    'a version that is text',
    () => [{ ...update('tools', randomUUID(), 1, {}, { category: 'x' }), base_version: 'one' }],
  ],
  ['rows that are no list', () => alike({ rows: { id: randomUUID() } })],
  ['rows that are numbers', () => alike({ rows: [1, 2] })],
  ['rows without one', () => alike({ rows: [] })],
  ['rows with no id', () => alike({ rows: [{ tool_name: 'x' }, { tool_name: 'y' }] })],
  ['rows with one id in common', () => alike({ same: insert('tools', tool()).patch })],
  ['rows with nothing in common', () => alike({ same: null })],
  ['rows with a column in common that nobody knows', () => alike({ same: { tool_number: 'x' } })],
  ['rows and a row beside them', () => alike({ id: randomUUID(), patch: null })],
  ['rows that are changed', () => alike({ op: 'U' })],
  [
    'little that means very much',
    () =>
      alike({
        same: { description: 'x'.repeat(70_000) },
        rows: Array.from({ length: 1000 }, () => ({ id: randomUUID() })),
      }),
  ],
];
test.each(payloads)('%s is refused and the queue goes on', async (_what, changes) => {
  const bad = a.unit(changes() as never);
  const good = a.unit(row({}));
  const outcomes = await a.send([bad, good]);
  expect(outcomes.map(o => o.outcome)).toEqual([expect.stringMatching(/rejected|parked/), 'applied']);
  expect(outcomes[0]?.detail.code).not.toBe('failed');
});

test.each([
  ['an author that is none', { actor_id: 'root' }],
  ['an author that is missing', { actor_id: null }],
  ['a cursor that is text', { seen_seq: 'last' }],
  ['a time that is text', { occurred_at_ms: 'now' }],
  ['audit rows that are junk', { audit: [{ id: 'x' }, 5] }],
  ['audit that is text', { audit: 'none' }],
  ['audit rows with lists in common', { audit: { same: {}, within: { changes_after: [] }, rows: [{}, {}] } }],
  [
    'audit rows that mean very much',
    {
      audit: {
        same: { reason: 'x'.repeat(70_000) },
        within: {},
        rows: Array.from({ length: 1000 }, () => ({})),
      },
    },
  ],
] as const)('%s does not stop the queue', async (_what, meta) => {
  const outcomes = await a.send([a.unit(row({}), meta as never), a.unit(row({}))]);
  expect(outcomes[1]).toMatchObject({ outcome: 'applied' });
});

test('what stands beside the rows of a unit is not taken for a part of them', async () => {
  const one = insert('tools', tool({ category: undefined }));
  const unit = a.unit([{ ...one, same: { category: 'SMUGGLED' } } as never]);
  expect(await a.send([unit])).toMatchObject([{ outcome: 'applied' }]);
  const { rows } = await centre.operator.query('select category from public.tools where id = $1', [one.id]);
  expect(rows).toEqual([{ category: null }]);
});

test('what is no unit at all raises cleanly and changes nothing', async () => {
  for (const units of ['{}', '5', 'null', '[1]', '[{}]', '[{"unit_no": "1; drop", "unit_id": "x"}]'])
    expect(await failing(a.call('push', a.client_id, units))).toBe('22023');
  expect(await failing(a.call('push', a.client_id, '{not json'))).toBe('22P02');
  const unit = a.unit(row({}));
  expect(await failing(a.send(Array.from({ length: 101 }, () => unit)))).toBe('22023');
  expect(await a.send([unit])).toMatchObject([{ outcome: 'applied' }]);
});

test('too large for every inbox: the whole unit is kept at the centre only', async () => {
  const unit = a.unit(row({ tool_name: Array.from({ length: 240_000 }, () => randomUUID()).join('') }));
  await a.send([unit]);
  const { rows } = await centre.operator.query(
    'select c.unit, pg_column_size(u.payload) as kept from conflicts c join sync.units u on u.unit_id::text = c.unit_id where c.unit_id = $1',
    [unit.unit_id],
  );
  expect(rows[0].unit).toEqual({ unit_id: unit.unit_id, is_shortened: true, changes: [] });
  expect(Number(rows[0].kept)).toBeGreaterThan(8_000_000);
});
