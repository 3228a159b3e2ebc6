import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { openWriter } from '../../db/sqlite/open.ts';
import { compose, programFolders, type Station } from '../../main/compose.ts';
import { installDemoPlant } from '../../main/demo-plant.ts';
import { historyRecordOf } from '../../main/modules/printing/history-record.service.ts';
import { silentLog } from '../../main/platform/log.ts';
import { findChromiumEngine } from '../../main/printing/chromium-engine.ts';
import type { Form, PlanType } from '../../preload/contract/inspection.ts';
import { attachDrawing, fillForm, moveTo, sign, thermometer } from '../modules/quality/inspection-support.ts';
import { bulkId, bulkInsert, bulkOrders, bulkWriter, type Owner } from '../support/bulk.ts';
import { answer, benchFolder } from './bench-station.ts';
import { type Figure, isMet, median, table } from './harness.ts';

/** `npm run bench:quality`: forms, steps and work lists of a plant with years of orders, and the record of a build. */
const ORDERS = 36_000;
const CHECKS = 200;
const LINES_PER_BOM = 5;
/** The newest ones; what is older was shipped. */
const OPEN_ORDERS = 6_000;
const MANAGER = { username: 'm.okafor', password: 'demo-plant-manager' };
const QUEUES = ['coordination', 'procurement', 'quality', 'assembly'] as const;
const upTo = { more_is_better: false, unit: 'ms' };

interface Build {
  order_id: Form['order_id'];
  order_number: string;
  basins: number;
}
const buildsOf = (station: Station): Build[] =>
  station.readAsSystem(ctx =>
    ctx.sql.all<Build>(
      `select id as order_id, order_number, json_array_length(configuration, '$.basins') as basins
       from orders where product_model_id is not null order by order_number, build_number`,
    ),
  );
const ownerOf = (station: Station): Owner =>
  station.readAsSystem(ctx => ({
    organization_id: ctx.organization_id,
    plant_id: ctx.actor.plant_id,
    user_id: ctx.actor.user_id,
    at_ms: ctx.now_ms,
  }));

/** Old orders with their history, BOMs and now and then a nonconformity. */
function fillYears(database: string, owner: Owner): void {
  const db = bulkWriter(database);
  const uom_id = String(db.prepare("select id from units_of_measure where uom_code = 'EA'").pluck().get());
  const material_id = String(db.prepare('select id from materials limit 1').pluck().get());
  const each = <Row>(rowsOf: (n: number) => Row[]) =>
    Array.from({ length: ORDERS }, (_, n) => n).flatMap(rowsOf);
  bulkInsert(db, 'orders', owner, agedOrders(owner));
  bulkInsert(
    db,
    'workflow_history',
    owner,
    each(n => historyRows(owner, n)),
  );
  bulkInsert(
    db,
    'bom_headers',
    owner,
    each(n => [bomRow(owner, n, uom_id)]),
  );
  bulkInsert(
    db,
    'bom_lines',
    owner,
    each(n => lineRows(n, uom_id, material_id)),
  );
  bulkInsert(
    db,
    'ncrs',
    owner,
    each(n => (n % 20 === 0 ? [ncrRow(owner, n)] : [])),
  );
  db.exec('analyze');
  db.pragma('wal_checkpoint(truncate)');
  db.close();
}
function* agedOrders(owner: Owner): Generator<Record<string, unknown>> {
  let n = 0;
  for (const row of bulkOrders(owner, ORDERS)) {
    yield n < OPEN_ORDERS ? row : { ...row, order_status: 'SHIPPED' };
    n += 1;
  }
}
const historyRows = (owner: Owner, n: number) =>
  [0, 1, 2].map(step => ({
    id: bulkId(5, n * 3 + step),
    entity_type: 'orders',
    entity_id: bulkId(1, n),
    event_type: step === 0 ? 'start' : 'transition',
    action: step === 0 ? 'ORDER_CREATED' : 'STATUS_UPDATED',
    from_status: step === 0 ? null : 'ORDER_CREATED',
    to_status: 'PARTS_SENT',
    performed_by: owner.user_id,
    performed_at_ms: owner.at_ms - n * 60_000 + step * 1000,
  }));
