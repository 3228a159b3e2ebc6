import { expect, test } from 'vitest';
import { material_aliases } from '../../../db/schema/catalogue.ts';
import { tools } from '../../../db/schema/production.ts';
import type { Row } from '../../../main/platform/row-changes.ts';
import { plainUnit, type SentUnit } from '../../../main/replication/wire.ts';
import { countedIds } from '../../support/station.ts';
import { memberStore, pageOf } from './store-support.ts';

const names = { en: 'Driver', fr: 'Tournevis', es: 'Destornillador' };
const addTool = (station: ReturnType<typeof memberStore>, tool_name: string) =>
  station.run(ctx => ctx.insert(tools, { tool_name, tool_names: names }));
const image = (row: Row, changes: Row): Row => ({ ...row, ...changes });
const arrives = (rows: Row[], more: object = {}) =>
  pageOf({ tables: [{ table: 'tools', rows, gone: [] }], ...more });
/** The outcomes that travel with a page: everything that waits was applied. */
const allApplied = ({ store }: ReturnType<typeof memberStore>) =>
  store.nextUnits(100).map(({ unit_no, unit_id }) => ({ unit_no, unit_id, outcome: 'applied' as const }));

test('a command is kept as one unit: whole rows for new ones, changed columns only for changes, its audit rows with it', () => {
  const station = memberStore();
  const tool = addTool(station, 'Driver 4 mm');
  station.run(ctx => ctx.update(tools, tool.id, { category: 'HAND' }));
  const [first, second] = station.store.nextUnits(100);
  expect(first?.changes).toEqual([
    expect.objectContaining({ table: 'tools', id: tool.id, op: 'I', base: null, base_version: null }),
  ]);
  expect(first?.changes[0]?.patch).toMatchObject({
    tool_name: 'Driver 4 mm',
    tool_names: names,
    is_active: true,
  });
  expect(first?.changes[0]?.patch).not.toHaveProperty('organization_id');
  expect(second).toMatchObject({
    unit_no: 2,
    intent: 'test.work',
    changes: [{ op: 'U', base_version: 1, base: { category: null }, patch: { category: 'HAND' } }],
  });
  const audit = second?.audit ?? [];
  expect(audit).toHaveLength(1);
  expect(second?.audit_head).toEqual({ chain_no: 2, hash: audit[0]?.hash });
});

test('what several rows have in common goes once, and every row can be had whole again', () => {
  const station = memberStore();
  station.run(ctx => {
    for (const n of [1, 2, 3])
      ctx.insert(tools, { tool_name: `"Tool" ${n}`, tool_names: names, category: n === 2 ? 'HAND' : null });
  });
  const send = (in_common: boolean): SentUnit[] =>
    JSON.parse(station.store.nextBatch({ limit: 1, max_chars: 1_000_000, max_rows: 1, in_common }).message);
  const [unit] = send(true);
  expect(unit?.audit).toMatchObject({
    same: { action: 'CREATE', entity_type: 'tools', success: true, changes_before: null },
    within: { changes_after: { tool_names: names } },
    rows: [{ chain_no: 1 }, { chain_no: 2 }, { chain_no: 3 }],
  });
  expect(JSON.stringify(unit).split('"CREATE"')).toHaveLength(2);
  const held = station.db
    .prepare<[], { id: string }>('select id from audit_logs order by chain_no')
    .all()
    .map(({ id }) => {
      const { row_version: _, ...row } = station.row('audit_logs', id) ?? {};
      return row;
    });
  expect(held).toHaveLength(3);
  expect(unit && plainUnit(unit).audit).toEqual(held);
  expect(unit?.changes).toMatchObject([
    { table: 'tools', op: 'I', same: { tool_names: names }, rows: [{ category: null }, {}, {}] },
  ]);
  const [plain] = send(false);
  expect(plain?.audit, 'for the centre of an older program').toEqual(held);
  expect(unit && plainUnit(unit)).toEqual(plain);
});

test('a refused command leaves no unit', () => {
  const station = memberStore();
  addTool(station, 'Driver 4 mm');
  expect(() => addTool(station, 'Driver 4 mm')).toThrow('already_exists');
  expect(station.store.waitingUnits()).toBe(1);
});

