import { expect, test } from 'vitest';
import type { Id } from '../../../db/kit/columns.ts';
import { user_roles } from '../../../db/schema/identity.ts';
import { ncrs } from '../../../db/schema/quality.ts';
import { taskProgress } from '../../../main/modules/production/progress.service.ts';
import { addRework, ensureTasks } from '../../../main/modules/production/task-lists.service.ts';
import { ask, refusalOf } from '../../support/station.ts';
import { twoBasins } from '../orders/order-support.ts';
import { buildOnTheFloor, openIssue, patchOrder, userNamed } from './work-support.ts';

const MINUTE = 60_000;

test('a list is made from the configuration; only ready tasks may be done, and what follows opens', () => {
  const { station, assembler, generate, work, task, complete, order_id } = buildOnTheFloor(twoBasins);
  expect(work().list).toBeNull();
  expect(work().progress).toEqual({ has_list: false, total: 0, done: 0, required_open: 0, minutes_left: 0 });
  const { tasks } = generate();
  expect(work().list).toMatchObject({
    operation_number: 10,
    operation_name: 'MDRD_B2_EDR1_ESK1',
    is_outdated: false,
  });
  expect(work().work_order?.work_order_number).toMatch(/^WO-2026-\d{4}$/);
  expect(work().tasks).toHaveLength(tasks);
  expect(task('A01').state).toBe('ready');
  expect(task('B1.2')).toMatchObject({ state: 'blocked', group_kind: 'basins', group_index: 2 });
  expect(task('B8.1').parts.map(part => part.material_number)).toEqual(['T2-TS7']);
  expect(task('B8.1').check_codes).toEqual(['I21']);
  expect(refusalOf(station, assembler, 'production.completeTask', { task_id: task('A02').task_id })).toBe(
    'task_blocked',
  );
  const first = complete('A01');
  expect(first.progress).toMatchObject({ total: tasks, done: 1, required_open: tasks - 1 });
  expect(first.next_task_id).toBe(task('A02').task_id);
  expect(task('A01').completed).toMatchObject({ by_name: 'User OPERATOR', is_carried: false });
  expect(refusalOf(station, assembler, 'production.completeTask', { task_id: task('A01').task_id })).toBe(
    'task_done',
  );
  complete('A02');
  complete('A03');
  // Both basins may be worked side by side.
  expect([task('B1.1').state, task('B1.2').state, task('C04').state]).toEqual(['ready', 'ready', 'ready']);
  expect(station.readAsSystem(ctx => taskProgress(ctx, order_id)).done).toBe(3);
});

test('timers: start, pause, one task at a time, another person takes over without losing minutes', () => {
  const { station, assembler, generate, task, admin } = buildOnTheFloor();
  generate();
  const call = (name: 'startTask' | 'pauseTask', code: string, session = assembler) =>
    ask(station, session, `production.${name}`, { task_id: task(code).task_id });
  call('startTask', 'A01');
  expect(task('A01')).toMatchObject({
    state: 'running',
    running: { by_name: 'User OPERATOR', is_mine: true },
  });
  station.clock.forward(3 * MINUTE);
  expect(call('pauseTask', 'A01')).toEqual({ worked_seconds: 180 });
  expect(refusalOf(station, assembler, 'production.pauseTask', { task_id: task('A01').task_id })).toBe(
    'task_not_running',
  );
  call('startTask', 'A01');
  station.clock.forward(2 * MINUTE);
  call('startTask', 'A01', admin);
  expect(task('A01').running).toMatchObject({ by_name: 'User ORG_ADMIN', is_mine: false });
  station.clock.forward(MINUTE);
  ask(station, admin, 'production.completeTask', { task_id: task('A01').task_id, note: 'Body is 2 mm long' });
  const done = task('A01');
  expect(done.worked_seconds).toBe(360);
  expect(done.events.map(e => [e.event_type, e.by_name, e.worked_seconds, e.note])).toEqual([
    ['STARTED', 'User OPERATOR', 0, null],
    ['PAUSED', 'User OPERATOR', 180, null],
    ['STARTED', 'User OPERATOR', 0, null],
    ['HANDED_OVER', 'User OPERATOR', 120, null],
    ['STARTED', 'User ORG_ADMIN', 0, null],
    ['COMPLETED', 'User ORG_ADMIN', 60, 'Body is 2 mm long'],
  ]);
});

