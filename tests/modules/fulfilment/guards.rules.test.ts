import { expect, test } from 'vitest';
import { bottlenecks } from '../../../main/modules/fulfilment/dashboard.rules.ts';
import {
  flagOf,
  type GuardFacts,
  guards,
  missingFor,
} from '../../../main/modules/fulfilment/guards.rules.ts';
import workflow from '../../../resources/workflows/cleanstation-order.json' with { type: 'json' };

const ENTERED = 1000;
const passed = (judged_at_ms: number) => ({ overall_result: 'PASS', judged_at_ms });
const failed = (judged_at_ms: number) => ({ overall_result: 'FAIL', judged_at_ms });
const facts = (more: Partial<GuardFacts> = {}): GuardFacts => ({
  bom_status: 'APPROVED',
  outsourced: [],
  issues: [],
  results: new Map(),
  in_status_since_ms: ENTERED,
  returned_at_ms: null,
  tasks: { has_list: true, required_open: 0 },
  serials_missing: [],
  ...more,
});
const issue = (more: Partial<GuardFacts['issues'][number]> = {}): GuardFacts['issues'][number] => ({
  ncr_number: 'NCR-2026-001',
  ncr_type: 'OTHER',
  category: 'OTHER',
  status: 'OPEN',
  needs_rework: false,
  is_return_to_maker: false,
  ...more,
});
const codes = (names: string[], given: GuardFacts) => missingFor(names, given).map(entry => entry.code);
const guardsOf = (code: string) => workflow.transitions.find(way => way.code === code)?.guards ?? [];

test('every guard that the shipped workflow names is written, and every written one is used', () => {
  const named = new Set(workflow.transitions.flatMap(way => way.guards));
  expect([...named].sort()).toEqual(Object.keys(guards).sort());
});

test('a guard nobody wrote is a fault, not a pass', () => {
  expect(() => missingFor(['no_such_guard'], facts())).toThrow('no_such_guard');
});

test('T1 wants an approved BOM and a part that was sent', () => {
  expect(codes(guardsOf('T1'), facts({ bom_status: 'DRAFT' }))).toEqual(['bom_not_approved', 'no_part_sent']);
  const pending = [{ material_number: 'T2-DL27-KIT', outsourcing_status: 'PENDING' as const }];
  expect(codes(guardsOf('T1'), facts({ outsourced: pending }))).toEqual(['no_part_sent']);
  const sent = [{ material_number: 'T2-DL27-KIT', outsourcing_status: 'SENT' as const }];
  expect(codes(guardsOf('T1'), facts({ outsourced: sent }))).toEqual([]);
});

test('T2 and T3 wait for everything that is out; only T3 may be waived', () => {
  for (const outsourcing_status of ['PENDING', 'SENT', 'IN_PROGRESS', 'DELAYED'] as const) {
    const out = facts({ outsourced: [{ material_number: 'X', outsourcing_status }] });
    expect(missingFor(guardsOf('T2'), out)).toMatchObject([{ code: 'parts_open', is_waivable: false }]);
    expect(missingFor(guardsOf('T3'), out)).toMatchObject([
      { code: 'parts_out', is_waivable: true, values: { count: 1, parts: 'X' } },
    ]);
  }
  for (const outsourcing_status of ['RECEIVED', 'CANCELLED'] as const)
    expect(
      codes(guardsOf('T3'), facts({ outsourced: [{ material_number: 'X', outsourcing_status }] })),
    ).toEqual([]);
});

test('T4 counts a pre-QC signed since the build came to pre-QC; its own rejections do not stand against it', () => {
  expect(codes(guardsOf('T4'), facts())).toEqual(['pre_qc_not_signed']);
  expect(codes(guardsOf('T4'), facts({ results: new Map([['PRE_QC', passed(ENTERED - 1)]]) }))).toEqual([
    'pre_qc_not_signed',
  ]);
  expect(codes(guardsOf('T4'), facts({ results: new Map([['PRE_QC', failed(ENTERED)]]) }))).toEqual([
    'pre_qc_failed',
  ]);
  const rejected = facts({
    results: new Map([['PRE_QC', passed(ENTERED)]]),
    issues: [issue({ ncr_type: 'PRE_QC_REJECTION' })],
  });
  expect(codes(guardsOf('T4'), rejected)).toEqual([]);
  expect(codes(guardsOf('T4'), { ...rejected, issues: [issue({ ncr_type: 'SHORTAGE' })] })).toEqual([
    'issue_open',
  ]);
});