test('units come in order, at most as many and as large as asked, at least one', () => {
  const station = memberStore();
  for (const n of [1, 2, 3, 4]) addTool(station, `Tool ${n}`);
  const sent = (limit: number, max_chars: number, max_rows = 1000, after_no?: number) =>
    station.store.nextBatch({ limit, max_chars, max_rows, in_common: true }, after_no).unit_nos;
  expect(sent(2, 1_000_000)).toEqual([1, 2]);
  expect(sent(100, 10)).toEqual([1]);
  expect(sent(100, 1_000_000, 5), 'a row of the trail with each').toEqual([1, 2]);
  expect(sent(100, 1_000_000, 1)).toEqual([1]);
  expect(sent(100, 1_000_000, 1000, 2)).toEqual([3, 4]);
  expect(station.store.nextUnits(100)).toEqual(station.store.nextUnits(100));
});

test('what waits stays on top of a newer central image until a pull contains it', async () => {
  const station = memberStore();
  const tool = addTool(station, 'Driver');
  const { row_version: _, ...base } = station.row('tools', tool.id) ?? {};
  const central = image(base, { row_version: 1 });
  await station.store.applyPage(arrives([central], { applied_unit_no: 1, outcomes: allApplied(station) }));
  expect(station.db.prepare('select count(*) from sync_shadow').pluck().get()).toBe(0);

  station.run(ctx => ctx.update(tools, tool.id, { category: 'MINE' }));
  await station.store.applyPage(
    arrives([image(central, { description: 'THEIRS', row_version: 2 })], { to_seq: 2, applied_unit_no: 1 }),
  );
  expect(station.row('tools', tool.id)).toMatchObject({
    category: 'MINE',
    description: 'THEIRS',
    row_version: 3,
  });

  await station.store.applyPage(
    arrives([image(central, { description: 'THEIRS', category: 'MINE', row_version: 3 })], {
      to_seq: 3,
      applied_unit_no: 2,
      outcomes: allApplied(station),
    }),
  );
  expect(station.row('tools', tool.id)).toMatchObject({
    category: 'MINE',
    description: 'THEIRS',
    row_version: 3,
  });
  expect(station.db.prepare('select count(*) from sync_shadow').pluck().get()).toBe(0);
  expect(station.state.facts).toMatchObject({ cursor_seq: 3, applied_n: 2 });
});

test('a unit the centre did not take ends with the pull that contains it: the row shows theirs, a row of its own goes', async () => {
  const station = memberStore();
  const tool = addTool(station, 'Driver');
  const central = { ...station.row('tools', tool.id), row_version: 1 };
  await station.store.applyPage(arrives([central], { applied_unit_no: 1, outcomes: allApplied(station) }));
  station.run(ctx => ctx.update(tools, tool.id, { category: 'MINE' }));
  const other = addTool(station, 'Refused');
  const [taken, conflicting, refused] = station.store.nextUnits(10);
  const outcomes = [
    { unit_no: taken?.unit_no ?? 0, unit_id: taken?.unit_id ?? '', outcome: 'applied' as const },
    { unit_no: conflicting?.unit_no ?? 0, unit_id: conflicting?.unit_id ?? '', outcome: 'conflict' as const },
    { unit_no: refused?.unit_no ?? 0, unit_id: refused?.unit_id ?? '', outcome: 'rejected' as const },
  ];
  station.store.settle(outcomes);
  expect(station.row('tools', tool.id), 'until the pull it stays').toMatchObject({ category: 'MINE' });
  expect(station.store.waitingUnits()).toBe(0);
  await station.store.applyPage(pageOf({ to_seq: 2, applied_unit_no: 3, outcomes }));
  expect(station.row('tools', tool.id)).toMatchObject({ category: null, row_version: 1 });
  expect(station.row('tools', other.id)).toBeNull();
});

