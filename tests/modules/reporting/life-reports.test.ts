import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { REPORTS, type ReportFilter, type ReportName } from '../../../preload/contract/life-reports.ts';
import { buildStatus } from '../../../preload/contract/orders.ts';
import { bulkId, bulkInsert } from '../../support/bulk.ts';
import { ask, askJob, refusalOf } from '../../support/station.ts';
import '../../support/properties.ts';
import { type Life, local, stationOf } from './life-support.ts';
import { fileOf, readWithHucre } from './workbook-support.ts';

const NOVEMBER: ReportFilter = { from: '2026-11-01', to: '2026-11-30', by: 'week' };
/** Five builds by hand; it is 2026-11-20. */
const LIVES: Life[] = [
  {
    number: 'A',
    customer: 'Lakeside',
    created_at_ms: local('2026-11-02'),
    want_on: '2026-11-20',
    steps: [
      ['PARTS_SENT', local('2026-11-04')],
      ['READY_FOR_PRE_QC', local('2026-11-08')],
      ['READY_FOR_PRODUCTION', local('2026-11-09')],
      ['SHIPPED', local('2026-11-16')],
    ],
  },
  {
    number: 'B',
    customer: 'Lakeside',
    created_at_ms: local('2026-11-03'),
    want_on: '2026-11-18',
    steps: [
      ['PARTS_SENT', local('2026-11-07')],
      ['SHIPPED', local('2026-11-19')],
    ],
  },
  {
    number: 'C',
    customer: 'North Clinic',
    created_at_ms: local('2026-11-10'),
    want_on: '2026-11-15',
    steps: [['PARTS_SENT', local('2026-11-12')]],
  },
  { number: 'D', customer: 'North Clinic', created_at_ms: local('2026-10-20'), steps: [] },
  {
    number: 'E',
    customer: 'Abitibi',
    created_at_ms: Date.parse('2026-10-25T09:00:00-04:00'),
    // Half an hour before midnight of the plant; the next day already in UTC.
    steps: [['SHIPPED', local('2026-11-05', '23:30')]],
  },
];
const made = stationOf(LIVES, afterAll);
const { station, planner } = made;
const reportOf = (report: ReportName, filter: ReportFilter = NOVEMBER) =>
  ask(station, planner, 'reporting.report', { report, filter });
const rowsOf = (report: ReportName, table: string, filter?: ReportFilter) =>
  reportOf(report, filter)
    .tables.find(one => one.table === table)
    ?.rows.map(row => row.cells) ?? [];
const headlines = (report: ReportName) =>
  Object.fromEntries(reportOf(report).headlines.map(({ key, value }) => [key, value]));

test('entered, shipped and open week by week, by the calendar of the plant', () => {
  expect(rowsOf('production', 'report_production')).toEqual([
    ['2026-W44', 0, 0, null, 2],
    ['2026-W45', 2, 1, 500_000, 3],
    ['2026-W46', 1, 0, 0, 4],
    ['2026-W47', 0, 2, null, 2],
    ['2026-W48', 0, 0, null, 2],
    ['2026-W49', 0, 0, null, 2],
  ]);
  expect(headlines('production')).toEqual({
    created: 3,
    shipped: 3,
    completion: 1_000_000,
    open_now: 2,
    late_now: 1,
  });
  const days = rowsOf('production', 'report_production', { ...NOVEMBER, by: 'day' });
  expect(days.filter(([, , shipped]) => shipped === 1).map(([day]) => day)).toEqual([
    '2026-11-05',
    '2026-11-16',
    '2026-11-19',
  ]);
});

test('what is open now by status and by customer', () => {
  const statuses = rowsOf('production', 'report_statuses');
  expect(statuses.slice(0, 2)).toEqual([
    ['ORDER_CREATED', 1, 0, 1, false],
    ['PARTS_SENT', 1, 1, 1, false],
  ]);
  expect(rowsOf('production', 'report_customers')).toEqual([
    ['Abitibi', 0, 1, 0, 0],
    ['Lakeside', 2, 2, 0, 0],
    ['North Clinic', 1, 0, 2, 1],
  ]);
});