const bomRow = (owner: Owner, n: number, uom_id: string) => ({
  id: bulkId(2, n),
  plant_id: owner.plant_id,
  scope: 'ORDER',
  bom_number: `OLD-BOM-${n}`,
  bom_name: `BOM of ${n}`,
  order_id: bulkId(1, n),
  configuration_revision: 1,
  bom_version: 1,
  bom_type: 'PRODUCTION',
  status: 'APPROVED',
  base_quantity_e6: 1_000_000,
  uom_id,
  is_active: 1,
});
const lineRows = (n: number, uom_id: string, component_material_id: string) =>
  Array.from({ length: LINES_PER_BOM }, (_, line) => ({
    id: bulkId(3, n * LINES_PER_BOM + line),
    bom_header_id: bulkId(2, n),
    line_number: line + 1,
    parent_line_id: null,
    level: 0,
    component_material_id,
    item_number: '711.100',
    quantity_e6: 1_000_000,
    total_quantity_e6: 1_000_000,
    uom_id,
    scrap_percent_e4: 0,
    is_phantom: 0,
    backflush: 0,
    is_custom_part: 0,
    is_manual: 0,
    causes: '[]',
  }));
const ncrRow = (owner: Owner, n: number) => ({
  id: bulkId(6, n),
  plant_id: owner.plant_id,
  ncr_number: `NCR-OLD-${n}`,
  order_id: bulkId(1, n),
  characteristic_codes: '[]',
  ncr_type: 'OTHER',
  category: 'OTHER',
  severity: 'MINOR',
  needs_rework: 0,
  is_return_to_maker: 0,
  defect_description: 'Scratch on the rim',
  status: n % 40 === 0 ? 'OPEN' : 'RESOLVED',
  reported_by: owner.user_id,
  reported_at_ms: owner.at_ms,
});

/** The valid pre-QC form with as many more checks as make two hundred. */
function widenForm(database: string, owner: Owner): void {
  const db = bulkWriter(database);
  const plan = db
    .prepare<[], { plan_id: string; point_id: string; checks: number }>(
      `select p.id as plan_id, min(c.point_id) as point_id, count(*) as checks from inspection_plans p
       join inspection_characteristics c on c.plan_id = p.id where p.plan_type = 'PRE_QC' and p.status = 'ACTIVE' group by p.id`,
    )
    .get();
  if (!plan) throw new Error('no pre-QC form');
  const more = Array.from({ length: CHECKS - plan.checks }, (_, n) => ({
    id: bulkId(7, n),
    plan_id: plan.plan_id,
    point_id: plan.point_id,
    characteristic_code: `X${n}`,
    characteristic_name: JSON.stringify({ en: `Check ${n}`, fr: `Contrôle ${n}`, es: `Control ${n}` }),
    sequence: 1000 + n,
    data_type: 'BOOLEAN',
    is_required: 1,
    can_be_na: 0,
    is_informative: 0,
    is_unique: 0,
    applies_when: 'true',
    options: '[]',
    decimals: 0,
    estimated_minutes: 0,
  }));
  bulkInsert(db, 'inspection_characteristics', owner, more);
  db.close();
}

function bareInsert(database: string): number {
  const db = openWriter(database);
  db.exec('create table bench_bare (id integer primary key, words text)');
  const insert = db.prepare("insert into bench_bare (words) values ('x')");
  const ms = median(() => insert.run(), { least_runs: 30, least_ms: 500 });
  db.close();
  return ms;
}