test('taken back by whoever did it, not under a finished follower; by an administrator with a reason', () => {
  const { station, assembler, admin, generate, task, complete } = buildOnTheFloor();
  generate();
  complete('A01');
  complete('A02');
  const undo = (code: string, session: string, reason = '') =>
    refusalOf(station, session, 'production.undoTask', { task_id: task(code).task_id, reason });
  expect(undo('A01', assembler)).toBe('task_followed');
  expect(undo('A03', assembler)).toBe('task_not_done');
  expect(undo('A02', admin)).toBe('reason_missing');
  expect(undo('A02', assembler)).toBe('accepted');
  expect([task('A02').state, task('A03').state]).toEqual(['ready', 'blocked']);
  ask(station, admin, 'production.completeTask', { task_id: task('A02').task_id });
  expect(undo('A02', assembler)).toBe('task_of_other');
  expect(undo('A02', admin, 'Wrong legs')).toBe('accepted');
});

test('an open issue stops the tasks that need its part; rework goes on', () => {
  const { station, assembler, generate, task, complete, order_id } = buildOnTheFloor();
  generate();
  for (const code of ['A01', 'A02', 'A03', 'B1.1']) complete(code);
  const material_id = station.readAsSystem(ctx =>
    ctx.sql.get<{ id: never }>("select id from materials where material_number = 'T2-TS7'"),
  )?.id;
  const ncr = openIssue(station, order_id, material_id ? { material_id } : {});
  expect([task('B8.1').state, task('B7.1').state]).toEqual(['blocked', 'ready']);
  expect(task('B8.1').blocked_by).toEqual([{ kind: 'issue', ncr_number: 'NCR-2026-0001' }]);
  station.asSystem('test.rework', ctx =>
    addRework(ctx, order_id, ncr, [
      { description: 'Fit the touchscreen again', characteristic_codes: ['I21'], estimated_minutes: 20 },
    ]),
  );
  const rework = task('R-NCR-2026-0001-1');
  expect(rework).toMatchObject({ state: 'ready', is_rework: true, ncr_number: 'NCR-2026-0001' });
  // Kept by the next list, first in line until it is done.
  generate();
  const { tasks } = ask(station, assembler, 'production.work', { order_id });
  expect(tasks[0]).toMatchObject({ task_code: 'R-NCR-2026-0001-1', state: 'ready' });
  complete('R-NCR-2026-0001-1');
  station.asSystem('test.resolve', ctx => ctx.update(ncrs, ncr.id, { status: 'RESOLVED' }));
  expect(task('B8.1').state).toBe('ready');

  // Raised at a task: its timer stops with its minutes, the words stay with it, and it alone waits.
  ask(station, assembler, 'production.startTask', { task_id: task('C02').task_id });
  station.clock.forward(120_000);
  const raise = (task_id: string, to = order_id) =>
    refusalOf(station, assembler, 'fulfilment.openIssue', {
      order_id: to,
      ncr_type: 'PROCESS',
      category: 'ASSEMBLY_GAP',
      description: 'Button does not fit its hole',
      task_id,
      characteristic_codes: task('C02').check_codes,
    });
  expect(raise(task('C02').task_id)).toBe('accepted');
  expect(task('C02')).toMatchObject({ state: 'blocked', running: null, worked_seconds: 120 });
  expect(task('C02').events.at(-1)?.note).toContain('Button does not fit its hole');
  expect(task('B8.1').state).toBe('ready');
  const { rows } = ask(station, assembler, 'quality.listNcrs', { limit: 1, offset: 0, only_unsettled: true });
  expect(rows[0]).toMatchObject({ task_code: 'C02', ncr_type: 'PROCESS', characteristic_codes: ['I04'] });
  generate();
  expect([task('C02').state, task('C03').state]).toEqual(['blocked', 'ready']);
});

test('a new list carries over what is done, also what arrives late for the old one', () => {
  const { station, generate, work, task, complete, order_id, assembler } = buildOnTheFloor();
  generate();
  complete('A01');
  const late = task('A02').task_id;
  expect(generate().carried_over).toBe(1);
  expect(work().list?.operation_number).toBe(20);
  expect(task('A01').completed).toMatchObject({ by_name: 'User OPERATOR', is_carried: true });
  expect(refusalOf(station, assembler, 'production.completeTask', { task_id: late })).toBe(
    'task_list_replaced',
  );
  expect(refusalOf(station, assembler, 'production.undoTask', { task_id: task('A01').task_id })).toBe(
    'accepted',
  );
  expect(task('A01').state).toBe('ready');
  generate();
  expect(task('A01').state).toBe('ready');
  // A list that fits is left alone when somebody claims the build.
  station.asSystem('test.claim', ctx => ensureTasks(ctx, order_id));
  expect(work().list?.operation_number).toBe(30);
});

