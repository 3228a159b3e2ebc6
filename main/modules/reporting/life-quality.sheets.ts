import { PLAN_TYPES } from '../../../db/schema/quality.ts';
import type { ReportFilter } from '../../../preload/contract/life-reports.ts';
import { dayInZone } from '../../platform/days.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { mayRead } from '../quality/access.service.ts';
import { grouped, meanOf, paretoOf, shareOf, spansOf, stepOf, stepsOf } from './life.rules.ts';
import {
  failedCheckFacts,
  type InspectionFact,
  type IssueFact,
  inspectionFacts,
  inspectionRecord,
  issueFacts,
  issueRecord,
  type Scope,
} from './life-facts.service.ts';
import { counted, measured, named, type Report, reportTable } from './report-table.ts';

const MINUTE_MS = 60_000;
const readableForms = (ctx: ReadCtx) => PLAN_TYPES.filter(type => mayRead(ctx, type));

/** Only first attempts count, never re-inspections. Source: first-pass yield (quality, 4.6). */
function yieldOf(list: readonly InspectionFact[]) {
  const first = list.filter(log => log.attempt_no === 1);
  const passed = first.filter(log => log.result === 'PASS');
  return { list, first, passed, share_e6: shareOf(passed.length, first.length) };
}
type Yield = ReturnType<typeof yieldOf>;
const minutesOf = (list: readonly InspectionFact[]): number | null => {
  const mean = meanOf(list.map(log => (log.signed_at_ms - log.opened_at_ms) / MINUTE_MS));
  return mean === null ? null : Math.round(mean);
};
const yieldColumns = <Row extends Yield>() => [
  counted<Row>('inspections', row => row.list.map(inspectionRecord)),
  counted<Row>('first_attempts', row => row.first.map(inspectionRecord)),
  counted<Row>('first_passed', row => row.passed.map(inspectionRecord)),
  measured<Row>('first_pass_yield', 'percent', row => row.share_e6),
  measured<Row>('mean_minutes', 'duration_min', row => minutesOf(row.list)),
];