function formFigures(station: Station, session: string, build: Build, floor: number): Figure[] {
  moveTo(station, build.order_id, 'READY_FOR_PRE_QC');
  const from = performance.now();
  const { log_id } = answer<{ log_id: Form['log_id'] }>(station, session, 'quality.openForm', {
    order_id: build.order_id,
    plan_type: 'PRE_QC',
  });
  const began_ms = performance.now() - from;
  const open = () => answer<Form>(station, session, 'quality.getForm', { log_id });
  const rows = open().sections.flatMap(section => section.rows);
  const open_ms = median(open);
  const plain = rows.filter(row => row.is_applicable && row.data_type === 'BOOLEAN' && row.unit === null);
  const ticks = plain.map(({ measurement_id }) => {
    const before = performance.now();
    const given = {
      measured_text: 'YES',
      measured_value_e6: null,
      is_na: false,
      other_text: null,
      note: null,
    };
    answer(station, session, 'quality.saveAnswer', { measurement_id, answer: given });
    return performance.now() - before;
  });
  const sorted = ticks.toSorted((a, b) => a - b);
  const rawRows = 'select * from inspection_measurements where log_id = ?';
  return [
    {
      ...upTo,
      work: `Form of ${rows.length} checks: opened`,
      measured: open_ms,
      target: 200,
      floor: median(() => station.readAsSystem(ctx => ctx.sql.all(rawRows, [log_id]))),
      floor_is: 'its bare rows',
      note: `begun for the first time, durable: ${Math.round(began_ms)} ms`,
    },
    {
      ...upTo,
      work: 'One tick of it, durable, with its trail (middle)',
      measured: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
      target: 50,
      floor,
      floor_is: 'one durable insert',
      note: `${sorted.length} ticks, 19 of 20 within ${Math.round(sorted[Math.floor(sorted.length * 0.95)] ?? 0)} ms`,
    },
  ];
}

async function stepFigure(station: Station, builds: readonly Build[], floor: number): Promise<Figure> {
  const took: number[] = [];
  for (const { order_id } of builds) {
    moveTo(station, order_id, 'PARTS_SENT');
    const from = performance.now();
    const reply = await station.callAsSystem('fulfilment.bodyArrived', { order_id });
    took.push(performance.now() - from);
    if (!reply.ok) throw new Error(`${reply.error.code} ${JSON.stringify(reply.error.details)}`);
  }
  const sorted = took.toSorted((a, b) => a - b);
  return {
    ...upTo,
    work: 'Step of a build with its guards, notices and history, durable (middle)',
    measured: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
    target: 100,
    floor,
    floor_is: 'one durable insert',
    note: `${took.length} builds, the slowest ${Math.round(sorted.at(-1) ?? 0)} ms`,
  };
}

function listFigures(station: Station, session: string): Figure[] {
  const asked = [
    ...QUEUES.map(queue => ({ what: `figures ${queue}`, path: 'fulfilment.dashboard', input: { queue } })),
    ...QUEUES.map(queue => ({ what: `list ${queue}`, path: 'fulfilment.queue', input: { queue } })),
    { what: 'inspections', path: 'quality.queue', input: {} },
    { what: 'floor', path: 'production.workBuilds', input: {} },
  ];
  const timings = asked.map(({ what, path: procedure, input }) => ({
    what,
    ms: median(() => answer(station, session, procedure, input), { least_runs: 3, least_ms: 100 }),
  }));
  const bare = "select count(*) from orders where order_status <> 'SHIPPED' and want_on >= ?";
  const floor = median(() => station.readAsSystem(ctx => ctx.sql.all(bare, ['1900-01-01'])));
  const figure = (work: string, of: typeof timings): Figure => ({
    ...upTo,
    work: `${work} at ${ORDERS.toLocaleString('en')} orders, ${OPEN_ORDERS.toLocaleString('en')} of them open: slowest`,
    measured: Math.max(...of.map(t => t.ms)),
    target: 200,
    floor,
    floor_is: 'counting the open orders',
    note: of.map(t => `${t.what} ${t.ms.toFixed(1)} ms`).join('; '),
  });
  return [
    figure('Figures of the four kinds of work', timings.slice(0, 4)),
    figure('Work lists', timings.slice(4)),
  ];
}

