import { describe, expect, test } from 'vitest';
import { bom_headers, materials } from '../../../db/schema/catalogue.ts';
import { orders } from '../../../db/schema/orders.ts';
import type { CommandCtx } from '../../../main/rpc/context.ts';
import { ask, refusalOf } from '../../support/station.ts';
import {
  draftOf,
  oneBasin,
  orderStation,
  submitDraft,
  submittedBuild,
  twoBuilds,
} from '../orders/order-support.ts';

const renameMaterial = (ctx: CommandCtx, material_id: string, material_name: string) =>
  ctx.update(materials, material_id, { material_name });
const everyRole = ['ORG_ADMIN', 'PLANNER', 'PROCUREMENT', 'QC_INSPECTOR', 'OPERATOR', 'SERVICE'];

test('who may read, approve, send back, reopen, edit and generate again', () => {
  const { station, order_id, bom_id, bom } = submittedBuild();
  const line_id = bom().rows[0]?.line_id;
  // A stale version: whoever is allowed meets row_changed and changes nothing.
  const at = { bom_id, expected_version: 999 };
  const calls = {
    get: { bom_id },
    top: { bom_id },
    approve: at,
    sendBack: { ...at, reason: 'Wrong legs' },
    editLine: { ...at, line_id, quantity_e6: 2_000_000 },
    addLine: { ...at, item_id: 'T2-DL14-KIT', quantity_e6: 1_000_000 },
    removeLine: { ...at, line_id },
    reopen: { order_id },
  } as const;
  const answers = (name: keyof typeof calls) =>
    everyRole.map(role => refusalOf(station, station.session(role), `bom.${name}`, calls[name]));
  const no = 'not_allowed';
  for (const name of ['get', 'top'] as const)
    expect([name, ...answers(name)]).toEqual([name, ...Array(5).fill('accepted'), no]);
  for (const name of ['approve', 'sendBack', 'editLine', 'addLine', 'removeLine'] as const)
    expect([name, ...answers(name)]).toEqual([name, 'row_changed', no, 'row_changed', no, no, no]);
  expect(answers('reopen')).toEqual(['bom_draft_exists', no, 'bom_draft_exists', no, no, no]);
  expect(
    everyRole.map(role => refusalOf(station, station.session(role), 'bom.regenerate', { order_id })),
  ).toEqual(['accepted', 'accepted', 'accepted', no, no, no]);
});

test('the first level alone is numbered and marked as in the whole tree', () => {
  const { station, procurement, planner, bom_id, bom } = submittedBuild();
  const { header, rows } = bom();
  const leaf = rows.find(({ has_components }) => !has_components)?.item_id ?? '';
  const added = { bom_id, expected_version: header.row_version, item_id: leaf, quantity_e6: 1_000_000 };
  ask(station, procurement, 'bom.addLine', added);
  const whole = bom();
  const top = ask(station, planner, 'bom.top', { bom_id });
  expect(top.rows).toEqual(whole.rows.filter(({ level }) => level === 0));
  expect(top.rows.some(({ has_components }) => has_components)).toBe(true);
  expect(top.rows.some(({ has_components }) => !has_components)).toBe(true);
  expect(top).toMatchObject({ header: whole.header, row_count: whole.rows.length });
});

test('approval freezes names, supersedes what was before and ties the order to it', () => {
  const { station, procurement, planner, order_id, bom_id, bom, order } = submittedBuild();
  const draft = bom();
  const approved = ask(station, procurement, 'bom.approve', {
    bom_id,
    expected_version: draft.header.row_version,
  });
  expect(approved).toMatchObject({ status: 'APPROVED', approved_by_name: 'User PROCUREMENT' });
  expect(order().order.bom_id).toBe(bom_id);
  expect(order().history[0]).toMatchObject({
    action: 'BOM_APPROVED',
    from_status: 'ORDER_CREATED',
    to_status: 'ORDER_CREATED',
  });
  const [row] = draft.rows;
  if (!row?.material_id) throw new Error('no first row');
  const material_id = row.material_id;
  const rename = (name: string) =>
    station.asSystem('test.rename', ctx => renameMaterial(ctx, material_id, name));
  rename('Renamed in the catalogue');
  expect(bom().rows[0]?.name).toBe(row.name);
  const reopened = ask(station, procurement, 'bom.reopen', { order_id });
  expect(reopened).toMatchObject({ bom_version: 2, status: 'DRAFT' });
  expect(bom(reopened.bom_id).rows[0]?.name).toBe('Renamed in the catalogue');
  expect(order().bom_versions.map(({ status }) => status)).toEqual(['DRAFT', 'APPROVED']);
  ask(station, procurement, 'bom.approve', {
    bom_id: reopened.bom_id,
    expected_version: reopened.row_version,
  });
  expect(order().bom_versions.map(({ status }) => status)).toEqual(['APPROVED', 'SUPERSEDED']);
  expect(order().order.bom_id).toBe(reopened.bom_id);
  expect(
    refusalOf(station, procurement, 'bom.approve', { bom_id, expected_version: approved.row_version }),
  ).toBe('bom_not_draft');
  expect(refusalOf(station, planner, 'bom.regenerate', { order_id })).toBe('bom_approved');
});

