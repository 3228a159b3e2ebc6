import type { Missing } from '../../../preload/contract/fulfilment.ts';
import type { PlanType } from '../../../preload/contract/inspection.ts';
import type { NcrRow } from '../../../preload/contract/quality.ts';
import { isOut, type OutsourcingStatus } from '../logistics/outsourcing.rules.ts';
import { isUnsettled } from '../quality/ncr.rules.ts';
import { countsSinceMs, type Standing } from '../quality/standing.rules.ts';

/** What the guards look at. */
export interface GuardFacts extends Standing {
  bom_status: string | null;
  outsourced: readonly { material_number: string; outsourcing_status: OutsourcingStatus }[];
  issues: readonly Pick<
    NcrRow,
    'ncr_number' | 'ncr_type' | 'category' | 'status' | 'needs_rework' | 'is_return_to_maker'
  >[];
  results: ReadonlyMap<string, { overall_result: string; judged_at_ms: number }>;
  tasks: { has_list: boolean; required_open: number };
  serials_missing: readonly string[];
}
type Found = { code: string; values?: Record<string, string | number> };
type Guard = (facts: GuardFacts) => Found[];

const found = (code: string, values: Record<string, string | number> = {}): Found[] => [{ code, values }];
const NOTHING: Found[] = [];
const SHOWN_NAMES = 5;
const listed = (names: readonly string[]): string =>
  names.length > SHOWN_NAMES ? `${names.slice(0, SHOWN_NAMES).join(', ')}, …` : names.join(', ');

function result(form: PlanType, facts: GuardFacts): Found[] {
  const newest = facts.results.get(form);
  if (!newest || newest.judged_at_ms < countsSinceMs(form, facts))
    return found(`${form.toLowerCase()}_not_signed`);
  return newest.overall_result === 'PASS' ? NOTHING : found(`${form.toLowerCase()}_failed`);
}
const failed = (form: string, facts: GuardFacts): Found[] => {
  const newest = facts.results.get(form);
  return newest?.overall_result === 'FAIL' && newest.judged_at_ms >= facts.in_status_since_ms
    ? NOTHING
    : found(`${form.toLowerCase()}_did_not_fail`);
};
function stillOut(code: string, { outsourced }: GuardFacts): Found[] {
  const out = outsourced.filter(line => isOut(line.outsourcing_status));
  return out.length === 0
    ? NOTHING
    : found(code, { count: out.length, parts: listed(out.map(line => line.material_number)) });
}
const unsettled = (facts: GuardFacts) => facts.issues.filter(issue => isUnsettled(issue.status));
const blocked = (issues: readonly { ncr_number: string }[]): Found[] =>
  issues.length === 0
    ? NOTHING
    : found('issue_open', { count: issues.length, numbers: listed(issues.map(issue => issue.ncr_number)) });

/** The built-in checks of the order workflow. Source: transitions of the order workflow (4.2, 4.3). */
export const guards: Record<string, { check: Guard; is_waivable: boolean }> = {
  bom_approved: {
    is_waivable: false,
    check: ({ bom_status }) => (bom_status === 'APPROVED' ? NOTHING : found('bom_not_approved')),
  },
  parts_sent: {
    is_waivable: false,
    check: ({ outsourced }) =>
      outsourced.some(line =>
        ['SENT', 'IN_PROGRESS', 'DELAYED', 'RECEIVED'].includes(line.outsourcing_status),
      )
        ? NOTHING
        : found('no_part_sent'),
  },
  no_part_open: { is_waivable: false, check: facts => stillOut('parts_open', facts) },
  parts_back: { is_waivable: true, check: facts => stillOut('parts_out', facts) },
  pre_qc_passed: { is_waivable: false, check: facts => result('PRE_QC', facts) },
  pre_qc_failed: { is_waivable: false, check: facts => failed('PRE_QC', facts) },
  maker_at_fault: {
    is_waivable: false,
    check: facts =>
      unsettled(facts).some(issue => issue.ncr_type === 'PRE_QC_REJECTION' && issue.is_return_to_maker)
        ? NOTHING
        : found('no_return_proposed'),
  },
  tasks_done: {
    is_waivable: false,
    check: ({ tasks }) => {
      if (!tasks.has_list) return found('no_task_list');
      return tasks.required_open === 0 ? NOTHING : found('tasks_open', { count: tasks.required_open });
    },
  },
  serials_captured: {
    is_waivable: false,
    check: ({ serials_missing }) =>
      serials_missing.length === 0
        ? NOTHING
        : found('serials_missing', { count: serials_missing.length, parts: listed(serials_missing) }),
  },
  in_process_passed: { is_waivable: false, check: facts => result('IN_PROCESS', facts) },
  test_passed: { is_waivable: false, check: facts => result('TEST', facts) },
  packing_complete: {
    is_waivable: false,
    check: facts => result('PACKAGING', facts),
  },
  final_qc_passed: {
    is_waivable: false,
    check: facts => result('FINAL_QC', facts),
  },
  final_qc_failed: { is_waivable: false, check: facts => failed('FINAL_QC', facts) },
  rework_needed: {
    is_waivable: false,
    check: facts =>
      unsettled(facts).some(issue => issue.ncr_type === 'FINAL_QC_REJECTION' && issue.needs_rework)
        ? NOTHING
        : found('no_rework_issue'),
  },
  packing_at_fault: {
    is_waivable: false,
    check: facts =>
      unsettled(facts).some(issue => issue.ncr_type === 'FINAL_QC_REJECTION' && !issue.needs_rework)
        ? NOTHING
        : found('no_packing_issue'),
  },
  no_open_issue: { is_waivable: false, check: facts => blocked(unsettled(facts)) },
  /** Rejections of pre-QC are settled by the pass itself. */
  no_other_issue: {
    is_waivable: false,
    check: facts => blocked(unsettled(facts).filter(issue => issue.ncr_type !== 'PRE_QC_REJECTION')),
  },
};

/** What stands against a way, in the order of its guards. A guard nobody wrote is a fault of the program. */
export function missingFor(names: readonly string[], facts: GuardFacts): Missing[] {
  return names.flatMap(guard => {
    const known = guards[guard];
    if (!known) throw new Error(`no guard is called ${guard}`);
    return known
      .check(facts)
      .map(({ code, values = {} }) => ({ guard, code, values, is_waivable: known.is_waivable }));
  });
}

/** What open issues make of a build, the gravest first. */
export function flagOf(
  issues: readonly Pick<NcrRow, 'ncr_type' | 'status'>[],
): 'none' | 'on_hold' | 'rejected' | 'rework' {
  const open = issues.filter(issue => isUnsettled(issue.status));
  if (open.some(issue => issue.ncr_type === 'SHORTAGE')) return 'on_hold';
  if (open.some(issue => issue.status === 'OPEN')) return 'rejected';
  return open.length > 0 ? 'rework' : 'none';
}