test('lead times and on-time share of what was shipped; builds without a wanted day are left out of the share', () => {
  // A 14 days, B 16 days, E 11.65 days with the hour of the clock change.
  expect(rowsOf('lead_times', 'report_lead_times').filter(([, shipped]) => shipped !== 0)).toEqual([
    ['2026-W45', 1, 11_650_000, 11_650_000, 11_650_000, 0, 0, null],
    ['2026-W47', 2, 15_000_000, 15_000_000, 16_000_000, 2, 1, 500_000],
  ]);
  expect(headlines('lead_times')).toMatchObject({ median_days: 14_000_000, on_time: 500_000 });
  expect(rowsOf('lead_times', 'report_stays').slice(0, 4)).toEqual([
    ['ORDER_CREATED', 4, 4_910_000, 3_000_000, 11_650_000],
    ['PARTS_SENT', 2, 8_000_000, 8_000_000, 12_000_000],
    ['READY_FOR_PRE_QC', 1, 1_000_000, 1_000_000, 1_000_000],
    ['READY_FOR_PRODUCTION', 1, 7_000_000, 7_000_000, 7_000_000],
  ]);
});

test('one family alone; a number opens its records', () => {
  const [family] = ask(station, planner, 'reporting.reportChoices', {}).families;
  const rows = rowsOf('production', 'report_production', { ...NOVEMBER, family: family ?? '' });
  expect(rows.map(([, created]) => created)).toEqual([0, 1, 1, 0, 0, 0]);
  const records = ask(station, planner, 'reporting.reportRecords', {
    report: 'production',
    filter: NOVEMBER,
    table: 'report_production',
    row: '2026-W47',
    column: 'shipped',
  });
  expect(records.rows.map(row => [row.record, row.title, row.subtitle])).toEqual([
    ['build', 'A / BUILD-001', 'Lakeside'],
    ['build', 'B / BUILD-001', 'Lakeside'],
  ]);
});

const PLAN = (type: string) =>
  String(made.db.prepare('select id from inspection_plans where plan_type = ? limit 1').pluck().get(type));
function addQuality() {
  const log = (n: number, build: number, more: Record<string, unknown>) => ({
    id: bulkId(3, n),
    plant_id: made.owner.plant_id,
    order_id: bulkId(1, build),
    plan_id: PLAN('PRE_QC'),
    plan_type: 'PRE_QC',
    attempt_no: 1,
    revision_no: 1,
    configuration_revision: 1,
    status: 'SIGNED',
    instruments: '[]',
    inspector_id: made.owner.user_id,
    ...more,
  });
  const at = (day: string, minutes: number) => ({
    created_at_ms: local(day),
    signed_at_ms: local(day) + minutes * 60_000,
  });
  bulkInsert(made.db, 'inspection_logs', made.owner, [
    log(0, 0, { overall_result: 'FAIL', ...at('2026-11-09', 30) }),
    log(1, 0, { attempt_no: 2, overall_result: 'PASS', ...at('2026-11-09', 10) }),
    log(2, 1, { overall_result: 'PASS', ...at('2026-11-10', 20) }),
    // Signed as passed, corrected to failed: the correction counts, on the day of the first signature.
    log(3, 2, { overall_result: 'PASS', ...at('2026-11-17', 60) }),
    log(4, 2, { revision_no: 2, overall_result: 'FAIL', ...at('2026-11-18', 5) }),
    log(5, 3, { status: 'DRAFT', overall_result: 'INCOMPLETE', ...at('2026-11-18', 5), signed_at_ms: null }),
    log(6, 4, { overall_result: 'PASS', ...at('2026-12-01', 5) }),
  ]);
  const checks = made.db
    .prepare<string[], string>(
      'select id from inspection_characteristics where plan_id = ? order by sequence limit 2',
    )
    .pluck()
    .all(PLAN('PRE_QC'));
  const failing = [
    [0, checks[0]],
    [0, checks[1]],
    [3, checks[0]],
    [4, checks[1]],
  ] as const;
  bulkInsert(
    made.db,
    'inspection_measurements',
    made.owner,
    failing.map(([logged, characteristic_id], n) => ({
      id: bulkId(4, n),
      log_id: bulkId(3, logged),
      characteristic_id,
      is_applicable: 1,
      is_na: 0,
      files: '[]',
      is_conforming: 0,
    })),
  );
  const issue = (n: number, category: string, more: Record<string, unknown> = {}) => ({
    id: bulkId(5, n),
    plant_id: made.owner.plant_id,
    ncr_number: `NCR-${n}`,
    order_id: bulkId(1, 0),
    characteristic_codes: '[]',
    ncr_type: 'PRE_QC_REJECTION',
    category,
    severity: 'MAJOR',
    needs_rework: 1,
    defect_description: 'seen',
    status: 'OPEN',
    reported_by: made.owner.user_id,
    reported_at_ms: local('2026-11-10'),
    resolved_at_ms: null,
    ...more,
  });
  bulkInsert(made.db, 'ncrs', made.owner, [
    issue(0, 'SURFACE', { status: 'RESOLVED', resolved_at_ms: local('2026-11-12') }),
    issue(1, 'SURFACE', { severity: 'MINOR' }),
    issue(2, 'ELECTRICAL', {
      status: 'CLOSED',
      resolved_at_ms: local('2026-11-14'),
      ncr_type: 'TEST_FAILURE',
    }),
    issue(3, 'ELECTRICAL', { reported_at_ms: local('2026-12-02') }),
  ]);
}

