import type { Id } from '../../../db/kit/columns.ts';
import { user_plant_access, user_roles, users } from '../../../db/schema/identity.ts';
import { planImport } from '../../../main/modules/catalogue/import.service.ts';
import { readCatalogueFolder } from '../../../main/modules/catalogue/import-files.ts';
import { finishImport } from '../../../main/modules/catalogue/import-job.service.ts';
import { flagsOfLevel } from '../../../main/modules/identity/permissions.rules.ts';
import { routines } from '../../../main/modules/index.ts';
import { hashSecret } from '../../../main/platform/secrets.ts';
import { ask, askJob, PASSWORD, type TestStation } from '../../support/station.ts';
import { demoFolder, draftOf, oneBasin, submitDraft } from '../orders/order-support.ts';
import { lifeOf } from './life-support.ts';

export interface Told {
  username: string;
  type: string;
  priority: string;
  code: string;
  values: Record<string, string | number>;
}
const DAY_MS = 86_400_000;
const HASH = hashSecret(PASSWORD);

/** A second holder of a role, so that somebody is told what the first one did. */
export function colleague(station: TestStation, role: string): string {
  const username = `${role.toLowerCase()}_2`;
  station.asSystem('test.colleague', ctx => {
    const place = ctx.sql.get<{ id: Id<'plants'>; department_id: Id<'departments'> }>(
      'select p.id, d.id as department_id from plants p join departments d on d.plant_id = p.id limit 1',
    );
    const held = ctx.sql.get<{ id: Id<'roles'> }>('select id from roles where role_code = ?', [role]);
    if (!place || !held) throw new Error(`no place or no role ${role}`);
    const user = ctx.insert(users, {
      username,
      full_name: `Second ${role}`,
      initials: 'S2',
      hashed_password: HASH,
      plant_id: place.id,
      department_id: place.department_id,
    });
    ctx.insert(user_roles, { user_id: user.id, role_id: held.id });
    ctx.insert(user_plant_access, {
      user_id: user.id,
      plant_id: place.id,
      access_level: 'ADMIN',
      ...flagsOfLevel('ADMIN'),
    });
  });
  return username;
}

const TOLD = `select n.rowid as place, u.username, n.notification_type as type, n.priority, n.message_code as code, n.message_values as found
  from notifications n join users u on u.id = n.user_id where n.rowid > ? order by n.rowid`;
/** What was told since the last call. */
export function listener(station: TestStation) {
  let last = 0;
  return (): Told[] => {
    const rows = station.readAsSystem(ctx =>
      ctx.sql.all<Told & { place: number; found: string }>(TOLD, [last]),
    );
    last = rows.at(-1)?.place ?? last;
    return rows.map(({ username, type, priority, code, found }) => ({
      username,
      type,
      priority,
      code,
      values: JSON.parse(found),
    }));
  };
}

