import { appendFileSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inspectFile } from '../../../db/sqlite/open.ts';
import { cleanLogLine } from '../../../main/modules/infrastructure/diagnostics.rules.ts';
import {
  notify,
  removeOldNotifications,
} from '../../../main/modules/infrastructure/notifications.service.ts';
import { numberOf } from '../../../main/modules/infrastructure/numbers.rules.ts';
import { nextNumber } from '../../../main/modules/infrastructure/numbers.service.ts';
import { refuse } from '../../../main/rpc/refusal.ts';
import { ask, askJob, refusalOf, testStation } from '../../support/station.ts';

test('numbers follow their pattern and never repeat, whatever is refused in between', () => {
  expect(numberOf('NCR-{year}-####', 7, '2026')).toBe('NCR-2026-0007');
  expect(numberOf('B-##', 1234, '2026')).toBe('B-1234');
  fc.assert(
    fc.property(
      fc.array(fc.record({ series: fc.constantFrom('A', 'B'), is_refused: fc.boolean() }), { maxLength: 40 }),
      steps => {
        const station = testStation({ roles: [] });
        const given: string[] = [];
        for (const { series, is_refused } of steps) {
          try {
            const number = station.asSystem('test.number', ctx => {
              const taken = nextNumber(ctx, { series, pattern: `${series}-{year}-###` });
              return is_refused ? refuse('not_today') : taken;
            });
            given.push(number);
          } catch (error) {
            if (!(error instanceof Error) || error.message !== 'not_today') throw error;
          }
        }
        expect(new Set(given).size).toBe(given.length);
        const kept = (series: string) => steps.filter(s => s.series === series && !s.is_refused).length;
        for (const series of ['A', 'B']) {
          const numbers = given.filter(n => n.startsWith(series));
          expect(numbers).toEqual(
            Array.from(
              { length: kept(series) },
              (_, i) => `${series}-2026-${String(i + 1).padStart(3, '0')}`,
            ),
          );
        }
      },
    ),
    { numRuns: 10 },
  );
});

test('a notice reaches every active holder of the role once, and not the one who caused it', () => {
  const station = testStation({ roles: ['ORG_ADMIN', 'PLANNER', 'PROCUREMENT'] });
  const [admin, planner, procurement] = ['ORG_ADMIN', 'PLANNER', 'PROCUREMENT'].map(station.session) as [
    string,
    string,
    string,
  ];
  const plannerId = ask(station, planner, 'identity.me', {}).user_id;
  station.asSystem('test.notice', ctx =>
    notify(
      { ...ctx, actor: { ...ctx.actor, user_id: plannerId } },
      {
        roles: ['PLANNER', 'PROCUREMENT', 'PROCUREMENT'],
        user_ids: [plannerId],
        type: 'ORDER_STATUS_CHANGE',
        message_code: 'orders:notices.submitted',
        message_values: { number: 'PO-1' },
      },
    ),
  );
  const list = (session: string) => ask(station, session, 'infrastructure.listNotifications', {});
  expect(list(planner).rows).toEqual([]);
  expect(list(admin).rows).toEqual([]);
  expect(list(procurement)).toMatchObject({
    unread: 1,
    rows: [{ message_code: 'orders:notices.submitted', message_values: { number: 'PO-1' }, is_read: false }],
  });
  const id = list(procurement).rows[0]?.notification_id ?? '';
  ask(station, planner, 'infrastructure.markRead', { notification_ids: [id] });
  expect(
    ask(station, procurement, 'infrastructure.unreadCount', {}).unread,
    'somebody else cannot mark it',
  ).toBe(1);
  ask(station, procurement, 'infrastructure.markRead', { notification_ids: [id] });
  expect(list(procurement)).toMatchObject({ unread: 0, rows: [{ is_read: true }] });
});