test('a unit that waits is never taken for one that a copy of this file sent under the same number', async () => {
  const station = memberStore();
  const tool = addTool(station, 'Driver');
  await station.store.applyPage(pageOf({ to_seq: 2, applied_unit_no: 1 }));
  expect(station.state.facts).toMatchObject({ cursor_seq: 2, applied_n: 0 });
  expect(station.row('tools', tool.id)).toMatchObject({ tool_name: 'Driver' });
});

test('an older image never replaces a newer one; after a restore of the centre it does', async () => {
  const station = memberStore();
  const tool = addTool(station, 'Driver');
  const central = { ...station.row('tools', tool.id), row_version: 5, category: 'NEW' };
  await station.store.applyPage(arrives([central], { applied_unit_no: 1, outcomes: allApplied(station) }));
  const older = { ...central, row_version: 4, category: 'OLD' };
  await station.store.applyPage(
    arrives([older], { to_seq: 2, applied_unit_no: 1, outcomes: allApplied(station) }),
  );
  expect(station.row('tools', tool.id)).toMatchObject({ category: 'NEW' });
  await station.store.applyPage(
    arrives([older], { to_seq: 3, applied_unit_no: 1, outcomes: allApplied(station) }),
    false,
  );
  expect(station.row('tools', tool.id)).toMatchObject({ category: 'OLD', row_version: 4 });
});

test('what the replicator writes is no change of this station', async () => {
  const station = memberStore();
  const tool = addTool(station, 'Driver');
  const audit = () => station.db.prepare('select count(*) from audit_logs').pluck().get();
  const before = audit();
  await station.store.applyPage(
    arrives([{ ...station.row('tools', tool.id), category: 'X', row_version: 1 }], {
      applied_unit_no: 1,
      outcomes: allApplied(station),
    }),
  );
  expect(audit()).toBe(before);
  expect(station.db.prepare('select count(*) from sync_units').pluck().get()).toBe(1);
  expect(() => station.db.exec("update tools set category = 'behind the back'")).toThrow('outside a command');
});

test('what comes from the centre may come before what it names; a command never names what is not there', async () => {
  const station = memberStore();
  const row = station.row('tools', addTool(station, 'Driver').id) ?? {};
  const [id = '', material_id = '', other_id = ''] = [1, 2, 3].map(
    n => `019c0000-0000-7000-8000-00000000000${n}`,
  );
  const standard = (({ created_at_ms, created_by, updated_at_ms, updated_by }: Row) => ({
    ...{ row_version: 1, created_at_ms, created_by, updated_at_ms, updated_by },
  }))(row);
  const alias = { id, material_id, alias_number: '700-1', alias_kind: 'LEGACY_700', ...standard };
  const addAlias = () =>
    station.run(ctx =>
      ctx.insert(material_aliases, { material_id: other_id as never, alias_number: '700-2' }),
    );
  expect(addAlias).toThrow('FOREIGN KEY');
  await station.store.applyPage(pageOf({ tables: [{ table: 'material_aliases', rows: [alias], gone: [] }] }));
  expect(station.row('material_aliases', id)).toEqual(alias);
  expect(addAlias).toThrow('FOREIGN KEY');
});

test('a new row that waits since before a column was added has its default there, also when it is written again', () => {
  const station = memberStore();
  const tool = addTool(station, 'Driver');
  station.db.exec("update sync_unit_changes set patch = json_remove(patch, '$.is_active')");
  const rows = station.store.rowStores.get('tools');
  station.store.applying(() => rows && station.store.takeGone(rows, tool.id, 'deleted', 0));
  expect(station.row('tools', tool.id)).toMatchObject({ tool_name: 'Driver', is_active: true });
});

test('a row this version cannot read is put on the shelf until it goes, and the cursor moves on', async () => {
  const station = memberStore();
  const tool = addTool(station, 'Driver');
  const row = station.row('tools', tool.id) ?? {};
  const id = '019a0000-0000-7000-8000-00000000ffff';
  await station.store.applyPage(arrives([{ ...row, id, tool_name: 7, row_version: 1 }], { to_seq: 4 }));
  expect(station.store.refusedRows()).toBe(1);
  expect(station.state.facts.cursor_seq).toBe(4);
  const gone = [{ table: 'tools', rows: [], gone: [{ id, version: 2, kind: 'deleted' as const }] }];
  await station.store.applyPage(pageOf({ tables: gone, to_seq: 5 }));
  expect(station.store.refusedRows()).toBe(0);
});

