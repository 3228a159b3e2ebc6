import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { playedLife, type Told } from './notices-support.ts';

const LANGUAGES = ['en', 'fr', 'es'];
const COORDINATORS = ['planner', 'planner_2'];
const PROCUREMENT = ['procurement', 'procurement_2'];
const INSPECTORS = ['qc_inspector', 'qc_inspector_2'];
const ASSEMBLERS = ['operator', 'operator_2'];
const ADMINISTRATORS = ['org_admin', 'org_admin_2'];
const but = (people: string[], actor: string) => people.filter(name => name !== actor);

interface Cell {
  event: string;
  type?: string;
  priority?: string;
  code?: string;
  people: string[];
}
const cell = (event: string, type: string, code: string, people: string[], priority = 'NORMAL'): Cell => ({
  event,
  type,
  code,
  people,
  priority,
});
const silent = (event: string): Cell => ({ event, people: [] });
const status = (event: string, to: string, people: string[], type = 'ORDER_STATUS_CHANGE') =>
  cell(event, type, `fulfilment:notices.status.${to}`, people);

/** Who is told of what: the table of the order workflow, without whoever caused the event. */
const MATRIX: Cell[] = [
  cell('order submitted', 'ORDER_STATUS_CHANGE', 'orders:notices.submitted', ['procurement']),
  cell('BOM sent back', 'INFO', 'orders:notices.bom_sent_back', COORDINATORS, 'HIGH'),
  cell('BOM approved', 'INFO', 'bom:notices.approved', [...COORDINATORS, 'procurement_2']),
  cell('new BOM version after approval', 'INFO', 'bom:notices.reopened', [...COORDINATORS, 'procurement_2']),
  status('-> PARTS_SENT', 'PARTS_SENT', [...but(PROCUREMENT, 'procurement'), ...COORDINATORS]),
  cell('outsourced part DELAYED', 'ERROR', 'fulfilment:notices.part_delayed', [
    ...but(PROCUREMENT, 'procurement'),
    ...COORDINATORS,
  ]),
  cell('outsourced part overdue', 'ERROR', 'fulfilment:notices.part_overdue', [
    ...PROCUREMENT,
    ...COORDINATORS,
  ]),
  cell('outsourced part RECEIVED', 'INFO', 'fulfilment:notices.part_received', [
    ...COORDINATORS,
    'procurement_2',
  ]),
  status('-> READY_FOR_PRE_QC', 'READY_FOR_PRE_QC', [...INSPECTORS, ...COORDINATORS], 'QC_REQUIRED'),
  cell(
    'Pre-QC FAIL, rework',
    'ERROR',
    'fulfilment:notices.issue.PRE_QC_REJECTION',
    [...COORDINATORS, ...ASSEMBLERS],
    'HIGH',
  ),
  cell(
    'Pre-QC FAIL, returned to maker',
    'ERROR',
    'fulfilment:notices.return_proposed',
    [...PROCUREMENT, ...COORDINATORS],
    'HIGH',
  ),
  cell('rework finished', 'QC_REQUIRED', 'fulfilment:notices.rework_finished', [
    ...INSPECTORS,
    ...COORDINATORS,
  ]),
  status('Pre-QC PASS', 'READY_FOR_PRODUCTION', [...ASSEMBLERS, ...COORDINATORS]),
  cell('build assigned', 'TASK_ASSIGNMENT', 'fulfilment:notices.assigned', [
    'operator_2',
    ...but(COORDINATORS, 'planner'),
  ]),
  cell('parts shortage', 'ERROR', 'fulfilment:notices.shortage', [...PROCUREMENT, ...COORDINATORS], 'URGENT'),
  cell('shortage resolved', 'INFO', 'fulfilment:notices.shortage_resolved', ['operator']),
  cell(
    'test failure',
    'ERROR',
    'fulfilment:notices.issue.TEST_FAILURE',
    [...COORDINATORS, ...INSPECTORS],
    'HIGH',
  ),
  status('-> TESTING_COMPLETE', 'TESTING_COMPLETE', COORDINATORS),
  status('-> PACKAGING_COMPLETE', 'PACKAGING_COMPLETE', COORDINATORS),
  status('-> READY_FOR_FINAL_QC', 'READY_FOR_FINAL_QC', [...INSPECTORS, ...COORDINATORS], 'QC_REQUIRED'),
  cell(
    'Final QC FAIL, rework',
    'ERROR',
    'fulfilment:notices.issue.FINAL_QC_REJECTION',
    [...COORDINATORS, 'operator'],
    'URGENT',
  ),
  status('Final QC PASS', 'READY_FOR_SHIP', COORDINATORS),
  status('-> SHIPPED', 'SHIPPED', but(COORDINATORS, 'planner')),
  silent('five days before the wanted day'),
  cell('want date in 3 days', 'INFO', 'fulfilment:notices.wanted_soon', COORDINATORS, 'HIGH'),
  silent('want date in 3 days, again'),
  cell('want date in 1 day', 'INFO', 'fulfilment:notices.wanted_soon', COORDINATORS, 'HIGH'),
  cell('overdue', 'ERROR', 'fulfilment:notices.overdue', [...ADMINISTRATORS, ...COORDINATORS]),
  silent('overdue, again the same day'),
  cell('overdue, the next day', 'ERROR', 'fulfilment:notices.overdue', [...ADMINISTRATORS, ...COORDINATORS]),
  cell('service order submitted', 'INFO', 'orders:notices.service_submitted', [
    ...PROCUREMENT,
    ...COORDINATORS,
  ]),
  cell('service order approved', 'INFO', 'orders:notices.service_approved', ['service']),
  cell('service order rejected', 'INFO', 'orders:notices.service_rejected', ['service']),
  cell('service order fulfilled', 'INFO', 'orders:notices.service_fulfilled', ['service']),
  cell('catalogue import finished', 'SYSTEM_UPDATE', 'catalogue:notices.import_finished', ADMINISTRATORS),
  cell('catalogue import failed', 'ERROR', 'catalogue:notices.import_failed', ['org_admin_2']),
  cell('account locked', 'ERROR', 'identity:notices.account_locked', ADMINISTRATORS, 'HIGH'),
  cell('repeated refused access', 'ERROR', 'identity:notices.access_refused', ADMINISTRATORS),
];

