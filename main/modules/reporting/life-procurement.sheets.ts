import type { ReportFilter } from '../../../preload/contract/life-reports.ts';
import { dayInZone, startOfDay } from '../../platform/days.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { grouped, isOnTime, shareOf, spansOf, stepOf, stepsOf } from './life.rules.ts';
import type { Scope } from './life-facts.service.ts';
import { type PartSentFact, partRecord, partsSentFacts } from './procurement-facts.service.ts';
import { counted, measured, named, type Report, reportTable } from './report-table.ts';

const isOut = (part: PartSentFact): boolean => part.outsourcing_status !== 'RECEIVED';
const isLate = (part: PartSentFact, today: string): boolean =>
  isOut(part) && part.expected_on !== null && part.expected_on < today;

/** Parts sent to makers: sent, back, on time, out and late, by period and by supplier. Source: outsourced parts (5, 10.6). */
export function procurementReport(ctx: ReadCtx, filter: ReportFilter, scope: Scope): Report {
  const parts = partsSentFacts(ctx, scope, filter);
  const today = ctx.today();
  const sent = parts.filter(part => part.sent_at_ms >= scope.from_ms && part.sent_at_ms < scope.to_ms);
  const received = parts.filter(
    part => part.returned_on !== null && part.returned_on >= filter.from && part.returned_on <= filter.to,
  );
  const out = parts.filter(isOut);
  const late = parts.filter(part => isLate(part, today));
  return {
    headlines: [
      { key: 'parts_sent', kind: 'integer', value: sent.length },
      { key: 'parts_received', kind: 'integer', value: received.length },
      { key: 'received_on_time', kind: 'percent', value: punctual(received).share_e6 },
      { key: 'parts_out', kind: 'integer', value: out.length },
      { key: 'parts_late', kind: 'integer', value: late.length },
      { key: 'mean_days_out', kind: 'quantity', value: daysOut(received, scope).mean_days },
    ],
    tables: [
      perStep(filter, scope, sent, received),
      perSupplier(scope, { sent, received, out, late }),
      lines(scope, parts, today),
    ],
  };
}
function punctual(received: readonly PartSentFact[]) {
  const dated = received.filter(part => part.expected_on !== null);
  const on_time = dated.filter(part => isOnTime(part.returned_on ?? '', part.expected_on ?? ''));
  return { on_time, share_e6: shareOf(on_time.length, dated.length) };
}
/** From the day of sending to the day of return. */
const daysOut = (received: readonly PartSentFact[], { zone }: Scope) =>
  spansOf(
    received.map(
      part => startOfDay(part.returned_on ?? '', zone) - startOfDay(dayInZone(part.sent_at_ms, zone), zone),
    ),
  );

function perStep(
  filter: ReportFilter,
  scope: Scope,
  sent: readonly PartSentFact[],
  received: readonly PartSentFact[],
) {
  const sentIn = grouped(sent, part => stepOf(dayInZone(part.sent_at_ms, scope.zone), filter.by));
  const receivedIn = grouped(received, part => stepOf(part.returned_on ?? '', filter.by));
  const rows = stepsOf(filter.from, filter.to, filter.by).map(step => {
    const back = receivedIn.get(step) ?? [];
    return { step, sent: sentIn.get(step) ?? [], back, ...punctual(back), ...daysOut(back, scope) };
  });
  return reportTable('report_procurement', rows, row => row.step, [
    named('step', row => row.step, { width: 14 }),
    counted('sent', row => row.sent.map(partRecord)),
    counted('received', row => row.back.map(partRecord)),
    counted('on_time', row => row.on_time.map(partRecord)),
    measured('on_time_share', 'percent', row => row.share_e6),
    measured('mean_days_out', 'quantity', row => row.mean_days),
  ]);
}

function perSupplier(
  scope: Scope,
  lists: Record<'sent' | 'received' | 'out' | 'late', readonly PartSentFact[]>,
) {
  const name = (part: PartSentFact) => part.supplier;
  const groups = {
    sent: grouped(lists.sent, name),
    received: grouped(lists.received, name),
    out: grouped(lists.out, name),
    late: grouped(lists.late, name),
  };
  const rows = [...new Set(Object.values(groups).flatMap(group => [...group.keys()]))]
    .sort()
    .map(supplier => {
      const back = groups.received.get(supplier) ?? [];
      return { supplier, back, ...punctual(back), ...daysOut(back, scope) };
    });
  return reportTable('report_suppliers', rows, row => row.supplier, [
    named('supplier', row => row.supplier, { width: 30 }),
    counted('sent', row => (groups.sent.get(row.supplier) ?? []).map(partRecord)),
    counted('received', row => row.back.map(partRecord)),
    measured('on_time_share', 'percent', row => row.share_e6),
    measured('mean_days_out', 'quantity', row => row.mean_days),
    counted('out', row => (groups.out.get(row.supplier) ?? []).map(partRecord)),
    counted('late', row => (groups.late.get(row.supplier) ?? []).map(partRecord)),
  ]);
}

/** The parts themselves, for a workbook. */
const lines = ({ zone }: Scope, parts: readonly PartSentFact[], today: string) =>
  reportTable('report_parts_sent', parts, part => part.shipment_item_id, [
    named('shipment_number', part => part.shipment_number, { width: 18 }),
    named('supplier', part => part.supplier, { width: 30 }),
    named('order_number', part => part.order_number, { width: 18 }),
    named('build_number', part => part.build_number, { width: 14 }),
    named('material_number', part => part.material_number),
    named('material_name', part => part.material_description, { width: 40 }),
    { ...measured<PartSentFact>('quantity_e6', 'quantity', part => part.quantity_e6), decimals: 0 },
    named('outsourcing_status', part => part.outsourcing_status, { words: 'outsourcing_status' }),
    named('sent_on', part => dayInZone(part.sent_at_ms, zone), { kind: 'day', width: 12 }),
    named('expected_on', part => part.expected_on, { kind: 'day', width: 12 }),
    named('returned_on', part => part.returned_on, { kind: 'day', width: 12 }),
    { key: 'is_late', kind: 'boolean', width: 12, value: part => isLate(part, today) },
  ]);