test('first-pass yield counts first attempts, as they were corrected; failure causes add up', () => {
  addQuality();
  expect(rowsOf('quality', 'report_quality').filter(([, inspections]) => inspections !== 0)).toEqual([
    ['2026-W46', 3, 2, 1, 500_000, 20],
    ['2026-W47', 1, 1, 0, 0, 60],
  ]);
  const boss = station.session('ORG_ADMIN');
  const forms = ask(station, boss, 'reporting.report', { report: 'quality', filter: NOVEMBER }).tables[1];
  expect(forms?.rows[0]?.cells).toEqual(['PRE_QC', 4, 3, 1, 333_333, 30]);
  expect(headlines('failures')).toEqual({
    issues: 3,
    open: 1,
    mean_days_to_settle: 3_000_000,
    failed_checks: 3,
  });
  expect(rowsOf('failures', 'report_causes')).toEqual([
    ['SURFACE', 2, 1, 666_667, 666_667, 2_000_000],
    ['ELECTRICAL', 1, 0, 333_333, 1_000_000, 4_000_000],
  ]);
  const checks = rowsOf('failures', 'report_failed_checks');
  // The record that was corrected counts as it stands now.
  expect(checks.map(([, form, failed]) => [form, failed])).toEqual([
    ['PRE_QC', 2],
    ['PRE_QC', 1],
  ]);
});

function addServiceOrders() {
  const order = (n: number, status: string, day: string, more: Record<string, unknown> = {}) => ({
    id: bulkId(6, n),
    plant_id: made.owner.plant_id,
    order_kind: 'SERVICE',
    order_number: `SO-${n}`,
    build_number: '',
    customer_name: '',
    document_language: 'EN',
    order_status: status,
    configuration: '{}',
    configuration_revision: 1,
    requested_by: made.owner.user_id,
    requested_at_ms: local(day),
    processed_at_ms: null,
    ...more,
  });
  bulkInsert(made.db, 'orders', made.owner, [
    order(0, 'FULFILLED', '2026-10-30', { processed_at_ms: local('2026-11-04') }),
    order(1, 'REJECTED', '2026-11-03'),
    order(2, 'PENDING', '2026-11-17'),
    order(3, 'APPROVED', '2026-10-01'),
  ]);
  const step = (n: number, of: number, action: string, day: string) => ({
    id: bulkId(7, n),
    entity_type: 'orders',
    entity_id: bulkId(6, of),
    event_type: 'transition',
    action,
    from_status: 'PENDING',
    to_status: action.slice('SERVICE_'.length),
    performed_by: made.owner.user_id,
    performed_at_ms: local(day),
  });
  bulkInsert(made.db, 'workflow_history', made.owner, [
    step(0, 0, 'SERVICE_APPROVED', '2026-11-02'),
    step(1, 1, 'SERVICE_REJECTED', '2026-11-04'),
    step(2, 3, 'SERVICE_APPROVED', '2026-10-02'),
  ]);
}