test('mark all read counts what it marked', () => {
  const station = testStation({ roles: ['PLANNER'] });
  for (const n of [1, 2, 3])
    station.asSystem('test.notice', ctx =>
      notify(ctx, {
        roles: ['PLANNER'],
        type: 'INFO',
        message_code: 'orders:notices.x',
        message_values: { n },
      }),
    );
  const planner = station.session('PLANNER');
  expect(ask(station, planner, 'infrastructure.markAllRead', {}).marked).toBe(3);
  expect(ask(station, planner, 'infrastructure.markAllRead', {}).marked).toBe(0);
});

test('messages are held by the reader’s own choice, one by one made unread again, and read ones go in the end', () => {
  const station = testStation({ roles: ['PLANNER', 'VIEWER'] });
  const planner = station.session('PLANNER');
  const tell = (type: 'INFO' | 'ERROR', once?: string) =>
    station.asSystem('test.notice', ctx =>
      notify(ctx, {
        roles: ['PLANNER'],
        type,
        message_code: 'orders:notices.x',
        ...(once && { once }),
      }),
    );
  const list = (input = {}) => ask(station, planner, 'infrastructure.listNotifications', input);
  expect(
    refusalOf(station, planner, 'infrastructure.savePreferences', {
      choices: {},
      quiet_from_min: 60,
      quiet_to_min: null,
    }),
  ).toBe('quiet_hours_half');
  const chosen = {
    choices: { INFO: { is_wanted: true, pace: 'HOURLY' as const } },
    quiet_from_min: null,
    quiet_to_min: null,
  };
  ask(station, planner, 'infrastructure.savePreferences', chosen);
  expect(ask(station, planner, 'infrastructure.savePreferences', chosen)).toEqual(chosen);
  station.clock.forward(60_000);
  tell('INFO');
  tell('ERROR', 'the same event');
  tell('ERROR', 'the same event');
  expect(list().rows.map(row => row.notification_type)).toEqual(['ERROR']);
  station.clock.forward(3_600_000);
  expect(list().unread).toBe(2);
  expect(list({ types: ['INFO'] })).toMatchObject({ total: 1, rows: [{ notification_type: 'INFO' }] });
  ask(station, planner, 'infrastructure.markAllRead', {});
  const notification_id = list().rows[0]?.notification_id ?? ('' as never);
  expect(
    refusalOf(station, station.session('VIEWER'), 'infrastructure.markUnread', { notification_id }),
  ).toBe('row_not_found');
  ask(station, planner, 'infrastructure.markUnread', { notification_id });
  expect(list().unread).toBe(1);
  station.clock.forward(31 * 86_400_000);
  station.asSystem('test.routine', removeOldNotifications);
  expect(
    ask(station, station.session('PLANNER'), 'infrastructure.listNotifications', {}).rows.map(
      row => row.is_read,
    ),
  ).toEqual([false]);
});

test('saved views: own ones are replaced by name, shared ones are seen by all and deleted by their owner', () => {
  const station = testStation();
  const planner = station.session('PLANNER');
  const viewer = station.session('VIEWER');
  const view = { list: 'orders', view_name: 'Late', definition: { filter: 'late' } };
  ask(station, planner, 'infrastructure.saveSavedView', view);
  const shared = ask(station, planner, 'infrastructure.saveSavedView', {
    ...view,
    definition: { filter: 'very late' },
    is_shared: true,
  });
  const seen = ask(station, viewer, 'infrastructure.listSavedViews', { list: 'orders' });
  expect(seen).toEqual([
    expect.objectContaining({ view_name: 'Late', definition: { filter: 'very late' }, is_own: false }),
  ]);
  expect(
    refusalOf(station, viewer, 'infrastructure.deleteSavedView', { saved_view_id: shared.saved_view_id }),
  ).toBe('view_not_yours');
  expect(
    refusalOf(station, planner, 'infrastructure.saveSavedView', { ...view, definition: 'x'.repeat(60_000) }),
  ).toBe('view_too_large');
  ask(station, planner, 'infrastructure.deleteSavedView', { saved_view_id: shared.saved_view_id });
  expect(ask(station, viewer, 'infrastructure.listSavedViews', { list: 'orders' })).toEqual([]);
});