test('T5 names all that is missing at once', () => {
  const bare = facts({
    tasks: { has_list: true, required_open: 3 },
    serials_missing: ['T2-TS7', 'T2-VALVE-PLATE'],
    issues: [issue({ ncr_type: 'SHORTAGE' })],
  });
  expect(codes(guardsOf('T5'), bare)).toEqual([
    'tasks_open',
    'serials_missing',
    'in_process_not_signed',
    'test_not_signed',
    'issue_open',
  ]);
  expect(codes(guardsOf('T5'), facts({ tasks: { has_list: false, required_open: 0 } }))).toContain(
    'no_task_list',
  );
});

test('a test made before the build came back to production does not count any more', () => {
  const results = new Map([
    ['IN_PROCESS', passed(50)],
    ['TEST', passed(100)],
  ]);
  expect(codes(guardsOf('T5'), facts({ results }))).toEqual([]);
  expect(codes(guardsOf('T5'), facts({ results, returned_at_ms: 101 }))).toEqual(['test_not_signed']);
  expect(codes(guardsOf('T5'), facts({ results, returned_at_ms: 100 }))).toEqual([]);
});

test('R1, R3 and R4 need a failed form and an issue that asks for just that way', () => {
  const pre = facts({ results: new Map([['PRE_QC', failed(ENTERED)]]) });
  expect(codes(guardsOf('R1'), pre)).toEqual(['no_return_proposed']);
  const proposed = [issue({ ncr_type: 'PRE_QC_REJECTION', is_return_to_maker: true })];
  expect(codes(guardsOf('R1'), { ...pre, issues: proposed })).toEqual([]);
  expect(codes(guardsOf('R1'), facts({ issues: proposed }))).toEqual(['pre_qc_did_not_fail']);
  const final = facts({ results: new Map([['FINAL_QC', failed(ENTERED)]]) });
  const rework = [issue({ ncr_type: 'FINAL_QC_REJECTION', needs_rework: true })];
  const packing = [issue({ ncr_type: 'FINAL_QC_REJECTION', needs_rework: false })];
  expect(codes(guardsOf('R3'), { ...final, issues: rework })).toEqual([]);
  expect(codes(guardsOf('R3'), { ...final, issues: packing })).toEqual(['no_rework_issue']);
  expect(codes(guardsOf('R4'), { ...final, issues: packing })).toEqual([]);
  expect(codes(guardsOf('R4'), { ...final, issues: rework })).toEqual(['no_packing_issue']);
});

test('an open issue closes every way forward, a settled one none', () => {
  for (const code of ['T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'T8', 'T9']) {
    expect(codes(guardsOf(code), facts({ issues: [issue({ status: 'IN_REVIEW' })] }))).toContain(
      'issue_open',
    );
    expect(codes(guardsOf(code), facts({ issues: [issue({ status: 'RESOLVED' })] }))).not.toContain(
      'issue_open',
    );
  }
});

test('the flag beside the status: held before rejected before rework', () => {
  expect(flagOf([])).toBe('none');
  expect(flagOf([issue({ status: 'RESOLVED' })])).toBe('none');
  expect(flagOf([issue({ status: 'IN_REVIEW' })])).toBe('rework');
  expect(flagOf([issue({ status: 'IN_REVIEW' }), issue()])).toBe('rejected');
  expect(flagOf([issue(), issue({ ncr_type: 'SHORTAGE', status: 'IN_REVIEW' })])).toBe('on_hold');
});

test('a bottleneck holds at least two builds and half as many again as the mean', () => {
  const stages = (...builds: number[]) => builds.map((n, at) => ({ status: String(at), builds: n }));
  expect([...bottlenecks(stages(6, 2, 1, 0))]).toEqual(['0']);
  expect([...bottlenecks(stages(2, 2, 2))]).toEqual([]);
  expect([...bottlenecks(stages(1, 0))]).toEqual([]);
  expect([...bottlenecks(stages(0, 0))]).toEqual([]);
});
