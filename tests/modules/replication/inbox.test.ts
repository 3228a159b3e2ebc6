import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { materials } from '../../../db/schema/catalogue.ts';
import type { replication } from '../../../preload/contract/replication.ts';
import type { InputOf } from '../../../preload/contract/rpc.ts';
import { ask, refusalOf, type TestStation, testStation } from '../../support/station.ts';
import { commented, entry, item, rowOf, userNamed } from './inbox-support.ts';

const ROLES = ['ORG_ADMIN', 'PLANNER', 'PROCUREMENT', 'VIEWER', 'SUPERVISOR'];
/** The author called it `mine` and lowered the lead time; meanwhile the others called it `theirs`. */
function renamedTwice(station: TestStation, author = 'PLANNER') {
  const row_id = item(station, '706.60', { material_name: 'theirs', lead_time_days: 9 });
  const conflict_id = entry(station, {
    author,
    row_id,
    changes: [
      {
        op: 'U',
        base: { material_name: 'before', lead_time_days: 9 },
        patch: { material_name: 'mine', lead_time_days: 4, updated_at_ms: 1, updated_by: 'x' },
      },
    ],
    fields: [{ field: 'material_name', base: 'before', mine: 'mine', theirs: 'theirs' }],
  });
  return { row_id, conflict_id };
}
const settle = (
  station: TestStation,
  role: string,
  input: InputOf<typeof replication.resolveConflict>,
): unknown => ask(station, station.session(role), 'replication.resolveConflict', input);

test('the entry shows before, mine and theirs of every field, who and when on both clocks', () => {
  const station = testStation({ roles: ROLES });
  const { conflict_id, row_id } = renamedTwice(station);
  const planner = station.session('PLANNER');
  expect(ask(station, planner, 'replication.listConflicts', {})).toMatchObject({
    open: 1,
    rows: [{ conflict_id, is_mine: true, author_name: 'User PLANNER', station_code: 'K7' }],
  });
  const shown = ask(station, planner, 'replication.conflict', { conflict_id });
  expect(shown).toMatchObject({
    may_resolve: true,
    can: ['keep_mine', 'keep_theirs', 'combine'],
    theirs_name: 'Millwright',
    suggested: 'theirs',
    suggested_because: 'theirs_newer',
    fields: [
      { field: 'material_name', row_id, base: 'before', mine: 'mine', theirs: 'theirs', is_contested: true },
      { field: 'lead_time_days', base: 9, mine: 4, theirs: 9, is_contested: false },
    ],
  });
  expect(shown.received_at_ms - shown.occurred_at_ms).toBe(60_000);
});

test('internal comments are hidden from whoever may not read them, also when the step is settled', () => {
  const station = testStation({ roles: ['ORG_ADMIN', 'PLANNER', 'PLANT_MANAGER'] });
  const comment = (is_internal: boolean) => commented(station, is_internal);
  const step = (row_id: string, patch: object, op: 'I' | 'U' = 'U') =>
    entry(station, {
      author: 'ORG_ADMIN',
      table: 'order_comments',
      row_id,
      changes: [{ op, base: {}, patch }],
    });
  const open = step(comment(false), { content: 'for everybody' });
  const hidden = [
    step(comment(true), { content: 'between us' }),
    step(randomUUID(), { content: 'made between us', is_internal: true }, 'I'),
    step(randomUUID(), { content: 'of a comment that is gone' }),
  ];
  const listed = (role: string) =>
    ask(station, station.session(role), 'replication.listConflicts', {})
      .rows.map(r => r.conflict_id)
      .sort();
  expect(listed('PLANT_MANAGER')).toEqual([open]);
  expect(listed('PLANNER')).toEqual([open, ...hidden].sort());
  for (const conflict_id of hidden) {
    const manager = station.session('PLANT_MANAGER');
    expect(refusalOf(station, manager, 'replication.conflict', { conflict_id })).toBe('not_allowed');
    const settled = { conflict_id, resolution: 'keep_theirs' };
    expect(refusalOf(station, manager, 'replication.resolveConflict', settled)).toBe('not_allowed');
  }
});

