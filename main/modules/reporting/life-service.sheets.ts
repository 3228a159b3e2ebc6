import type { ReportFilter } from '../../../preload/contract/life-reports.ts';
import { dayInZone } from '../../platform/days.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { grouped, shareOf, spansOf, stepOf, stepsOf } from './life.rules.ts';
import type { Scope } from './life-facts.service.ts';
import { counted, measured, named, type Report, reportTable } from './report-table.ts';
import { type ServiceFact, serviceFacts, serviceItemFacts, serviceRecord } from './service-facts.service.ts';

/** From asked for to approved or rejected. */
const waitsOf = (list: readonly ServiceFact[]) =>
  spansOf(
    list.flatMap(({ requested_at_ms, decided_at_ms }) =>
      decided_at_ms === null ? [] : [decided_at_ms - requested_at_ms],
    ),
  );

/** Volume, time to a decision and the items asked for most. Source: service report (10.6, 9). */
export function serviceReport(ctx: ReadCtx, filter: ReportFilter, scope: Scope): Report {
  const facts = serviceFacts(ctx, scope);
  const within = (at_ms: number | null): boolean =>
    at_ms !== null && at_ms >= scope.from_ms && at_ms < scope.to_ms;
  const requested = facts.filter(fact => within(fact.requested_at_ms));
  const decided = facts.filter(fact => within(fact.decided_at_ms));
  const approved = decided.filter(fact => fact.decision === 'SERVICE_APPROVED');
  const rejected = decided.filter(fact => fact.decision === 'SERVICE_REJECTED');
  const fulfilled = facts.filter(fact => within(fact.fulfilled_at_ms));
  const stepAt = (at_ms: number | null) => stepOf(dayInZone(at_ms ?? 0, scope.zone), filter.by);
  const groups = {
    requested: grouped(requested, fact => stepAt(fact.requested_at_ms)),
    approved: grouped(approved, fact => stepAt(fact.decided_at_ms)),
    rejected: grouped(rejected, fact => stepAt(fact.decided_at_ms)),
    fulfilled: grouped(fulfilled, fact => stepAt(fact.fulfilled_at_ms)),
  };
  const recordsIn = (list: keyof typeof groups) => (step: string) =>
    (groups[list].get(step) ?? []).map(serviceRecord);
  const decidedIn = (step: string) => [
    ...(groups.approved.get(step) ?? []),
    ...(groups.rejected.get(step) ?? []),
  ];
  return {
    headlines: [
      { key: 'requested', kind: 'integer', value: requested.length },
      { key: 'pending', kind: 'integer', value: requested.filter(isPending).length },
      { key: 'approval_share', kind: 'percent', value: shareOf(approved.length, decided.length) },
      { key: 'mean_days_to_decision', kind: 'quantity', value: waitsOf(decided).mean_days },
      { key: 'fulfilled', kind: 'integer', value: fulfilled.length },
    ],
    tables: [
      reportTable('report_service', stepsOf(filter.from, filter.to, filter.by), step => step, [
        named('step', step => step, { width: 14 }),
        counted('requested', recordsIn('requested')),
        counted('approved', recordsIn('approved')),
        counted('rejected', recordsIn('rejected')),
        counted('fulfilled', recordsIn('fulfilled')),
        measured('mean_days_to_decision', 'quantity', step => waitsOf(decidedIn(step)).mean_days),
        measured('median_days_to_decision', 'quantity', step => waitsOf(decidedIn(step)).median_days),
      ]),
      items(ctx, requested),
      reportTable('report_service_orders', facts, fact => fact.order_id, [
        named('order_number', fact => fact.order_number, { width: 18 }),
        named('requester_name', fact => fact.requester_name),
        named('service_status', fact => fact.order_status, { words: 'service_status', width: 14 }),
        { key: 'requested_at_ms', kind: 'instant', width: 18, value: fact => fact.requested_at_ms },
        { key: 'decided_at_ms', kind: 'instant', width: 18, value: fact => fact.decided_at_ms },
        { key: 'fulfilled_at_ms', kind: 'instant', width: 18, value: fact => fact.fulfilled_at_ms },
      ]),
    ],
  };
}
const isPending = (fact: ServiceFact): boolean => fact.order_status === 'PENDING';

/** Most asked for first: by orders, then by quantity. */
function items(ctx: ReadCtx, requested: readonly ServiceFact[]) {
  const orders = new Map<string, ServiceFact>(requested.map(fact => [fact.order_id, fact]));
  const lines = serviceItemFacts(ctx, [...orders.keys()]);
  const rows = [...grouped(lines, line => line.material_number)].map(([material_number, list]) => ({
    material_number,
    material_name: list[0]?.material_name ?? '',
    uom_code: list[0]?.uom_code ?? '',
    quantity_e6: list.reduce((sum, line) => sum + line.quantity_e6, 0),
    orders: list.flatMap(line => orders.get(line.order_id) ?? []),
  }));
  rows.sort(
    (a, b) =>
      b.orders.length - a.orders.length ||
      b.quantity_e6 - a.quantity_e6 ||
      (a.material_number < b.material_number ? -1 : 1),
  );
  return reportTable('report_service_items', rows, row => row.material_number, [
    named('material_number', row => row.material_number, { width: 18 }),
    named('material_name', row => row.material_name, { width: 40 }),
    // An order asks for an item once, so its lines are the orders; they do not add up over items.
    { ...counted<(typeof rows)[number]>('orders', row => row.orders.map(serviceRecord)), total: 'count' },
    { ...measured<(typeof rows)[number]>('quantity_e6', 'quantity', row => row.quantity_e6), decimals: 0 },
    named('uom_code', row => row.uom_code, { width: 8 }),
  ]);
}