test('parts and tools are ticked; with the setting on nothing is done before', () => {
  const { station, assembler, admin, generate, task } = buildOnTheFloor();
  generate();
  ask(station, admin, 'infrastructure.saveSetting', { key: 'assembly.confirmPartsAndTools', value: 'true' });
  const { task_id, parts } = task('A01');
  expect(refusalOf(station, assembler, 'production.completeTask', { task_id })).toBe('task_not_confirmed');
  const [part] = parts;
  ask(station, assembler, 'production.confirmTask', {
    task_id,
    row_ids: part ? [part.part_id] : [],
    is_confirmed: true,
  });
  expect(task('A01').parts[0]).toMatchObject({ is_confirmed: true, confirmed_by_name: 'User OPERATOR' });
  expect(refusalOf(station, assembler, 'production.completeTask', { task_id })).toBe('task_not_confirmed');
  ask(station, assembler, 'production.confirmTask', { task_id, row_ids: [], is_confirmed: true });
  expect(refusalOf(station, assembler, 'production.completeTask', { task_id })).toBe('accepted');
});

test('hand-over: timers stop with their time, the build is the next person’s, the next person is told', () => {
  const { station, assembler, planner, generate, work, task, order_id } = buildOnTheFloor();
  const next = userNamed(station, 'viewer');
  station.asSystem('test.role', ctx => {
    const role = ctx.sql.get<{ id: Id<'roles'> }>("select id from roles where role_code = 'OPERATOR'");
    if (role) ctx.insert(user_roles, { user_id: next, role_id: role.id });
  });
  generate();
  const { task_id } = task('A01');
  ask(station, assembler, 'production.confirmTask', { task_id, row_ids: [], is_confirmed: true });
  ask(station, assembler, 'production.noteTask', { task_id, note: 'Left leg measured' });
  ask(station, assembler, 'production.startTask', { task_id });
  station.clock.forward(4 * MINUTE);
  const { people } = ask(station, assembler, 'production.handOverTo', { order_id });
  expect(people.map(person => person.full_name)).toEqual(['User VIEWER']);
  const give = (to_user_id: Id<'users'>) =>
    refusalOf(station, assembler, 'production.handOver', { order_id, to_user_id, note: 'End of shift' });
  expect(give(userNamed(station, 'planner'))).toBe('person_not_assembler');
  expect(give(next)).toBe('accepted');
  expect(give(next)).toBe('build_not_yours');
  const second = station.session('VIEWER');
  expect(work(second)).toMatchObject({ assignee_name: 'User VIEWER', may_work: true });
  expect(work(assembler).may_work).toBe(false);
  const left = task('A01');
  expect(left).toMatchObject({ state: 'ready', worked_seconds: 240 });
  expect(left.parts.every(part => part.is_confirmed)).toBe(true);
  expect(left.events.map(e => e.note)).toEqual(['Left leg measured', null, 'End of shift']);
  const notices = (session: string) =>
    ask(station, session, 'infrastructure.listNotifications', {}).rows.map(row => row.message_code);
  expect(notices(second)).toContain('production:notices.handed_over');
  expect(notices(planner)).toContain('production:notices.handed_over');
});

test('who may generate, work and read, and only while the build is in production', () => {
  const made = buildOnTheFloor();
  const { station, order_id, generate, task } = made;
  const roles = ['PLANNER', 'ORG_ADMIN', 'PROCUREMENT', 'QC_INSPECTOR', 'OPERATOR', 'SERVICE'];
  const answers = (name: string, input: unknown) =>
    roles.map(role => refusalOf(station, station.session(role), `production.${name}` as never, input));
  const no = 'not_allowed';
  const yes = 'accepted';
  expect(answers('generateTasks', { order_id })).toEqual([yes, yes, no, no, yes, no]);
  expect(answers('work', { order_id })).toEqual([yes, yes, yes, yes, yes, no]);
  const { task_id } = task('A01');
  expect(answers('noteTask', { task_id, note: 'x' })).toEqual([no, yes, no, no, yes, no]);
  expect(answers('startTask', { task_id })).toEqual([no, yes, no, no, yes, no]);
  patchOrder(station, order_id, { current_assignee_id: null });
  expect(answers('startTask', { task_id })).toEqual([no, yes, no, no, 'build_not_yours', no]);
  expect(answers('generateTasks', { order_id })).toEqual([yes, yes, no, no, no, no]);
  patchOrder(station, order_id, {
    current_assignee_id: userNamed(station, 'operator'),
    order_status: 'TESTING_COMPLETE',
  });
  const closed = 'build_not_in_production';
  expect(answers('startTask', { task_id: task('A01').task_id })).toEqual([no, closed, no, no, closed, no]);
  expect(() => generate()).toThrow(closed);
});