test('keep mine writes the whole step on top of the present record, as a change of its own that waits to be sent', () => {
  const station = testStation({ roles: ROLES });
  const { conflict_id, row_id } = renamedTwice(station);
  const before = rowOf(station, 'materials', row_id);
  settle(station, 'PLANNER', { conflict_id, resolution: 'keep_mine', note: 'the drawing says so' });
  expect(rowOf(station, 'materials', row_id)).toMatchObject({
    material_name: 'mine',
    lead_time_days: 4,
    row_version: Number(before?.row_version) + 1,
    updated_by: userNamed(station, 'PLANNER'),
  });
  expect(rowOf(station, 'conflicts', conflict_id)).toMatchObject({
    state: 'KEPT_MINE',
    resolved_by: userNamed(station, 'PLANNER'),
    resolved_at_ms: station.clock.now_ms(),
    resolution_note: 'the drawing says so',
  });
  const trail = ask(station, station.session('ORG_ADMIN'), 'infrastructure.listAudit', {
    entity_type: 'materials',
    entity_id: row_id,
  });
  expect(trail.rows[0]).toMatchObject({
    intent: 'replication.resolveConflict',
    reason: 'the drawing says so',
    changes_diff: { material_name: ['theirs', 'mine'], lead_time_days: [9, 4] },
  });
});

test('keep theirs leaves the record and closes the entry', () => {
  const station = testStation({ roles: ROLES });
  const { conflict_id, row_id } = renamedTwice(station);
  const before = rowOf(station, 'materials', row_id);
  settle(station, 'PLANNER', { conflict_id, resolution: 'keep_theirs' });
  expect(rowOf(station, 'materials', row_id)).toEqual(before);
  expect(rowOf(station, 'conflicts', conflict_id)).toMatchObject({ state: 'KEPT_THEIRS' });
  expect(
    refusalOf(station, station.session('PLANNER'), 'replication.resolveConflict', {
      conflict_id,
      resolution: 'keep_mine',
    }),
  ).toBe('conflict_settled');
});

test('combine takes each field from the side that was chosen; what nobody chose stays as the others have it', () => {
  const station = testStation({ roles: ROLES });
  const first = renamedTwice(station);
  settle(station, 'PLANNER', { conflict_id: first.conflict_id, resolution: 'combine' });
  expect(rowOf(station, 'materials', first.row_id)).toMatchObject({
    material_name: 'theirs',
    lead_time_days: 4,
  });
  const row_id = item(station, '1916', { material_name: 'theirs', lead_time_days: 9 });
  const conflict_id = entry(station, {
    author: 'PLANNER',
    row_id,
    changes: [
      { op: 'U', base: { material_name: 'before' }, patch: { material_name: 'mine', lead_time_days: 4 } },
    ],
    fields: [{ field: 'material_name', base: 'before', mine: 'mine', theirs: 'theirs' }],
  });
  const at = { table: 'materials', row_id };
  settle(station, 'PLANNER', {
    conflict_id,
    resolution: 'combine',
    choices: [
      { ...at, field: 'material_name', take: 'mine' },
      { ...at, field: 'lead_time_days', take: 'theirs' },
    ],
  });
  expect(rowOf(station, 'materials', row_id)).toMatchObject({ material_name: 'mine', lead_time_days: 9 });
});

test('a refused new record is corrected and sent again; a value that breaks a rule is refused by name', () => {
  const station = testStation({ roles: ROLES });
  const taken = item(station, '711.100');
  const values = rowOf(station, 'materials', taken);
  const row_id = station.asSystem('test.id', ctx => ctx.newId('materials'));
  const flags = [
    'can_order',
    'is_kit',
    'is_outsourced',
    'needs_id_check',
    'quantities_verified',
    'is_imported',
    'is_active',
  ];
  const patch = { ...values, ...Object.fromEntries(flags.map(f => [f, values?.[f] === 1])), id: row_id };
  const conflict_id = entry(station, {
    author: 'PLANNER',
    row_id,
    outcome: 'REJECTED',
    reason_code: 'row_exists',
    changes: [{ op: 'I', patch }],
  });
  const planner = station.session('PLANNER');
  const shown = ask(station, planner, 'replication.conflict', { conflict_id });
  expect(shown).toMatchObject({ can: ['edit', 'keep_mine', 'dismiss'], suggested: 'edit' });
  const edit = (value: unknown) => ({
    conflict_id,
    resolution: 'edit' as const,
    choices: [{ table: 'materials', row_id, field: 'material_number', take: 'value' as const, value }],
  });
  expect(refusalOf(station, planner, 'replication.resolveConflict', edit('711.100'))).toBe('already_exists');
  expect(refusalOf(station, planner, 'replication.resolveConflict', edit(7))).toBe('value_not_valid');
  expect(rowOf(station, 'conflicts', conflict_id)).toMatchObject({ state: 'OPEN' });
  ask(station, planner, 'replication.resolveConflict', edit('711.101'));
  expect(rowOf(station, 'materials', row_id)).toMatchObject({ material_number: '711.101' });
  expect(rowOf(station, 'conflicts', conflict_id)).toMatchObject({ state: 'COMBINED' });
});