/** Inspections and first-pass yield step by step, by form and by inspector. Source: QC report (10.6). */
export function qualityReport(ctx: ReadCtx, filter: ReportFilter, scope: Scope): Report {
  const logs = inspectionFacts(ctx, scope, readableForms(ctx));
  const stepped = grouped(logs, log => stepOf(dayInZone(log.signed_at_ms, scope.zone), filter.by));
  const steps = stepsOf(filter.from, filter.to, filter.by).map(step => ({
    step,
    ...yieldOf(stepped.get(step) ?? []),
  }));
  const ofForm = grouped(logs, log => log.plan_type);
  const forms = readableForms(ctx).map(plan_type => ({ plan_type, ...yieldOf(ofForm.get(plan_type) ?? []) }));
  const inspectors = [...grouped(logs, log => log.inspector_name)]
    .map(([name, list]) => ({ name, ...yieldOf(list) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const all = yieldOf(logs);
  return {
    headlines: [
      { key: 'inspections', kind: 'integer', value: logs.length },
      { key: 'first_attempts', kind: 'integer', value: all.first.length },
      { key: 'first_pass_yield', kind: 'percent', value: all.share_e6 },
      { key: 'mean_minutes', kind: 'duration_min', value: minutesOf(logs) },
    ],
    tables: [
      reportTable('report_quality', steps, row => row.step, [
        named('step', row => row.step, { width: 14 }),
        ...yieldColumns<(typeof steps)[number]>(),
      ]),
      reportTable('report_forms', forms, row => row.plan_type, [
        named('plan_type', row => row.plan_type, { words: 'plan_type' }),
        ...yieldColumns<(typeof forms)[number]>(),
      ]),
      reportTable('report_inspectors', inspectors, row => row.name, [
        named('inspector_name', row => row.name),
        ...yieldColumns<(typeof inspectors)[number]>(),
      ]),
      reportTable('report_inspections', logs, log => log.log_id, [
        named('order_number', log => log.order_number, { width: 18 }),
        named('build_number', log => log.build_number, { width: 14 }),
        named('customer_name', log => log.customer_name, { width: 30 }),
        named('plan_type', log => log.plan_type, { words: 'plan_type' }),
        measured('attempt_no', 'integer', log => log.attempt_no),
        named('result', log => log.result, { words: 'inspection_result', width: 14 }),
        named('inspector_name', log => log.inspector_name),
        { key: 'signed_at_ms', kind: 'instant', width: 18, value: log => log.signed_at_ms },
      ]),
    ],
  };
}

const isOpen = (issue: IssueFact): boolean => issue.status === 'OPEN' || issue.status === 'IN_REVIEW';
const openIn = (issues: readonly IssueFact[]) => issues.filter(isOpen);
/** Days from reported to settled. */
const settledIn = (issues: readonly IssueFact[]) =>
  spansOf(
    issues.flatMap(({ reported_at_ms, resolved_at_ms }) =>
      resolved_at_ms === null ? [] : [resolved_at_ms - reported_at_ms],
    ),
  );

/** Causes of issues and checks that fail, most frequent first. Source: fail reasons (10.6), defect Pareto (quality, 4.7). */
export function failuresReport(ctx: ReadCtx, _filter: ReportFilter, scope: Scope): Report {
  const issues = issueFacts(ctx, scope);
  const checks = failedCheckFacts(ctx, scope, readableForms(ctx));
  const kinds = paretoOf(issues, issue => issue.ncr_type);
  const causes = paretoOf(issues, issue => issue.category);
  const failed = paretoOf(checks, check => `${check.plan_type} ${check.characteristic_code}`);
  return {
    headlines: [
      { key: 'issues', kind: 'integer', value: issues.length },
      { key: 'open', kind: 'integer', value: openIn(issues).length },
      { key: 'mean_days_to_settle', kind: 'quantity', value: settledIn(issues).mean_days },
      { key: 'failed_checks', kind: 'integer', value: checks.length },
    ],
    tables: [
      reportTable('report_causes', causes, row => row.key, [
        named('category', row => row.key, { words: 'ncr_category' }),
        counted('issues', row => row.facts.map(issueRecord)),
        counted('open', row => openIn(row.facts).map(issueRecord)),
        measured('share', 'percent', row => row.share_e6),
        measured('cumulative', 'percent', row => row.cumulative_e6),
        measured('mean_days_to_settle', 'quantity', row => settledIn(row.facts).mean_days),
      ]),
      reportTable('report_failed_checks', failed, row => row.key, [
        named('check_name', row => row.facts[0]?.check_name ?? '', { width: 44 }),
        named('plan_type', row => row.facts[0]?.plan_type ?? '', { words: 'plan_type', width: 18 }),
        counted('failed', row => row.facts.map(inspectionRecord)),
        measured('share', 'percent', row => row.share_e6),
        measured('cumulative', 'percent', row => row.cumulative_e6),
      ]),
      reportTable('report_issue_kinds', kinds, row => row.key, [
        named('ncr_type', row => row.key, { words: 'ncr_type' }),
        counted('issues', row => row.facts.map(issueRecord)),
        ...(['MINOR', 'MAJOR', 'CRITICAL'] as const).map(severity =>
          counted<(typeof kinds)[number]>(severity.toLowerCase(), row =>
            row.facts.filter(issue => issue.severity === severity).map(issueRecord),
          ),
        ),
        measured('mean_days_to_settle', 'quantity', row => settledIn(row.facts).mean_days),
      ]),
      reportTable('report_issues', issues, issue => issue.ncr_id, [
        named('ncr_number', issue => issue.ncr_number, { width: 18 }),
        named('order_number', issue => issue.order_number, { width: 18 }),
        named('build_number', issue => issue.build_number, { width: 14 }),
        named('ncr_type', issue => issue.ncr_type, { words: 'ncr_type' }),
        named('category', issue => issue.category, { words: 'ncr_category' }),
        named('severity', issue => issue.severity, { words: 'severity', width: 12 }),
        named('status', issue => issue.status, { words: 'ncr_status', width: 14 }),
        { key: 'reported_at_ms', kind: 'instant', width: 18, value: issue => issue.reported_at_ms },
        { key: 'resolved_at_ms', kind: 'instant', width: 18, value: issue => issue.resolved_at_ms },
      ]),
    ],
  };
}