test('service orders by the day of each step, and the time to a decision', () => {
  addServiceOrders();
  expect(rowsOf('service', 'report_service').slice(1, 4)).toEqual([
    ['2026-W45', 1, 1, 1, 1, 2_000_000, 2_000_000],
    ['2026-W46', 0, 0, 0, 0, null, null],
    ['2026-W47', 1, 0, 0, 0, null, null],
  ]);
  expect(headlines('service')).toMatchObject({ requested: 2, pending: 1, approval_share: 500_000 });
});

function addPartsSent() {
  const shipment = (n: number, of: number, supplier: string, shipped_at_ms: number | null) => ({
    id: bulkId(8, n),
    plant_id: made.owner.plant_id,
    shipment_number: `SH-${n}`,
    shipment_type: 'INBOUND',
    shipment_status: 'SHIPPED',
    order_id: bulkId(1, of),
    origin_location: supplier,
    shipped_at_ms,
  });
  const part = (
    n: number,
    of: number,
    status: string,
    expected_on: string,
    returned_on: string | null = null,
  ) => ({
    id: bulkId(9, n),
    plant_id: made.owner.plant_id,
    shipment_id: bulkId(8, of),
    line_number: n + 1,
    material_number: `LEGS-${n}`,
    material_description: 'Legs',
    quantity_e6: 1_000_000,
    outsourcing_status: status,
    expected_on,
    returned_on,
  });
  bulkInsert(made.db, 'shipments', made.owner, [
    shipment(0, 0, 'Body maker', local('2026-11-04')),
    shipment(1, 2, 'Coating shop', local('2026-10-12')),
    shipment(2, 3, 'Body maker', null),
  ]);
  bulkInsert(made.db, 'shipment_items', made.owner, [
    part(0, 0, 'RECEIVED', '2026-11-18', '2026-11-08'),
    part(1, 0, 'RECEIVED', '2026-11-08', '2026-11-10'),
    part(2, 0, 'CANCELLED', '2026-11-18'),
    part(3, 1, 'SENT', '2026-11-01'),
    part(4, 2, 'PENDING', '2026-11-01'),
  ]);
}

test('parts sent out: what came back on time, what is out and late now, by supplier and for one customer', () => {
  addPartsSent();
  expect(headlines('procurement')).toEqual({
    parts_sent: 2,
    parts_received: 2,
    received_on_time: 500_000,
    parts_out: 1,
    parts_late: 1,
    mean_days_out: 5_000_000,
  });
  expect(rowsOf('procurement', 'report_suppliers')).toEqual([
    ['Body maker', 2, 2, 500_000, 5_000_000, 0, 0],
    ['Coating shop', 0, 0, null, null, 1, 1],
  ]);
  const of = (customer_name: string) => ({ ...NOVEMBER, customer_name });
  expect(rowsOf('procurement', 'report_suppliers', of('Lakeside'))).toHaveLength(1);
  expect(rowsOf('production', 'report_customers', of('Lakeside')).map(([name]) => name)).toEqual([
    'Lakeside',
  ]);
  const { customers } = ask(station, planner, 'reporting.reportChoices', {});
  expect(customers).toEqual(['Lakeside', 'North Clinic', 'Abitibi']);
});

test('every number that has records lists exactly that many', () => {
  const boss = station.session('ORG_ADMIN');
  let asked = 0;
  for (const report of REPORTS) {
    for (const { table, columns, rows } of ask(station, boss, 'reporting.report', {
      report,
      filter: NOVEMBER,
    }).tables)
      for (const row of rows)
        for (const [at, column] of columns.entries()) {
          if (!column.is_listed) continue;
          const input = { report, filter: NOVEMBER, table, row: row.key, column: column.key };
          expect(ask(station, boss, 'reporting.reportRecords', input).total).toBe(row.cells[at]);
          asked += 1;
        }
  }
  expect(asked).toBeGreaterThan(100);
});

