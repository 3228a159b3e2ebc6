import { expect, test } from 'vitest';
import { userNamed } from '../../modules/production/work-support.ts';
import { ASSEMBLER, fillForm, openRows, sign } from '../../modules/quality/inspection-support.ts';
import { ask, peopleFor, refusalOf, signIn } from '../../support/station.ts';
import { storeBuild, storeInstructions } from './shared-build.ts';
import {
  differences,
  noProgress,
  type OfflineStation,
  offlineStation,
  testCentre,
  untilQuiet,
} from './support.ts';

/** Two stations of one centre with a build on the floor and its task list. */
async function sharedBuild() {
  const centre = await testCentre();
  const one = offlineStation();
  peopleFor(one.station, ['ORG_ADMIN', 'OPERATOR']);
  one.station.asSystem('test.instructions', storeInstructions);
  const order_id = one.station.asSystem('test.build', ctx => storeBuild(ctx));
  expect(userNamed(one.station, 'operator')).toBeDefined();
  ask(one.station, signIn(one.station, 'operator'), 'production.generateTasks', { order_id });
  await one.station.replication.join(await centre.code('K1'), true, noProgress);
  const two = offlineStation();
  await two.station.replication.join(await centre.code('K2'), false, noProgress);
  const at = (s: OfflineStation) => {
    const session = signIn(s.station, 'operator');
    const work = () => ask(s.station, session, 'production.work', { order_id });
    const task = (code: string) => work().tasks.find(found => found.task_code === code);
    return {
      s,
      work,
      task,
      done: () => work().tasks.flatMap(found => (found.state === 'done' ? [found.task_code] : [])),
      complete: (code: string) => {
        const task_id = task(code)?.task_id;
        if (!task_id) throw new Error(`no task ${code}`);
        ask(s.station, session, 'production.completeTask', { task_id });
      },
      /** The check that the power bar answers, in the production check of the build. */
      powerBar: () => {
        const { log_id } = ask(s.station, session, 'quality.openForm', { order_id, plan_type: 'IN_PROCESS' });
        const row = openRows(s.station, session, log_id).find(found => found.code === 'I07');
        if (!row) throw new Error('no I07');
        const { measured_text, measured_by_initials, measured_at_ms, from_task_code } = row;
        return { measured_text, measured_by_initials, measured_at_ms, from_task_code };
      },
      undo: (code: string) => {
        const task_id = task(code)?.task_id;
        return refusalOf(s.station, session, 'production.undoTask', { task_id });
      },
      sign: () => {
        const log_id = fillForm(s.station, session, order_id, 'IN_PROCESS', { I07: null });
        return sign(s.station, session, log_id, ASSEMBLER).overall_result;
      },
      signedPowerBar: () => {
        const [record] = ask(s.station, session, 'quality.results', { limit: 10, offset: 0 }).rows;
        const rows = record ? openRows(s.station, session, record.log_id) : [];
        return rows.find(found => found.code === 'I07');
      },
      findings: () => ask(s.station, session, 'quality.verify', { order_id }).findings,
      generate: () => ask(s.station, session, 'production.generateTasks', { order_id }),
      capture: (serial_number: string) =>
        refusalOf(s.station, session, 'traceability.captureSerial', {
          order_id,
          material_number: 'T2-TS7',
          basin_index: null,
          serial_number,
        }),
    };
  };
  return { one: at(one), two: at(two), both: [one, two] as const };
}
const inboxOf = ({ station }: OfflineStation) =>
  station.readAsSystem(ctx =>
    ctx.sql.all<{ table_name: string; reason_code: string }>('select table_name, reason_code from conflicts'),
  );

test('two stations work on one build: other tasks merge, the same task is done once, a serial number is one, the check follows the work', async () => {
  const { one, two, both } = await sharedBuild();
  for (const code of ['A01', 'A02', 'A03']) one.complete(code);
  await untilQuiet(both);
  expect(two.done()).toEqual(['A01', 'A02', 'A03']);
  one.complete('B1.1');
  one.complete('C02');
  two.complete('C04');
  two.complete('C02');
  await untilQuiet(both);
  expect(one.done()).toEqual(['A01', 'A02', 'A03', 'B1.1', 'C02', 'C04']);
  expect(two.done()).toEqual(one.done());
  expect(one.task('C02')?.events.map(event => event.event_type)).toEqual(['COMPLETED', 'COMPLETED']);
  expect(inboxOf(one.s)).toEqual([]);

  // One makes the list again while the other goes on with the old one: what arrives late counts.
  one.generate();
  two.complete('B5.1');
  await untilQuiet(both);
  expect(one.task('B5.1')?.completed).toMatchObject({ is_carried: true });
  expect(two.done()).toEqual(one.done());
  expect(inboxOf(one.s)).toEqual([]);
  expect(differences(...both)).toEqual([]);

  // The same serial number at both stations stays one; the later capture is a conflict that names it.
  expect([one.capture('TS7-1'), two.capture('TS7-1')]).toEqual(['accepted', 'accepted']);
  await untilQuiet(both);
  expect(inboxOf(two.s)).toEqual([{ table_name: 'serial_numbers', reason_code: 'already_exists' }]);
  expect([one.capture('TS7-2'), two.capture('TS7-1')]).toEqual(['serials_complete', 'serial_taken']);
  expect(differences(...both)).toEqual([]);

  // The production check says what the tasks say, at both stations, whoever was quicker.
  expect(one.powerBar()).toMatchObject({ measured_text: 'YES', from_task_code: 'C04' });
  await untilQuiet(both);
  expect(one.powerBar()).toEqual(two.powerBar());
  // One signs while the other takes the task back: the record holds what was signed, the task is open, nothing conflicts.
  expect([two.undo('C04'), one.sign()]).toEqual(['accepted', 'PASS']);
  expect(two.powerBar().from_task_code).toBeNull();
  await untilQuiet(both);
  expect([one, two].map(at => at.signedPowerBar()?.from_task_code)).toEqual(['C04', 'C04']);
  expect([one, two].map(at => at.task('C04')?.state)).toEqual(['ready', 'ready']);
  expect([one.findings(), two.findings()]).toEqual([[], []]);
  expect(inboxOf(two.s)).toHaveLength(1);
  expect(differences(...both)).toEqual([]);
});