/** One order through its whole life with everything that can go wrong, and who was told at each event. */
export async function playedLife(): Promise<Map<string, Told[]>> {
  const life = lifeOf();
  const { station, order_id, as } = life;
  const told = listener(station);
  const events = new Map<string, Told[]>([['order submitted', told()]]);
  for (const role of ['PLANNER', 'ORG_ADMIN', 'OPERATOR', 'QC_INSPECTOR', 'PROCUREMENT'])
    colleague(station, role);
  const at = <T>(event: string, act: () => T): T => {
    told();
    const value = act();
    events.set(event, told());
    return value;
  };
  const bom = () => {
    const [found] = ask(station, as('PROCUREMENT'), 'bom.versions', { order_id }).versions;
    if (!found) throw new Error('no BOM');
    return { bom_id: found.bom_id, expected_version: found.row_version };
  };
  const assign = (username: string, role = 'PLANNER') =>
    ask(station, as(role), 'fulfilment.assign', {
      orders: [{ order_id, expected_version: life.situation().row_version }],
      user_id: station.readAsSystem(
        ctx =>
          ctx.sql.get<{ id: Id<'users'> }>('select id from users where username = ?', [username])?.id ?? null,
      ),
    });
  const issue = () => {
    const [found] = life.situation().issues;
    if (!found) throw new Error('no issue');
    return { ncr_id: found.ncr_id, expected_version: found.row_version };
  };
  const settle = (role: string) =>
    ask(station, as(role), 'fulfilment.resolveIssue', {
      ...issue(),
      resolution_notes: 'Put right at the bench',
    });

  at('BOM sent back', () =>
    ask(station, as('PROCUREMENT'), 'bom.sendBack', { ...bom(), reason: 'Wrong legs' }),
  );
  assign('procurement_2');
  at('BOM approved', () => ask(station, as('PROCUREMENT'), 'bom.approve', bom()));
  at('new BOM version after approval', () => ask(station, as('PROCUREMENT'), 'bom.reopen', { order_id }));
  ask(station, as('PROCUREMENT'), 'bom.approve', bom());
  const parts = () => ask(station, as('PROCUREMENT'), 'fulfilment.outsourced', { order_id }).rows;
  at('-> PARTS_SENT', () =>
    ask(station, as('PROCUREMENT'), 'fulfilment.sendParts', {
      order_id,
      shipment_item_ids: parts().map(line => line.shipment_item_id),
    }),
  );
  assign('procurement_2');
  const setPart = (status: 'DELAYED' | 'RECEIVED') => {
    const [line] = parts().filter(row => row.outsourcing_status !== 'RECEIVED');
    if (!line) throw new Error('no part out');
    ask(station, as('PROCUREMENT'), 'fulfilment.setOutsourcing', {
      shipment_item_id: line.shipment_item_id,
      expected_version: line.row_version,
      status,
    });
  };
  at('outsourced part DELAYED', () => setPart('DELAYED'));
  at('outsourced part RECEIVED', () => setPart('RECEIVED'));
  at('-> READY_FOR_PRE_QC', () => life.bodyArrived());
  at('Pre-QC FAIL, rework', () =>
    life.signed('PRE_QC', 'FAIL', { P07: { measured_text: 'NO', note: 'Rim is bent' } }),
  );
  at('Pre-QC FAIL, returned to maker', () =>
    ask(station, as('QC_INSPECTOR'), 'fulfilment.proposeReturn', issue()),
  );
  at('rework finished', () => settle('OPERATOR'));
  station.clock.forward(1000);
  life.signed('PRE_QC');
  at('Pre-QC PASS', () => life.move('QC_INSPECTOR', 'T4'));
  at('build assigned', () => assign('operator_2'));
  assign('operator');
  assign('operator_2');
  assign('operator');
  at('parts shortage', () =>
    ask(station, as('OPERATOR'), 'fulfilment.reportShortage', {
      order_id,
      category: 'PART_NOT_AVAILABLE',
      description: 'Valve plate is not on the shelf',
    }),
  );
  at('shortage resolved', () =>
    ask(station, as('PROCUREMENT'), 'fulfilment.resolveShortage', {
      ...issue(),
      resolution_notes: 'Delivered from stock B',
    }),
  );
  life.workAllTasks();
  life.signed('IN_PROCESS');
  at('test failure', () =>
    life.signed('TEST', 'FAIL', { 'G1-A': { measured_text: 'NO', note: 'Leaks at the drain' } }),
  );
  settle('OPERATOR');
  station.clock.forward(1000);
  life.signed('TEST');
  life.captureSerials();
  at('-> TESTING_COMPLETE', () => life.move('OPERATOR', 'T5'));
  life.signed('PACKAGING');
  at('-> PACKAGING_COMPLETE', () => life.move('OPERATOR', 'T6'));
  at('-> READY_FOR_FINAL_QC', () => life.move('OPERATOR', 'T7'));
  at('Final QC FAIL, rework', () =>
    life.signed('FINAL_QC', 'FAIL', { F04: { measured_text: 'NO', note: 'Gap at the basin' } }),
  );
  settle('OPERATOR');
  station.clock.forward(1000);
  life.signed('FINAL_QC');
  at('Final QC PASS', () => life.move('QC_INSPECTOR', 'T8'));
  at('-> SHIPPED', () => life.move('PLANNER', 'T9'));
  playedBesides(station, at);
  await playedImports(station, events, told);
  playedReminders(station, at);
  return events;
}

