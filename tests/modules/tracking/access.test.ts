import { expect, test } from 'vitest';
import { departments } from '../../../db/schema/identity.ts';
import { work_centers } from '../../../db/schema/tracking.ts';
import { ask, refusalOf } from '../../support/station.ts';
import { type TrackingStation, trackingStation, typed } from './tracking-support.ts';

const offered = (station: TrackingStation, username: string) =>
  ask(station, station.as(username), 'tracking.workCenters', {}).centers.flatMap(c =>
    c.can_book ? [c.work_center_code] : [],
  );
const ALL = ['WC001', 'WC002', 'WC003', 'WC004', 'WC005'];

test('OT-ACC-1: a person of Quality Control is offered WC005 alone', () => {
  const station = trackingStation();
  expect(offered(station, 'u2')).toEqual(['WC005']);
  expect(offered(station, 'u1')).toEqual(ALL.slice(0, 4));
});

test('OT-ACC-2: a row for another department’s work centre refuses the whole batch', () => {
  const station = trackingStation();
  const u2 = station.as('u2');
  const rows = [typed(station.center('WC005'), 'PO-1', 1), typed(station.center('WC001'), 'PO-1', 1)];
  expect(refusalOf(station, u2, 'tracking.book', { movement_type: 'IN', rows })).toBe(
    'work_center_not_yours',
  );
  expect(ask(station, u2, 'tracking.movements', {}).total).toBe(0);
});

test('OT-ACC-3: a renamed department keeps its access; a deactivated one loses it', () => {
  const station = trackingStation();
  const id = station.department_ids.get('Quality Control') ?? '';
  station.asSystem('test', ctx => ctx.update(departments, id, { dept_name: 'QC' }));
  expect(offered(station, 'u2')).toEqual(['WC005']);
  station.asSystem('test', ctx => ctx.update(departments, id, { is_active: false }));
  expect(offered(station, 'u2')).toEqual([]);
});

test('OT-ACC-4: an administrator with a department sees all five', () => {
  expect(offered(trackingStation(), 'boss')).toEqual(ALL);
});

test('a department without links is offered nothing and told so; without a department the setting decides', () => {
  const station = trackingStation();
  expect(ask(station, station.as('lost'), 'tracking.workCenters', {})).toMatchObject({
    centers: [],
    missing: 'no_access',
  });
  expect(offered(station, 'free')).toEqual(ALL);
  ask(station, station.session('ORG_ADMIN'), 'infrastructure.saveSetting', {
    key: 'tracking.noDepartment',
    value: 'NONE',
  });
  expect(offered(station, 'free')).toEqual([]);
});

test('reports show the work centres of one’s department, or all of them by setting; balances are of everybody’s rows', () => {
  const station = trackingStation();
  const seen = (username: string) =>
    ask(station, station.as(username), 'tracking.balances', {}).rows.map(r => r.closing);
  expect(seen('u2')).toEqual([]);
  expect(seen('u1')).toEqual([30, -5, 0]);
  ask(station, station.session('ORG_ADMIN'), 'infrastructure.saveSetting', {
    key: 'tracking.reportScope',
    value: 'ALL',
  });
  expect(seen('u2')).toEqual([30, -5, 0]);
  expect(offered(station, 'u2')).toEqual(['WC005']);
});

test('an inactive work centre is not offered, refuses bookings and stays in reports', () => {
  const station = trackingStation();
  station.asSystem('test', ctx => ctx.update(work_centers, station.center('WC001'), { is_active: false }));
  expect(offered(station, 'u1')).toEqual(ALL.slice(1, 4));
  const rows = [typed(station.center('WC001'), 'PO-1', 1)];
  expect(refusalOf(station, station.as('u1'), 'tracking.book', { movement_type: 'IN', rows })).toBe(
    'work_center_not_yours',
  );
  expect(ask(station, station.as('u1'), 'tracking.balances', {}).rows[0]).toMatchObject({
    work_center_code: 'WC001',
    is_active: false,
  });
});

test('a work centre with movements is deactivated, never deleted; codes and names are unique without case', () => {
  const station = trackingStation();
  const boss = station.as('boss');
  const used = station.center('WC001');
  expect(station.serve(boss, 'tracking.deleteWorkCenter', { work_center_id: used })).toMatchObject({
    error: { code: 'work_center_in_use', details: { count: 5 } },
  });
  ask(station, boss, 'tracking.deleteWorkCenter', { work_center_id: station.center('WC003') });
  const fields = {
    work_center_type: 'ASSEMBLY',
    flow_position: 9,
    is_active: true,
    department_ids: [],
  } as const;
  const save = (work_center_code: string, work_center_name: string) =>
    refusalOf(station, boss, 'tracking.saveWorkCenter', { ...fields, work_center_code, work_center_name });
  expect(save('wc001', 'Other')).toBe('work_center_code_taken');
  expect(save('WC009', 'ASSEMBLY')).toBe('work_center_name_taken');
  expect(save('wc009', 'Packing')).toBe('accepted');
  const { rows } = ask(station, boss, 'tracking.listWorkCenters', {});
  expect(rows.map(r => [r.work_center_code, r.movements, r.people, r.departments.length])).toEqual([
    ['WC001', 5, 3, 1],
    ['WC002', 2, 3, 1],
    ['WC004', 0, 3, 1],
    ['WC005', 0, 1, 1],
    ['WC009', 0, 0, 0],
  ]);
});

test('the default work centres are made once; a renamed one is not made again', () => {
  const station = trackingStation();
  const boss = station.as('boss');
  expect(ask(station, boss, 'tracking.createDefaultWorkCenters', {})).toEqual({ created: 0 });
  station.asSystem('test', ctx => {
    for (const row of ctx.sql.all<{ id: string }>('select id from order_movements'))
      ctx.remove({ name: 'order_movements' } as never, row.id);
  });
  for (const code of ALL)
    ask(station, boss, 'tracking.deleteWorkCenter', { work_center_id: station.center(code) });
  expect(ask(station, boss, 'tracking.createDefaultWorkCenters', {})).toEqual({ created: 5 });
  expect(ask(station, boss, 'tracking.createDefaultWorkCenters', {})).toEqual({ created: 0 });
});
