import { writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { users } from '../../../db/schema/identity.ts';
import { healthOf } from '../../../main/modules/infrastructure/health.service.ts';
import { copiesToDrop } from '../../../main/platform/backup.rules.ts';
import { silentLog } from '../../../main/platform/log.ts';
import { foldersOf, listBackups, restoreBackup } from '../../../main/platform/station-folder.ts';
import '../../support/properties.ts';
import { ask, refusalOf, testStation } from '../../support/station.ts';
import { D1, type Row, trackingStation, typed } from './tracking-support.ts';

const DAY_MS = 86_400_000;
const at = (day: string) => Date.parse(`${day}T08:00Z`);

test('OT-INA-1: proposed is who has not booked since the cutoff, neither new people nor administrators', () => {
  const station = trackingStation([], { now_ms: at('2025-01-15') });
  const booked = (user: string, day: string): Row => ({
    at_ms: at(day),
    order: 'A',
    center: 'WC001',
    type: 'IN',
    quantity: 1,
    user,
  });
  station.add([booked('u1', '2025-06-05'), booked('u2', '2025-06-04'), booked('free', '2025-09-01')]);
  station.clock.forward(at('2025-08-01') - station.clock.now_ms());
  station.asSystem('test.new', ctx =>
    ctx.insert(users, {
      username: 'u5',
      full_name: 'Person u5',
      initials: 'u5',
      hashed_password: 'none',
      plant_id: station.plant_id,
    }),
  );
  station.clock.forward(at('2025-09-03') - station.clock.now_ms());
  const admin = station.session('ORG_ADMIN');
  const found = ask(station, admin, 'tracking.inactivePeople', {});
  expect(found.before_on).toBe('2025-06-05');
  const names = found.people.map(person => person.username);
  expect(names).toContain('u2');
  for (const other of ['u1', 'free', 'u5', 'boss', 'org_admin']) expect(names).not.toContain(other);

  const ids = found.people.filter(person => person.username === 'u2').map(person => person.user_id);
  expect(refusalOf(station, station.as('boss'), 'tracking.deactivateInactive', { user_ids: ids })).toBe(
    'not_allowed',
  );
  const u1 = station.people.get('u1');
  const wrong = { user_ids: u1 ? [...ids, u1] : ids };
  expect(refusalOf(station, admin, 'tracking.deactivateInactive', wrong)).toBe('person_not_inactive');
  expect(ask(station, admin, 'tracking.deactivateInactive', { user_ids: ids })).toEqual({ deactivated: 1 });
  const after = ask(station, admin, 'tracking.inactivePeople', {}).people.map(person => person.username);
  expect(after).not.toContain('u2');
});

test('OT-SES-1: after 31 minutes without a call the service asks to sign in again; 25 minutes are fine', () => {
  const station = trackingStation();
  const admin = station.session('ORG_ADMIN');
  ask(station, admin, 'infrastructure.saveSetting', { key: 'auth.idleMinutes', value: 30 });
  const u1 = station.as('u1');
  ask(station, u1, 'tracking.workCenters', {});
  station.clock.forward(25 * 60_000);
  ask(station, u1, 'tracking.workCenters', {});
  station.clock.forward(31 * 60_000);
  expect(refusalOf(station, u1, 'tracking.workCenters', {})).toBe('session_locked');
  const rows = [typed(station.center('WC001'), 'A', 1)];
  expect(refusalOf(station, u1, 'tracking.book', { movement_type: 'IN', rows })).toBe('session_locked');
});

test('OT-HLT-1: without its database a station is live and not ready, told within a second', () => {
  const station = testStation({ roles: ['ORG_ADMIN'] });
  const health = ask(station, station.session('ORG_ADMIN'), 'infrastructure.health', {});
  expect(health).toMatchObject({ is_live: true, is_ready: true, exchange: 'standalone' });

  const closed = new Database(':memory:');
  closed.close();
  const began_ms = performance.now();
  const down = station.readAsSystem(ctx =>
    healthOf({
      ...ctx,
      log: silentLog,
      sql: {
        all: sql => closed.prepare(sql).all() as never,
        get: sql => closed.prepare(sql).get() as never,
        iterate: sql => closed.prepare(sql).iterate() as never,
      },
    }),
  );
  expect(performance.now() - began_ms).toBeLessThan(1000);
  expect(down).toMatchObject({ is_live: true, is_ready: false, database_ms: null });
  expect(down.problems).toContain('database_down');
});

test('health tells of an old backup', () => {
  const station = testStation({ roles: ['ORG_ADMIN'] });
  const admin = station.session('ORG_ADMIN');
  const newest = ask(station, admin, 'infrastructure.listBackups', {})[0];
  const late_ms = (newest?.made_at_ms ?? 0) + 26 * 3_600_000 + 1 - station.clock.now_ms();
  station.clock.forward(late_ms);
  const again = station.session('ORG_ADMIN');
  expect(ask(station, again, 'infrastructure.health', {}).problems).toContain('backup_old');
});

test('a restored backup has the balances of its time, and a damaged copy is not put in place', async () => {
  const station = trackingStation(D1);
  const boss = station.as('boss');
  const balances = () => ask(station, boss, 'tracking.balances', {}).rows.map(row => row.closing);
  expect(balances()).toEqual([30, -5, 0]);
  await station.runJob(station.session('ORG_ADMIN'), 'infrastructure.makeBackup', {});
  const rows = [typed(station.center('WC001'), 'PO-2025-001', 7)];
  ask(station, boss, 'tracking.book', { movement_type: 'IN', rows });
  expect(balances()).toEqual([37, -5, 0]);
  const folders = foldersOf(station.folders.root);
  const [copy = ''] = listBackups(folders);
  await station.close();
  restoreBackup(folders.root, copy);
  const restored = new Database(folders.database, { readonly: true });
  const sums = restored.prepare(
    'select in_quantity - out_quantity as balance from movement_totals order by order_key, work_center_id',
  );
  expect(sums.all()).toEqual([{ balance: 30 }, { balance: -5 }, { balance: 0 }]);
  restored.close();
  const broken = path.join(folders.backups, 'broken.db');
  writeFileSync(broken, 'not a database');
  expect(() => restoreBackup(folders.root, broken)).toThrow('database_damaged');
});

test('of any row of daily copies fourteen days, eight weeks and twelve months are kept', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 0, max: 6 }), (days, offset) => {
      let copies: { file: string; made_at_ms: number }[] = [];
      for (let day = 0; day < days; day += 1) {
        const made_at_ms = Date.UTC(2024, 0, 1 + offset) + day * DAY_MS;
        copies.push({ file: String(day), made_at_ms });
        const gone = new Set(copiesToDrop(copies).map(copy => copy.file));
        copies = copies.filter(copy => !gone.has(copy.file));
      }
      const newest = Array.from({ length: Math.min(14, days) }, (_, at) => String(days - 1 - at));
      expect(copies.map(copy => copy.file)).toEqual(expect.arrayContaining(newest));
      const months = new Set(copies.map(copy => new Date(copy.made_at_ms).toISOString().slice(0, 7)));
      expect(months.size).toBeLessThanOrEqual(12);
      if (days > 400) expect(months.size).toBe(12);
      expect(copies.length).toBeLessThanOrEqual(14 + 8 + 12);
    }),
    { numRuns: 20 },
  );
});