test('a removed record of which nothing is known can only stay removed', () => {
  const station = testStation({ roles: ROLES });
  const row_id = station.asSystem('test.id', ctx => ctx.newId('materials'));
  const conflict_id = entry(station, {
    author: 'PLANNER',
    row_id,
    reason_code: 'row_deleted',
    changes: [{ op: 'U', base: { material_name: 'before' }, patch: { material_name: 'mine' } }],
  });
  const planner = station.session('PLANNER');
  expect(ask(station, planner, 'replication.conflict', { conflict_id })).toMatchObject({
    can: ['keep_theirs'],
    suggested: 'theirs',
    suggested_because: 'record_gone',
  });
  expect(
    refusalOf(station, planner, 'replication.resolveConflict', { conflict_id, resolution: 'keep_mine' }),
  ).toBe('conflict_record_gone');
});

test('a removed record comes back with the values it had and those of the author', () => {
  const station = testStation({ roles: ROLES });
  const row_id = item(station, '706.61', { material_name: 'theirs', lead_time_days: 9 });
  station.asSystem('test.remove', ctx => ctx.remove(materials, row_id));
  const conflict_id = entry(station, {
    author: 'PLANNER',
    row_id,
    reason_code: 'row_deleted',
    changes: [{ op: 'U', base: { material_name: 'before' }, patch: { material_name: 'mine' } }],
  });
  const planner = station.session('PLANNER');
  expect(ask(station, planner, 'replication.conflict', { conflict_id })).toMatchObject({
    can: ['keep_mine', 'keep_theirs'],
    suggested: 'theirs',
    suggested_because: 'record_can_return',
  });
  settle(station, 'PLANNER', { conflict_id, resolution: 'keep_mine' });
  expect(rowOf(station, 'materials', row_id)).toMatchObject({
    material_number: '706.61',
    material_name: 'mine',
    lead_time_days: 9,
  });
});

test('an entry is for its author and for those who may change the record; nobody else sees or settles it', () => {
  const station = testStation({ roles: ROLES });
  const { conflict_id } = renamedTwice(station, 'SUPERVISOR');
  const open = (role: string) => ask(station, station.session(role), 'replication.listConflicts', {}).open;
  expect(['SUPERVISOR', 'PLANNER', 'ORG_ADMIN', 'PROCUREMENT', 'VIEWER'].map(open)).toEqual([1, 1, 1, 0, 0]);
  const viewer = station.session('VIEWER');
  expect(refusalOf(station, viewer, 'replication.conflict', { conflict_id })).toBe('not_allowed');
  expect(
    refusalOf(station, viewer, 'replication.resolveConflict', { conflict_id, resolution: 'keep_theirs' }),
  ).toBe('not_allowed');
  settle(station, 'SUPERVISOR', { conflict_id, resolution: 'keep_mine' });
});

test('having written rows that give rights once is no right to write them again', () => {
  const station = testStation({ roles: ROLES });
  const row_id = userNamed(station, 'VIEWER');
  const conflict_id = entry(station, {
    author: 'PLANNER',
    table: 'users',
    row_id,
    changes: [
      {
        op: 'U',
        base: { is_superuser: false, hashed_password: 'a' },
        patch: { is_superuser: true, hashed_password: 'b' },
      },
    ],
  });
  const planner = station.session('PLANNER');
  const shown = ask(station, planner, 'replication.conflict', { conflict_id });
  expect(shown.may_resolve).toBe(false);
  expect(shown.fields.find(f => f.field === 'hashed_password')).toMatchObject({ mine: '***', theirs: '***' });
  expect(
    refusalOf(station, planner, 'replication.resolveConflict', { conflict_id, resolution: 'keep_mine' }),
  ).toBe('not_allowed');
  expect(rowOf(station, 'users', row_id)).toMatchObject({ is_superuser: 0 });
});

