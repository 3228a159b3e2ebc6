import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { diffOf, hashOf } from '../../../main/platform/audit-trail.ts';
import { ask, askJob, PASSWORD, refusalOf, type TestStation, testStation } from '../../support/station.ts';

const save = (station: TestStation, session: string, value: number) =>
  ask(station, session, 'infrastructure.saveSetting', { key: 'order.leadTimeDays', value });
/** Somebody with the file and a tool of his own. */
function tamper(station: TestStation, change: (db: Database.Database) => void): void {
  const db = new Database(path.join(station.folders.root, 'millwright.db'));
  try {
    change(db);
  } finally {
    db.close();
  }
}
const dropGuards = (db: Database.Database): void => {
  for (const verb of ['update', 'delete']) db.exec(`drop trigger append_only_audit_logs_${verb}`);
};
async function stationWithHistory() {
  const station = testStation({ roles: ['ORG_ADMIN'] });
  const admin = station.session('ORG_ADMIN');
  for (const days of [60, 61, 62, 63]) save(station, admin, days);
  const verify = () => askJob(station, admin, 'infrastructure.verifyAudit', {});
  expect(await verify(), 'untouched').toMatchObject({ faults: [] });
  return { station, admin, verify };
}

test('OR-AUD-1: the difference holds the changed fields only', () => {
  expect(diffOf({ qty: 5, name: 'Basin' }, { qty: 7, name: 'Basin' })).toEqual({ qty: [5, 7] });
  const station = testStation();
  const admin = station.session('ORG_ADMIN');
  save(station, admin, 60);
  station.clock.forward(1000);
  save(station, admin, 61);
  expect(
    ask(station, admin, 'infrastructure.listAudit', { entity_type: 'system_settings', action: 'UPDATE' })
      .rows[0]?.changes_diff,
  ).toEqual({ setting_value: ['60', '61'] });
});

test('the trail refuses UPDATE and DELETE on any connection', () => {
  const station = testStation();
  tamper(station, db => {
    expect(() => db.exec("update audit_logs set user_name = 'somebody'")).toThrow('append only');
    expect(() => db.exec('delete from audit_logs')).toThrow('append only');
  });
});

test('business rows cannot be written past the program', () => {
  const station = testStation();
  tamper(station, db => {
    expect(() => db.exec("update users set full_name = 'Somebody'")).toThrow('capture_change');
  });
});

test('an altered row is found and named', async () => {
  const { station, verify } = await stationWithHistory();
  const row = ask(station, station.session('ORG_ADMIN'), 'infrastructure.listAudit', {
    entity_type: 'system_settings',
    action: 'CREATE',
  }).rows[0];
  tamper(station, db => {
    dropGuards(db);
    db.prepare("update audit_logs set changes_diff = replace(changes_diff, '60', '99') where id = ?").run(
      row?.id,
    );
  });
  expect((await verify()).faults).toEqual([
    expect.objectContaining({
      kind: 'altered',
      from_no: row?.chain_no,
      row_id: row?.id,
      entity_type: 'system_settings',
      entity_identifier: 'order.leadTimeDays',
    }),
  ]);
});

test('an altered row whose hash was made to fit is found as well', async () => {
  const { station, verify } = await stationWithHistory();
  tamper(station, db => {
    dropGuards(db);
    const row = db
      .prepare<[], Parameters<typeof hashOf>[0]>(
        "select * from audit_logs where action = 'CREATE' and entity_type = 'system_settings'",
      )
      .get();
    if (!row) throw new Error('no row');
    const forged = { ...row, user_name: 'Somebody else' };
    db.prepare('update audit_logs set user_name = ?, hash = ? where id = ?').run(
      forged.user_name,
      hashOf(forged),
      row.id,
    );
  });
  const { faults } = await verify();
  expect(faults).toEqual([expect.objectContaining({ kind: 'altered', entity_type: 'system_settings' })]);
});

test('removed rows are found, in the middle and at the end', async () => {
  const { station, verify } = await stationWithHistory();
  tamper(station, db => {
    dropGuards(db);
    db.exec('delete from audit_logs where chain_no between 6 and 7');
  });
  expect((await verify()).faults).toEqual([
    expect.objectContaining({ kind: 'removed', from_no: 6, to_no: 7 }),
  ]);
});

test('rows cut off the end are found against the sealed head', async () => {
  const { station, verify } = await stationWithHistory();
  let last = 0;
  tamper(station, db => {
    dropGuards(db);
    last = Number(db.prepare('select max(chain_no) from audit_logs').pluck().get());
    db.prepare('delete from audit_logs where chain_no > ?').run(last - 2);
  });
  expect((await verify()).faults).toEqual([
    expect.objectContaining({ kind: 'removed', from_no: last - 1, to_no: last }),
  ]);
});

test('a stored head that was cut back with the rows does not carry the seal', async () => {
  const { station, verify } = await stationWithHistory();
  tamper(station, db => {
    dropGuards(db);
    const last = Number(db.prepare('select max(chain_no) from audit_logs').pluck().get());
    db.prepare('delete from audit_logs where chain_no > ?').run(last - 2);
    const held: { mac: string } = JSON.parse(
      String(db.prepare("select value from local_state where key = 'audit_head'").pluck().get()),
    );
    const head = db
      .prepare<[], { chain_no: number; hash: string }>(
        'select chain_no, hash from audit_logs order by chain_no desc limit 1',
      )
      .get();
    db.prepare("update local_state set value = ? where key = 'audit_head'").run(
      JSON.stringify({ ...head, mac: held.mac }),
    );
  });
  expect((await verify()).faults).toEqual([expect.objectContaining({ kind: 'head_mismatch' })]);
});