let played: Promise<Map<string, Told[]>> | undefined;
/** Played by the first test that asks; the others judge what was told then. */
const toldAtEvents = () => (played ??= playedLife());

describe('who is told of what', () => {
  test.each(MATRIX)('$event: $people', async ({ event, type, priority, code, people }) => {
    const told = (await toldAtEvents()).get(event);
    expect(told?.map(row => row.username).sort()).toEqual([...people].sort());
    for (const row of told ?? []) {
      expect(row).toMatchObject({ type, priority, code });
      for (const language of LANGUAGES) expect(textOf(language, row), language).not.toMatch(/\{\{|undefined/);
    }
  });
  test('nothing is told that the table does not name', async () => {
    const known = new Set(MATRIX.map(row => row.event));
    const others = [...(await toldAtEvents())].filter(
      ([event, told]) => !known.has(event) && told.length > 0,
    );
    expect(others.map(([event]) => event)).toEqual([]);
  });
});

const textsOf = new Map<string, unknown>();
/** The words of a message in a language, filled with its values. */
function textOf(language: string, { code, values }: Told): string {
  const [module = '', key = ''] = code.split(':');
  const file = path.join(import.meta.dirname, `../../../resources/locales/${language}/${module}.json`);
  const texts = textsOf.get(file) ?? JSON.parse(readFileSync(file, 'utf8'));
  textsOf.set(file, texts);
  const text = key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)?.[part], texts);
  if (typeof text !== 'string') throw new Error(`${language} has no text for ${code}`);
  return text.replaceAll(/\{\{(\w+)\}\}/g, (whole, name) => String(values[name] ?? whole));
}