test('sent back with a reason: a draft still, and the coordinator reads why', () => {
  const { station, procurement, planner, bom_id, bom, order } = submittedBuild();
  expect(refusalOf(station, procurement, 'bom.sendBack', { bom_id, expected_version: 1, reason: ' ' })).toBe(
    'invalid_input',
  );
  const back = ask(station, procurement, 'bom.sendBack', {
    bom_id,
    expected_version: bom().header.row_version,
    reason: 'Legs do not fit',
  });
  expect(back.status).toBe('DRAFT');
  expect(order().history[0]).toMatchObject({ action: 'BOM_SENT_BACK', comment: 'Legs do not fit' });
  const { rows } = ask(station, planner, 'infrastructure.listNotifications', {});
  expect(rows.map(row => row.message_code)).toContain('orders:notices.bom_sent_back');
});

test('bulk approval is all or none', () => {
  const station = orderStation();
  const planner = station.session('PLANNER');
  const procurement = station.session('PROCUREMENT');
  const { builds } = submitDraft(station, planner, draftOf(twoBuilds));
  const version = (bom_id: (typeof builds)[number]['bom_id']) =>
    ask(station, planner, 'bom.get', { bom_id }).header.row_version;
  const boms = builds.map(({ bom_id }) => ({ bom_id, expected_version: version(bom_id) }));
  const stale = boms.map((entry, at) => (at === 1 ? { ...entry, expected_version: 50 } : entry));
  expect(refusalOf(station, procurement, 'bom.bulkApprove', { boms: stale })).toBe('row_changed');
  expect(builds.map(({ bom_id }) => ask(station, planner, 'bom.get', { bom_id }).header.status)).toEqual([
    'DRAFT',
    'DRAFT',
  ]);
  expect(ask(station, procurement, 'bom.bulkApprove', { boms }).approved.map(({ status }) => status)).toEqual(
    ['APPROVED', 'APPROVED'],
  );
});

test('reopening before production is for procurement, later for an administrator with a reason', () => {
  const { station, procurement, admin, order_id, bom_id, bom } = submittedBuild();
  expect(refusalOf(station, procurement, 'bom.reopen', { order_id })).toBe('bom_draft_exists');
  ask(station, procurement, 'bom.approve', { bom_id, expected_version: bom().header.row_version });
  station.asSystem('test.status', ctx =>
    ctx.update(orders, order_id, { order_status: 'READY_FOR_PRODUCTION' }),
  );
  expect(refusalOf(station, procurement, 'bom.reopen', { order_id, reason: 'Late change' })).toBe(
    'bom_reopen_too_late',
  );
  expect(refusalOf(station, admin, 'bom.reopen', { order_id })).toBe('reason_required');
  expect(refusalOf(station, admin, 'bom.reopen', { order_id, reason: 'Late change' })).toBe('accepted');
});