test('the doctor reports versions, checks and counts; a missing backup is a warning, and so is one from a time to come', async () => {
  const station = testStation();
  const admin = station.session('ORG_ADMIN');
  const copies = () =>
    ask(station, admin, 'infrastructure.listBackups', {}).map(b =>
      path.join(station.folders.backups, b.file_name),
    );
  const made = (at_ms: number) => {
    for (const copy of copies()) utimesSync(copy, at_ms / 1000, at_ms / 1000);
  };
  made(station.clock.now_ms());
  const report = await askJob(station, admin, 'infrastructure.doctor', {});
  expect(report).toMatchObject({
    integrity: { is_ok: true },
    foreign_keys: { is_ok: true },
    counts: { users: expect.any(Number), orders: 0 },
    station_id: station.station_id,
  });
  expect(report.disk_free_bytes).toBeGreaterThan(0);
  expect(report.warnings).not.toContain('backup_missing');
  const warnings = async () => (await askJob(station, admin, 'infrastructure.doctor', {})).warnings;
  made(station.clock.now_ms() + 86_400_000);
  expect(await warnings()).toContain('backup_missing');
  for (const copy of copies()) rmSync(copy);
  expect(await warnings()).toContain('backup_missing');
});

test('a backup by hand is a sound database and is listed', async () => {
  const station = testStation();
  const admin = station.session('ORG_ADMIN');
  const made = await askJob(station, admin, 'infrastructure.makeBackup', {});
  expect(ask(station, admin, 'infrastructure.listBackups', {}).map(b => b.file_name)).toContain(
    made.file_name,
  );
  expect(inspectFile(path.join(station.folders.backups, made.file_name))).toBe('ours');
});

test('the diagnostics pack names no person and holds no secret', async () => {
  const station = testStation();
  const admin = station.session('ORG_ADMIN');
  const made = ask(station, admin, 'identity.createUser', {
    username: 'ltremblay',
    full_name: 'Léa Tremblay',
    initials: 'LT',
    email: 'lea@example.com',
    locale: 'fr',
    plant_id: null,
    department_id: null,
    role_ids: [],
  });
  const lines = [
    {
      msg: 'push rejected',
      user: 'Léa Tremblay',
      email: 'lea@example.com',
      file: '/home/ltremblay/x',
      incident: '7F3A',
    },
    { msg: 'odd', session: admin, nested: { password: made.one_time_password }, said: `token ${admin}` },
  ];
  appendFileSync(
    path.join(station.folders.logs, 'station.log'),
    `${lines.map(l => JSON.stringify(l)).join('\n')}\nnot json ltremblay\n`,
  );
  const pack = await askJob(station, admin, 'infrastructure.makeDiagnostics', {});
  const text = readFileSync(station.transfers.download(pack.ticket)?.path ?? '', 'utf8');
  for (const secret of ['Tremblay', 'ltremblay', 'lea@', admin, made.one_time_password, station.folders.root])
    expect(text).not.toContain(secret);
  for (const kept of ['push rejected', '7F3A', station.station_id]) expect(text).toContain(kept);
});

test('a log line is cleaned by name and by form', () => {
  expect(
    cleanLogLine(
      '{"msg":"x","pin":"1234","api_token":"abc","user_id":"019a0000-0000-7000-8000-000000000103"}',
      [],
    ),
  ).toBe('{"msg":"x","pin":"***","api_token":"***","user_id":"019a0000-0000-7000-8000-000000000103"}');
  expect(cleanLogLine('{"msg":"Anna saved"}', ['Anna'])).toBe('{"msg":"<person> saved"}');
  expect(cleanLogLine('{"msg":"Annabel"}', ['Anna'])).toBe('{"msg":"Annabel"}');
  expect(cleanLogLine('{"msg":', [])).toBeUndefined();
});
