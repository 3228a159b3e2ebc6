import { expect, test } from 'vitest';
import { ask, askJob, refusalOf, testStation } from '../../support/station.ts';

const NEEDING_A_CENTRE = ['syncNow', 'stations', 'checkIntegrity', 'repair', 'exportQueue'] as const;

test('a station on its own says so, waits for nothing and refuses what needs a centre', async () => {
  const station = testStation();
  const admin = station.session('ORG_ADMIN');
  expect(ask(station, admin, 'replication.status', {})).toMatchObject({
    state: 'standalone',
    centre: null,
    waiting_units: 0,
  });
  expect(ask(station, admin, 'replication.waiting', {})).toEqual([]);
  expect(ask(station, admin, 'replication.unsent', { table: 'orders', ids: ['a', 'b'] })).toEqual([]);
  for (const name of NEEDING_A_CENTRE)
    await expect(askJob(station, admin, `replication.${name}`, {}), name).rejects.toThrow('not_joined');
});

test('a text that is no enrolment code is refused in words before anything is called', async () => {
  const station = testStation();
  const admin = station.session('ORG_ADMIN');
  for (const enrolment_code of ['hello', 'MW1.', 'MW1.e30'])
    await expect(askJob(station, admin, 'replication.probe', { enrolment_code })).rejects.toThrow(
      'enrolment_code_invalid',
    );
});

test('joining, leaving, stations, integrity and queue files are for administrators', () => {
  const station = testStation();
  const planner = station.session('PLANNER');
  const inputs: Record<string, unknown> = {
    probe: { enrolment_code: 'x' },
    join: { enrolment_code: 'x', bring_rows: true },
    leave: { forget_queue: true, reason: 'x' },
    stations: {},
    checkIntegrity: {},
    repair: {},
    exportQueue: {},
    prepareAnswer: {},
    importAnswer: { ticket: 'x' },
  };
  const refused = Object.entries(inputs).map(([name, input]) =>
    refusalOf(station, planner, `replication.${name}` as 'replication.stations', input),
  );
  expect(new Set(refused)).toEqual(new Set(['not_allowed']));
});