const STEPS: [PlanType, Parameters<typeof moveTo>[2]][] = [
  ['PRE_QC', 'READY_FOR_PRE_QC'],
  ['IN_PROCESS', 'READY_FOR_PRODUCTION'],
  ['TEST', 'READY_FOR_PRODUCTION'],
  ['PACKAGING', 'TESTING_COMPLETE'],
  ['FINAL_QC', 'READY_FOR_FINAL_QC'],
];
/** A build with every form signed, and its record as data and on paper. */
async function recordFigures(station: Station, session: string, build: Build): Promise<(Figure | string)[]> {
  const { order_id } = build;
  attachDrawing(station, order_id);
  const { instrument_id } = answer<{ instrument_id: string }>(station, session, 'quality.saveInstrument', {
    instrument_id: null,
    row_version: null,
    instrument: { ...thermometer, calibration_due_on: '2099-01-01' },
  });
  for (const [type, status] of STEPS) {
    moveTo(station, order_id, status);
    const log_id = fillForm(station, session, order_id, type);
    if (type === 'TEST')
      answer(station, session, 'quality.setHeader', { log_id, notes: '', instrument_ids: [instrument_id] });
    sign(station, session, log_id, MANAGER);
  }
  const forms = `from inspection_logs l join inspection_measurements m on m.log_id = l.id where l.order_id = ?`;
  const bare_ms = median(() => station.readAsSystem(ctx => ctx.sql.all(`select m.* ${forms}`, [order_id])));
  const work = `Device history record of a build with ${build.basins} basins`;
  const floor = { floor: bare_ms, floor_is: 'the bare answers of its forms' };
  const data_ms = median(() => station.readAsSystem(ctx => historyRecordOf(ctx, { order_id })), {
    least_runs: 3,
  });
  const data = { ...upTo, ...floor, work: `${work}: as data`, measured: data_ms, target: 1000, note: '' };
  if (!station.program.dist || !existsSync(path.join(station.program.dist, 'print/print.js')))
    return [data, `${work} as PDF: npm run build first`];
  const times: number[] = [];
  let pages = 0;
  for (let run = 0; run < 3; run += 1) {
    const from = performance.now();
    const reply = await station.callAsSystem('printing.renderPdf', {
      document: 'device_history_record',
      params: { order_id },
    });
    times.push(performance.now() - from);
    if (!reply.ok) return [data, `${work} as PDF: ${reply.error.code}`];
    pages = (reply.value as { pages: number }).pages;
  }
  return [
    data,
    {
      ...upTo,
      ...floor,
      work: `${work}: PDF`,
      measured: Math.min(...times),
      target: 3000,
      note: `${pages} pages; the quickest of three, the browser started each time`,
    },
  ];
}

const made = benchFolder();
try {
  const open = () =>
    compose({
      data_folder: made.folder,
      log: silentLog,
      pdf: findChromiumEngine(),
      folders: programFolders(),
      replicates_by_itself: false,
    });
  const empty = open();
  await installDemoPlant(empty);
  const owner = ownerOf(empty);
  const { database } = empty.folders;
  await empty.close();
  const from = performance.now();
  fillYears(database, owner);
  process.stderr.write(`filled in ${((performance.now() - from) / 1000).toFixed(1)} s\n`);
  const floor = bareInsert(database);

  const station = open();
  const { session } = answer<{ session: string }>(station, '', 'identity.signIn', MANAGER);
  const builds = buildsOf(station);
  const [wide, record] = builds.filter(build => build.basins === 3);
  if (!wide || !record) throw new Error('the demo plant has no two builds with three basins');
  const others = builds.filter(build => build !== wide && build !== record);
  const figures = listFigures(station, session);
  figures.push(await stepFigure(station, others, floor));
  const skipped: string[] = [];
  for (const figure of await recordFigures(station, session, record))
    if (typeof figure === 'string') skipped.push(figure);
    else figures.push(figure);
  widenForm(database, owner);
  figures.push(...formFigures(station, session, wide, floor));
  await station.close();
  process.stdout.write(`${table(figures)}\n${skipped.map(text => `- ${text}\n`).join('')}`);
  mkdirSync('out', { recursive: true });
  writeFileSync('out/bench-quality.json', JSON.stringify(figures, null, 1));
  if (figures.some(figure => isMet(figure) === false)) process.exitCode = 1;
} finally {
  made.remove();
}
