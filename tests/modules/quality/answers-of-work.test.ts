import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Answer } from '../../../preload/contract/inspection.ts';
import { ask, refusalOf } from '../../support/station.ts';
import { twoBasins } from '../orders/order-support.ts';
import { buildOnTheFloor } from '../production/work-support.ts';
import { ASSEMBLER, blank, openRows, sign, signInput } from './inspection-support.ts';

/** A build on the floor whose production check lies open: an E-Sink and an E-Drain basin. */
function openCheck() {
  const build = buildOnTheFloor(twoBasins);
  const { station, assembler, order_id, task, complete } = build;
  build.generate();
  const openForm = () =>
    ask(station, assembler, 'quality.openForm', { order_id, plan_type: 'IN_PROCESS' }).log_id;
  const log_id = openForm();
  const form = (id = log_id) => ask(station, assembler, 'quality.getForm', { log_id: id });
  const row = (code: string, index = 0, id = log_id) => {
    const found = openRows(station, assembler, id).find(r => r.code === code && r.repeat_index === index);
    if (!found) throw new Error(`no row ${code}.${index}`);
    return found;
  };
  const save = (code: string, answer: Partial<Answer>, index = 0, id = log_id) =>
    ask(station, assembler, 'quality.saveAnswer', {
      measurement_id: row(code, index, id).measurement_id,
      answer: { ...blank, ...answer },
    }).row;
  /** The task and everything it stands on. */
  const finish = (code: string): void => {
    for (const block of task(code).blocked_by) if (block.kind === 'task') finish(block.task_code);
    if (task(code).state !== 'done') complete(code);
  };
  const undo = (code: string) =>
    ask(station, assembler, 'production.undoTask', { task_id: task(code).task_id });
  return { ...build, log_id, form, row, save, finish, undo, openForm };
}
test('a done task answers its check until it is taken back, an answer by hand wins, the signature writes it down', () => {
  const { order_id, station, assembler, log_id, form, row, save, finish, undo, complete, openForm, task } =
    openCheck();
  expect(row('I07').state).toBe('open');
  finish('C04');
  expect(row('I07')).toMatchObject({
    state: 'ok',
    measured_text: 'YES',
    from_task_code: 'C04',
    measured_by_initials: 'OP',
  });
  const inBuild = () =>
    ask(station, assembler, 'quality.forBuild', { order_id }).forms.find(f => f.plan_type === 'IN_PROCESS');
  const { answered } = form().progress;
  expect(inBuild()?.draft?.answered).toBe(answered);
  undo('C04');
  expect(row('I07')).toMatchObject({ state: 'open', measured_text: null, from_task_code: null });
  expect(form().progress.answered).toBe(answered - 1);

  // The overflow sensor is a check of each kind of basin: a task answers for its own basin alone.
  finish('B5.2');
  expect([row('I23', 1).state, row('I18', 2).state]).toEqual(['open', 'ok']);
  expect(row('I18', 1)).toMatchObject({ state: 'not_applicable', measured_text: null });
  // What a person has to choose or read stays open.
  finish('C02');
  expect(row('I04')).toMatchObject({ state: 'open', from_task_code: null });

  // A note leaves the answer to the task; a no by hand stands, and it stands after the task is done again.
  complete('C04');
  expect(save('I07', { measured_text: 'YES', note: 'Second outlet on the left' })).toMatchObject({
    from_task_code: 'C04',
    note: 'Second outlet on the left',
  });
  expect(save('I07', { measured_text: 'NO' })).toMatchObject({ state: 'fails', from_task_code: null });
  undo('C04');
  complete('C04');
  expect(row('I07').state).toBe('fails');
  expect(save('I07', { measured_text: null }).from_task_code).toBe('C04');

  // The signature writes down what the tasks answered, with their people and times, and seals it.
  finish('F03');
  expect(row('I15', 2)).toMatchObject({ from_task_code: 'B2.2', state: 'ok' });
  const done_at_ms = task('C04').completed?.at_ms;
  save('I04', { measured_text: 'DPF1K' });
  station.clock.forward(3_600_000);
  save('I10', { measured_text: 'NO' });
  sign(station, assembler, log_id, ASSEMBLER, 'FAIL');
  expect(row('I07')).toMatchObject({ from_task_code: 'C04', measured_at_ms: done_at_ms, state: 'ok' });
  expect(row('I10').from_task_code).toBeNull();
  const findings = () =>
    ask(station, assembler, 'quality.verify', { order_id }).findings.map(f => `${f.kind}: ${f.where}`);
  expect(findings()).toEqual([]);

  // What happens to the task afterwards does not reach the record.
  const admin = station.session('ORG_ADMIN');
  ask(station, admin, 'production.undoTask', { task_id: task('F03').task_id, reason: 'Again' });
  expect([row('I07').from_task_code, findings()]).toEqual(['C04', []]);

  // The check that failed is looked at again: only a task done after that answers it.
  const again = openForm();
  expect(row('I07', 0, again)).toMatchObject({ state: 'ok', from_task_code: 'C04' });
  expect(row('I10', 0, again).state).toBe('open');
  for (const { ncr_id, row_version } of ask(station, admin, 'fulfilment.situation', { order_id }).issues)
    ask(station, admin, 'fulfilment.resolveIssue', {
      ncr_id,
      expected_version: row_version,
      resolution_notes: 'Cleaned',
    });
  for (const code of ['F02', 'F01'])
    ask(station, admin, 'production.undoTask', { task_id: task(code).task_id, reason: 'Again' });
  station.clock.forward(60_000);
  finish('F01');
  expect(row('I10', 0, again)).toMatchObject({ state: 'ok', from_task_code: 'F01' });
  expect(refusalOf(station, assembler, 'quality.signForm', signInput(again, {}))).toBe(
    'inspection_incomplete',
  );

  const file = new Database(path.join(station.folders.database));
  file.function('capture_change', { varargs: true }, () => null);
  for (const { name } of file
    .prepare<[], { name: string }>(
      "select name from sqlite_master where type = 'trigger' and name like 'sealed%'",
    )
    .all())
    file.exec(`drop trigger "${name}"`);
  file.exec(
    'update inspection_measurements set task_id = null where task_id is not null and repeat_index = 2',
  );
  expect(findings()).toContain('content_changed: I15.2, task_id');
  file.close();
});