test('what is no part of the step, or stands for a step that was taken, cannot be typed in', () => {
  const station = testStation({ roles: ROLES });
  const { conflict_id, row_id } = renamedTwice(station);
  const planner = station.session('PLANNER');
  const attempt = (field: string, take: string) =>
    refusalOf(station, planner, 'replication.resolveConflict', {
      conflict_id,
      resolution: 'combine',
      choices: [{ table: 'materials', row_id, field, take, value: 'x' }],
    });
  expect(attempt('material_number', 'mine')).toBe('conflict_field_unknown');
  expect(attempt('material_name', 'value')).toBe('conflict_field_fixed');
  expect(
    refusalOf(station, planner, 'replication.resolveConflict', { conflict_id, resolution: 'dismiss' }),
  ).toBe('resolution_not_offered');
});

test('a step that only the centre has whole is shown with what is known of it and cannot be kept from here', () => {
  const station = testStation({ roles: ROLES });
  const row_id = item(station, '706.62', { material_name: 'theirs' });
  const conflict_id = entry(station, {
    author: 'PLANNER',
    row_id,
    changes: [],
    unit: { intent: undefined, is_shortened: true },
    fields: [{ field: 'material_name', base: 'before', mine: 'mine', theirs: 'theirs' }],
  });
  const planner = station.session('PLANNER');
  expect(ask(station, planner, 'replication.conflict', { conflict_id })).toMatchObject({
    intent: '',
    can: ['keep_theirs'],
    suggested_because: 'too_large',
    opens: { page: 'item', id: row_id },
    fields: [{ base: 'before', mine: 'mine', theirs: 'theirs' }],
  });
  expect(
    refusalOf(station, planner, 'replication.resolveConflict', { conflict_id, resolution: 'keep_mine' }),
  ).toBe('resolution_not_offered');
  settle(station, 'PLANNER', { conflict_id, resolution: 'keep_theirs' });
  expect(rowOf(station, 'materials', row_id)).toMatchObject({ material_name: 'theirs' });
});

test('a step of another version of the program is not kept from here: fields unknown here would be left out', () => {
  const station = testStation({ roles: ROLES });
  const row_id = item(station, '706.63', { material_name: 'theirs' });
  const change = {
    table: 'materials',
    id: row_id,
    op: 'U' as const,
    base: {},
    patch: { shelf_colour: 'RED' },
  };
  const conflict_id = entry(station, { author: 'PLANNER', row_id, changes: [change], fields: [] });
  const planner = station.session('PLANNER');
  expect(ask(station, planner, 'replication.conflict', { conflict_id })).toMatchObject({
    can: ['keep_theirs'],
    suggested: 'wait',
    suggested_because: 'other_program',
  });
});

test('a step refused because of rights is sent again by somebody who has the right, by its author only with it', () => {
  const station = testStation({ roles: ROLES });
  const row_id = item(station, '706.64', { material_name: 'theirs' });
  const conflict_id = entry(station, {
    author: 'VIEWER',
    row_id,
    outcome: 'REJECTED',
    reason_code: 'actor_not_permitted',
    reason_values: { permission: 'materials:update' },
    changes: [{ op: 'U', base: { material_name: 'theirs' }, patch: { material_name: 'mine' } }],
  });
  const viewer = station.session('VIEWER');
  expect(ask(station, viewer, 'replication.conflict', { conflict_id })).toMatchObject({
    can: ['dismiss'],
    may_resolve: true,
    suggested: 'wait',
    suggested_because: 'right_missing',
  });
  for (const resolution of ['keep_mine', 'edit'] as const)
    expect(refusalOf(station, viewer, 'replication.resolveConflict', { conflict_id, resolution })).toBe(
      'resolution_not_offered',
    );
  const admin = station.session('ORG_ADMIN');
  expect(ask(station, admin, 'replication.conflict', { conflict_id })).toMatchObject({
    suggested: 'mine',
    suggested_because: 'right_held',
  });
  settle(station, 'ORG_ADMIN', { conflict_id, resolution: 'keep_mine' });
  expect(rowOf(station, 'materials', row_id)).toMatchObject({ material_name: 'mine' });
});
