import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bom_headers } from '../../../db/schema/catalogue.ts';
import { BUILD_STATUSES } from '../../../db/schema/orders.ts';
import { branchTotals } from '../../../main/modules/bom/line-edits.rules.ts';
import { mayReopen } from '../../../main/modules/bom/reopen.rules.ts';
import { ask } from '../../support/station.ts';
import { submittedBuild } from '../orders/order-support.ts';

const acts = [
  'approve',
  'sendBack',
  'reopen',
  'regenerate',
  'editLine',
  'addLine',
  'removeLine',
  'revise',
  'export',
] as const;

test('whatever people do, a build has at most one draft and one approved version, and points at the approved one', () => {
  const { station, planner, procurement, order_id, order, bom } = submittedBuild();
  const done = new Map<string, number>();
  function act(name: (typeof acts)[number], step: number): void {
    const [newest] = order().bom_versions;
    if (!newest) throw new Error('the build lost its BOM');
    const { bom_id } = newest;
    const at = { bom_id, expected_version: newest.row_version };
    const line_id = bom(bom_id).rows[step % newest.rows]?.line_id;
    const inputs = {
      approve: at,
      sendBack: { ...at, reason: 'Look again' },
      reopen: { order_id },
      regenerate: { order_id },
      editLine: { ...at, line_id, quantity_e6: (1 + (step % 3)) * 1_000_000 },
      addLine: { ...at, item_id: 'T2-DL14-KIT', quantity_e6: 1_000_000 },
      removeLine: { ...at, line_id },
    };
    if (name === 'export')
      station.asSystem('test.export', ctx => ctx.update(bom_headers, bom_id, { exported_at_ms: ctx.now_ms }));
    else if (name === 'revise') {
      const { order: row, configuration } = order();
      const reply = station.serve(planner, 'orders.revise', {
        order_id,
        expected_version: row.row_version,
        configuration: { ...configuration, sink_length_in: 60 + step },
      });
      if (reply.ok) done.set(name, (done.get(name) ?? 0) + 1);
    } else if (station.serve(procurement, `bom.${name}`, inputs[name]).ok)
      done.set(name, (done.get(name) ?? 0) + 1);
  }
  const check = () => {
    const page = order();
    const status = page.bom_versions.map(version => version.status);
    const approved = page.bom_versions.filter(version => version.status === 'APPROVED');
    expect(status.filter(s => s === 'DRAFT').length).toBeLessThanOrEqual(1);
    expect(approved.length).toBeLessThanOrEqual(1);
    expect(status[0]).not.toBe('SUPERSEDED');
    expect(page.order.bom_id).toBe(approved[0]?.bom_id ?? null);
    expect(page.bom_versions.map(version => version.bom_version)).toEqual(
      status.map((_, i) => status.length - i),
    );
  };
  let step = 0;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...acts), { minLength: 1, maxLength: 6 }), names => {
      for (const name of names) {
        act(name, ++step % 59);
        check();
      }
    }),
    { numRuns: 12, seed: 7, endOnFailure: true },
  );
  expect([...done.keys()].sort()).toEqual([
    'addLine',
    'approve',
    'editLine',
    'regenerate',
    'removeLine',
    'reopen',
    'revise',
    'sendBack',
  ]);
  expect(ask(station, planner, 'orders.history', { order_id }).history.length).toBeGreaterThan(5);
}, 60_000);

test('who may reopen depends on how far the build is', () => {
  const verdicts = BUILD_STATUSES.map(status => [
    mayReopen(status, false, 'why'),
    mayReopen(status, true, undefined),
    mayReopen(status, true, 'why'),
  ]);
  expect(verdicts).toEqual([
    ...Array(3).fill(['allowed', 'allowed', 'allowed']),
    ...Array(6).fill(['bom_reopen_too_late', 'reason_required', 'allowed']),
  ]);
});

test('totals of a branch follow the whole path and are rounded once', () => {
  const row = (row_no: number, parent_row_no: number | null, quantity_e6: number) => ({
    row_no,
    parent_row_no,
    quantity_e6,
  });
  const tree = [
    row(1, null, 1_000_000),
    row(2, null, 3_000_000),
    row(3, 2, 333_333),
    row(4, 3, 1_500_000),
    row(5, 2, 2_000_000),
    row(6, null, 5_000_000),
  ];
  expect(branchTotals(tree, 1)).toEqual([
    { index: 1, total_quantity_e6: 3_000_000 },
    { index: 2, total_quantity_e6: 999_999 },
    { index: 3, total_quantity_e6: 1_499_999 },
    { index: 4, total_quantity_e6: 6_000_000 },
  ]);
  expect(branchTotals(tree, 3)).toEqual([{ index: 3, total_quantity_e6: 1_499_999 }]);
});