describe('line edits of a draft', () => {
  test('a changed quantity carries down its branch, an added item brings its components, a removed one takes them', () => {
    const { station, procurement, bom_id, bom } = submittedBuild();
    const start = bom();
    const kit = start.rows.find(row => row.item_id === 'T2-DL27-KIT');
    if (!kit?.line_id) throw new Error('no leg kit');
    const under = (tree: typeof start, row_no: number): (typeof start)['rows'] =>
      tree.rows.filter(row => row.parent_row_no === row_no).flatMap(row => [row, ...under(tree, row.row_no)]);
    const one = ask(station, procurement, 'bom.editLine', {
      bom_id,
      line_id: kit.line_id,
      expected_version: start.header.row_version,
      quantity_e6: 3_000_000,
      notes: 'spare legs',
    });
    expect(one).toMatchObject({ bom_id, bom_version: 1, status: 'DRAFT' });
    const tripled = bom();
    expect(tripled.rows.find(row => row.line_id === kit.line_id)).toMatchObject({
      quantity_e6: 3_000_000,
      total_quantity_e6: 3_000_000,
      notes: 'spare legs',
      is_manual: true,
    });
    expect(under(tripled, kit.row_no).map(row => row.total_quantity_e6)).toEqual(
      under(start, kit.row_no).map(row => row.total_quantity_e6 * 3),
    );

    const two = ask(station, procurement, 'bom.addLine', {
      bom_id,
      expected_version: one.row_version,
      item_id: 'T2-DL14-KIT',
      quantity_e6: 2_500_000,
    });
    const grown = bom().rows;
    const added = grown.slice(start.rows.length);
    const above = (row: (typeof grown)[number]) =>
      grown[(row.parent_row_no ?? 0) - 1]?.total_quantity_e6 ?? 0;
    expect(added[0]).toMatchObject({
      item_id: 'T2-DL14-KIT',
      level: 0,
      quantity_e6: 2_500_000,
      is_manual: true,
      has_components: true,
    });
    for (const row of added.slice(1))
      expect(row.total_quantity_e6).toBe((above(row) * row.quantity_e6) / 1_000_000);

    const three = ask(station, procurement, 'bom.removeLine', {
      bom_id,
      expected_version: two.row_version,
      line_id: kit.line_id,
    });
    const ids = bom().rows.map(row => row.line_id);
    expect(ids).not.toContain(kit.line_id);
    expect(ids).toHaveLength(start.rows.length + added.length - 1 - under(start, kit.row_no).length);
    expect(
      refusalOf(station, procurement, 'bom.removeLine', {
        bom_id,
        expected_version: three.row_version,
        line_id: kit.line_id,
      }),
    ).toBe('bom_line_unknown');
    expect(
      refusalOf(station, procurement, 'bom.addLine', {
        bom_id,
        expected_version: three.row_version,
        item_id: 'NOPE',
        quantity_e6: 1,
      }),
    ).toBe('bom_item_unknown');
    const audited = station.readAsSystem(ctx =>
      ctx.sql.all<{ intent: string }>(
        "select distinct intent from audit_logs where intent like 'bom.%' and entity_type = 'bom_lines' order by 1",
      ),
    );
    expect(audited.map(({ intent }) => intent)).toEqual(['bom.addLine', 'bom.editLine', 'bom.removeLine']);
    const regenerated = ask(station, procurement, 'bom.regenerate', { order_id: start.header.order_id });
    expect(regenerated).toMatchObject({ dropped_manual_lines: 1 });
    expect(bom(regenerated.header.bom_id).rows.map(row => row.item_id)).toEqual(
      start.rows.map(row => row.item_id),
    );
  });

  test('an exported draft stays as it went out: the edit makes the next version', () => {
    const { station, procurement, bom_id, bom, order } = submittedBuild();
    station.asSystem('test.export', ctx => ctx.update(bom_headers, bom_id, { exported_at_ms: ctx.now_ms }));
    const start = bom();
    const line_id = start.rows[1]?.line_id;
    if (!line_id) throw new Error('no line');
    const next = ask(station, procurement, 'bom.editLine', {
      bom_id,
      line_id,
      expected_version: start.header.row_version,
      notes: 'see drawing',
    });
    expect(next).toMatchObject({ bom_version: 2, status: 'DRAFT' });
    expect(bom().rows).toEqual(start.rows);
    expect(bom(next.bom_id).rows[1]).toMatchObject({
      notes: 'see drawing',
      is_manual: true,
      item_id: start.rows[1]?.item_id,
    });
    expect(order().bom_versions.map(({ status }) => status)).toEqual(['DRAFT', 'SUPERSEDED']);
  });
});

test('every line explains itself: the rule, the answers it read, the way down', () => {
  const { station, planner, bom_id, bom } = submittedBuild();
  const { rows } = bom();
  const explain = (line_id: NonNullable<(typeof rows)[number]['line_id']>) =>
    ask(station, planner, 'bom.explainLine', { bom_id, line_id });
  const kit = rows.find(row => row.item_id === 'T2-DL27-KIT');
  const child = rows.find(row => row.parent_row_no === kit?.row_no);
  if (!kit?.line_id || !child?.line_id) throw new Error('no leg kit');
  const why = explain(child.line_id);
  expect(why.path.map(({ item_id }) => item_id)).toEqual(['T2-DL27-KIT', child.item_id]);
  expect(why.rules[0]?.answers.map(({ path, value }) => [path, value])).toEqual(
    expect.arrayContaining([
      ['legs_model', 'DL27'],
      ['legs_type', 'HEIGHT_ADJUSTABLE'],
    ]),
  );
  expect(why).toMatchObject({ configuration_revision: 1, model: { family: 'MDRD' }, is_manual: false });
  for (const row of rows) if (row.line_id) expect(explain(row.line_id).rules.length).toBeGreaterThan(0);
});

test('the aggregated view sums the leaves of the tree', () => {
  const { station, planner, bom_id, bom } = submittedBuild({ ...oneBasin, sink_length_in: 96 });
  const { rows, totals } = bom();
  const { lines } = ask(station, planner, 'bom.aggregated', { bom_id });
  const expected = new Map<string, number>();
  for (const row of rows.filter(({ has_components }) => !has_components))
    expected.set(row.item_id, (expected.get(row.item_id) ?? 0) + row.total_quantity_e6);
  expect(new Map(lines.map(line => [line.item_id, line.total_quantity_e6]))).toEqual(expected);
  expect(lines).toHaveLength(totals.distinct_leaves);
});