type At = <T>(event: string, act: () => T) => T;
function playedBesides(station: TestStation, at: At): void {
  const service = station.session('SERVICE');
  const procurement = station.session('PROCUREMENT');
  const request = () => {
    const [item] = ask(station, service, 'orders.serviceCatalogue', { text: '' }).items;
    if (!item) throw new Error('no service part');
    const lines = [{ material_id: item.material_id, quantity_e6: 1_000_000 }];
    ask(station, service, 'orders.addToCart', { lines });
    return ask(station, service, 'orders.submitCart', {}).order_id;
  };
  const order_id = at('service order submitted', request);
  at('service order approved', () =>
    ask(station, procurement, 'orders.approveServiceOrders', { order_ids: [order_id] }),
  );
  at('service order fulfilled', () => ask(station, procurement, 'orders.fulfilServiceOrder', { order_id }));
  const other = request();
  at('service order rejected', () =>
    ask(station, procurement, 'orders.rejectServiceOrders', {
      order_ids: [other],
      reason: 'Not sold any more',
    }),
  );
  const viewer = station.session('VIEWER');
  at('repeated refused access', () => {
    for (let n = 0; n < 6; n++) station.serve(viewer, 'infrastructure.listSettings', {});
  });
  at('account locked', () => {
    for (let n = 0; n < 5; n++)
      station.serve(null, 'identity.signIn', { username: 'viewer', password: 'not this one' });
  });
}

async function playedImports(
  station: TestStation,
  events: Map<string, Told[]>,
  told: () => Told[],
): Promise<void> {
  const input = { files: [{ name: 'parts.json', text: '{' }], dry_run: false };
  told();
  await askJob(station, station.session('ORG_ADMIN'), 'catalogue.importCatalogue', input).catch(
    () => undefined,
  );
  events.set('catalogue import failed', told());
  station.asSystem('catalogue.importCatalogue', ctx =>
    finishImport(ctx, planImport(ctx, readCatalogueFolder(demoFolder)), input),
  );
  events.set('catalogue import finished', told());
}

function playedReminders(station: TestStation, at: At): void {
  const runRoutines = () =>
    station.asSystem('station.routines', ctx => {
      for (const routine of routines) routine(ctx);
    });
  const planner = station.session('PLANNER');
  const draft = draftOf([{ build_number: 'BUILD-009', configuration: oneBasin }], {
    order_number: 'PO-2002',
    want_on: '2026-11-25',
  });
  const [build] = submitDraft(station, planner, draft).builds;
  if (!build) throw new Error('no second order');
  const procurement = station.session('PROCUREMENT');
  ask(station, procurement, 'fulfilment.markOutsourced', {
    order_id: build.order_id,
    bom_line_ids: ask(station, procurement, 'bom.get', { bom_id: build.bom_id })
      .rows.slice(0, 1)
      .flatMap(row => row.line_id ?? []),
  });
  const { rows } = ask(station, procurement, 'fulfilment.outsourced', { order_id: build.order_id });
  ask(station, procurement, 'fulfilment.sendParts', {
    order_id: build.order_id,
    shipment_item_ids: rows.map(line => line.shipment_item_id),
    expected_on: '2026-11-22',
  });
  at('five days before the wanted day', runRoutines);
  station.clock.forward(2 * DAY_MS);
  at('want date in 3 days', runRoutines);
  at('want date in 3 days, again', runRoutines);
  station.clock.forward(DAY_MS);
  at('outsourced part overdue', runRoutines);
  station.clock.forward(DAY_MS);
  at('want date in 1 day', runRoutines);
  station.clock.forward(2 * DAY_MS);
  at('overdue', runRoutines);
  at('overdue, again the same day', runRoutines);
  station.clock.forward(DAY_MS);
  at('overdue, the next day', runRoutines);
}