test.each(['019a0000-0000-7000-8000-ffffffffffff', '00000000-0000-7000-8000-000000000001'])(
  'an inserted row is found and named, whether it sorts after or before the real one (%s)',
  async forged => {
    const { station, verify } = await stationWithHistory();
    tamper(station, db => {
      const row = db
        .prepare<[], Parameters<typeof hashOf>[0] & Record<string, unknown>>(
          'select * from audit_logs where chain_no = 5',
        )
        .get();
      if (!row) throw new Error('no row');
      const copy = { ...row, id: forged, intent: 'made up' };
      const values: Record<string, unknown> = { ...copy, hash: hashOf(copy) };
      const names = Object.keys(values);
      db.prepare(
        `insert into audit_logs (${names.join(', ')}) values (${names.map(n => `@${n}`).join(', ')})`,
      ).run(values);
    });
    expect((await verify()).faults).toEqual([
      expect.objectContaining({
        kind: 'inserted',
        from_no: 5,
        row_id: forged,
        entity_type: expect.any(String),
      }),
    ]);
  },
);

test('verifying leaves a record with the count, and the next check is clean', async () => {
  const { station, admin, verify } = await stationWithHistory();
  const first = await verify();
  const recorded = ask(station, admin, 'infrastructure.listAudit', {
    action: 'SYSTEM',
    entity_type: 'audit_logs',
  }).rows[0];
  expect(recorded).toMatchObject({ success: true, metadata: { faults: 0, rows: first.rows } });
  expect((await verify()).rows).toBeGreaterThan(first.rows);
});

test('passwords, PINs and tokens are nowhere in the trail', () => {
  const station = testStation();
  const admin = station.session('ORG_ADMIN');
  ask(station, admin, 'identity.setPin', { password: PASSWORD, pin: '97531' });
  const made = ask(station, admin, 'identity.createUser', {
    username: 'lea',
    full_name: 'Lea',
    initials: 'L',
    email: null,
    locale: 'en',
    plant_id: null,
    department_id: null,
    role_ids: [],
  });
  refusalOf(station, null, 'identity.signIn', { username: 'planner', password: 'Wrong-Secret-123' });
  const everything = station.readAsSystem(ctx => JSON.stringify(ctx.sql.all('select * from audit_logs')));
  for (const secret of [PASSWORD, '97531', made.one_time_password, 'Wrong-Secret-123', admin, 'scrypt$'])
    expect(everything).not.toContain(secret);
  expect(everything).toContain('hashed_pin');
});

test('a refused access is recorded, a refused command leaves nothing', () => {
  const station = testStation();
  const admin = station.session('ORG_ADMIN');
  const planner = station.session('PLANNER');
  expect(refusalOf(station, planner, 'infrastructure.listAudit', {})).toBe('not_allowed');
  const denied = ask(station, admin, 'infrastructure.listAudit', { success: false }).rows[0];
  expect(denied).toMatchObject({
    entity_identifier: 'infrastructure.listAudit',
    user_name: 'User PLANNER',
    error_message: 'not allowed: audit:read',
  });
  const count = () =>
    station.readAsSystem(ctx => ctx.sql.get<{ n: number }>('select count(*) as n from audit_logs'))?.n;
  const before = count();
  expect(
    refusalOf(station, admin, 'infrastructure.saveSetting', { key: 'auth.idleMinutes', value: -1 }),
  ).toBe('setting_not_valid');
  expect(
    refusalOf(station, admin, 'identity.createUser', {
      username: 'x1',
      full_name: 'X',
      initials: 'X',
      email: null,
      locale: 'en',
      plant_id: null,
      department_id: null,
      role_ids: ['019a0000-0000-7000-8000-999999999999'],
    }),
  ).toBe('row_not_found');
  expect(count()).toBe(before);
  expect(ask(station, admin, 'identity.listUsers', { search: 'x1' })).toEqual([]);
});

test('the explorer filters, and pages through everything without repeating or losing a row', () => {
  const station = testStation();
  const admin = station.session('ORG_ADMIN');
  for (let days = 60; days < 80; days++) {
    if (days % 3 === 0) station.clock.forward(1);
    save(station, admin, days);
  }
  const all = ask(station, admin, 'infrastructure.listAudit', { limit: 500 });
  expect(all.next).toBeNull();
  const paged: string[] = [];
  let before: { at_ms: number; id: string } | undefined;
  do {
    const page = ask(station, admin, 'infrastructure.listAudit', { limit: 7, ...(before && { before }) });
    paged.push(...page.rows.map(r => r.id));
    before = page.next ?? undefined;
  } while (before);
  expect(paged).toEqual(all.rows.map(r => r.id));
  const filtered = (input: object) =>
    ask(station, admin, 'infrastructure.listAudit', { limit: 500, ...input }).rows;
  expect(filtered({ text: 'LEADTIME', entity_type: 'system_settings' }).length).toBe(20);
  expect(filtered({ action: 'LOGIN' }).every(r => r.action === 'LOGIN')).toBe(true);
  expect(filtered({ from_ms: station.clock.now_ms() + 1 })).toEqual([]);
  expect(filtered({ text: 'PLANNER', entity_type: 'users' }).length).toBeGreaterThan(0);
});

test('the trail of a record needs the audit permission: it holds what other screens keep back', () => {
  const station = testStation();
  const planner = station.session('PLANNER');
  const trailOf = (entity_type: string) =>
    refusalOf(station, planner, 'infrastructure.listAudit', { entity_type, entity_id: 'x' });
  for (const entity_type of ['orders', 'order_comments', 'users'])
    expect(trailOf(entity_type)).toBe('not_allowed');
});