test('a report goes out as a workbook with its records last', async () => {
  const manager = station.session('PLANT_MANAGER');
  const file = await askJob(station, manager, 'reporting.exportReport', {
    report: 'production',
    filter: NOVEMBER,
  });
  expect(file.file_name).toMatch(/^Production_.*\.xlsx$/);
  const book = await readWithHucre(fileOf(station, file.ticket));
  expect([...book.keys()]).toEqual(['Production', 'Where builds stand now', 'By customer', 'Builds', 'Info']);
  expect(book.get('Production')?.rows[2]).toEqual(['2026-W45', 2, 1, 0.5, 3]);
  expect(book.get('Builds')?.rows).toHaveLength(1 + 4);
  const info = book
    .get('Info')
    ?.rows.filter(([label]) => label === 'Filter')
    .map(([, value]) => value);
  expect(info).toEqual(['2026-11-01 to 2026-11-30', 'All plants']);
});

test('refused: a period that ends before it begins, a plant out of reach, a report without its right', () => {
  const ask = (filter: Partial<ReportFilter>, session = planner, report: ReportName = 'production') =>
    refusalOf(station, session, 'reporting.report', { report, filter: { ...NOVEMBER, ...filter } });
  expect(ask({ to: '2026-10-01' })).toBe('period_invalid');
  expect(ask({ from: '1900-01-01' })).toBe('period_invalid');
  expect(ask({ plant_id: bulkId(9, 9) as never })).toBe('no_plant_access');
  expect(ask({}, station.session('WAREHOUSE'), 'failures')).toBe('not_allowed');
});

test('over any lives, what was open and came less what left is what is open, and the rows sum to the lists', () => {
  const status = fc.constantFrom(...buildStatus.options);
  const life = fc.record({
    created: fc.integer({ min: -60, max: 25 }),
    steps: fc.array(fc.tuple(status, fc.integer({ min: 1, max: 12 })), { maxLength: 6 }),
  });
  const start = local('2026-11-01', '12:00');
  const [lives = []] = fc.sample(fc.array(life, { minLength: 150, maxLength: 150 }), 1);
  const drawn = lives.map(({ created, steps }, n): Life => {
    let at = start + created * 86_400_000;
    const created_at_ms = at;
    const kept = steps.map(([to, days]): Life['steps'][number] => {
      at += days * 86_400_000;
      return [to, at];
    });
    return { number: `P${n}`, customer: `Customer ${n % 7}`, created_at_ms, steps: kept };
  });
  const many = stationOf(drawn);
  const { tables } = ask(many.station, many.planner, 'reporting.report', {
    report: 'production',
    filter: { ...NOVEMBER, by: 'day' },
  });
  const from = local('2026-11-01', '00:00');
  const to = local('2026-12-01', '00:00');
  const shippedAt = drawn.map(one => (one.steps.at(-1)?.[0] === 'SHIPPED' ? arrivalOf(one) : null));
  const isIn = (at: number | null | undefined) => at != null && at >= from && at < to;
  const openAt = (at: number) =>
    drawn.filter((one, n) => one.created_at_ms < at && (shippedAt[n] === null || (shippedAt[n] ?? 0) >= at))
      .length;
  const sums = (column: number) =>
    tables[0]?.rows.reduce((sum, row) => sum + Number(row.cells[column]), 0) ?? Number.NaN;
  expect(sums(1)).toBe(drawn.filter(one => isIn(one.created_at_ms)).length);
  expect(sums(2)).toBe(shippedAt.filter(isIn).length);
  expect(tables[0]?.rows.at(-1)?.cells[4]).toBe(openAt(to));
  expect(openAt(from) + sums(1) - sums(2)).toBe(openAt(to));
});
/** The latest arrival in SHIPPED, not a step that leaves the build there. */
function arrivalOf({ steps }: Life): number {
  let at = steps.length - 1;
  while (steps[at - 1]?.[0] === 'SHIPPED') at -= 1;
  return steps[at]?.[1] ?? 0;
}