test('a large page is applied in slices that leave the event loop free, with the cursor last', async () => {
  const station = memberStore();
  const row = station.row('tools', addTool(station, 'Driver').id) ?? {};
  const rows = Array.from({ length: 12_000 }, (_, n) => ({
    ...row,
    id: `019b0000-0000-7000-8000-${String(n).padStart(12, '0')}`,
    tool_name: `Tool ${n}`,
    row_version: 1,
  }));
  let turns = 0;
  let is_done = false;
  const spin = () => {
    turns += 1;
    if (!is_done) setImmediate(spin);
  };
  setImmediate(spin);
  const applied = station.store.applyPage(arrives(rows, { to_seq: 9 }));
  expect(station.state.facts.cursor_seq).toBe(0);
  await applied;
  is_done = true;
  expect(turns).toBeGreaterThan(3);
  expect(station.state.facts.cursor_seq).toBe(9);
  expect(station.db.prepare('select count(*) from tools').pluck().get()).toBe(12_001);
});

test('up to fifteen hundred rows are seen at once, also when a commit came in parts', async () => {
  const station = memberStore();
  const row = station.row('tools', addTool(station, 'Driver').id) ?? {};
  const made = (from: number, count: number): Row[] =>
    Array.from({ length: count }, (_, n) => ({
      ...row,
      id: `019b0000-0000-7000-8000-${String(from + n).padStart(12, '0')}`,
      tool_name: `Tool ${from + n}`,
      row_version: 1,
    }));
  const seen = new Set<unknown>();
  const count = station.db.prepare('select count(*) from tools').pluck();
  let is_done = false;
  const look = () => {
    if (is_done) return;
    seen.add(count.get());
    setImmediate(look);
  };
  look();
  const [passing, back] = made(1400, 2);
  await station.store.applyPage(
    pageOf({
      to_seq: 9,
      tables: [
        { table: 'tools', rows: made(0, 700), gone: [goneOf(passing), goneOf(back)] },
        { table: 'tools', rows: [...made(700, 700), ...(back ? [back] : [])], gone: [] },
      ],
    }),
  );
  is_done = true;
  seen.add(count.get());
  expect([...seen]).toEqual([1, 1402]);
  expect(station.row('tools', String(back?.id)), 'gone in one part, there again in the next').not.toBeNull();
  expect(station.row('tools', String(passing?.id))).toBeNull();
});
const goneOf = (row: Row | undefined) => ({ id: String(row?.id), version: 2, kind: 'deleted' as const });

test('the search index follows the texts that the centre changed and is left alone when it changed others', async () => {
  const { db, store, row } = memberStore();
  const ids = countedIds();
  const by = { created_at_ms: 1, created_by: ids.next(), updated_at_ms: 1, updated_by: ids.next() };
  const names = { material_number: 'A-1', material_name: 'Basin', record_type: 'PART' };
  const basin: Row = { id: ids.next(), plant_id: ids.next(), base_uom_id: ids.next(), ...names, ...by };
  const arrives = (row_version: number, changes: Row) => {
    const rows = [image(basin, { row_version, ...changes })];
    return store.applyPage(pageOf({ to_seq: row_version, tables: [{ table: 'materials', rows, gone: [] }] }));
  };
  const found = (word: string) =>
    db.prepare('select count(*) from materials_fts where materials_fts match ?').pluck().get(word);
  const segments = () => db.prepare('select count(*) from materials_fts_data').pluck().get();
  await arrives(1, {});
  const before = segments();
  await arrives(2, { lead_time_days: 4 });
  expect(row('materials', String(basin.id))).toMatchObject({ lead_time_days: 4 });
  expect(segments()).toBe(before);
  await arrives(3, { material_name: 'Pegboard' });
  expect([found('Basin'), found('Pegboard')]).toEqual([0, 1]);
});
