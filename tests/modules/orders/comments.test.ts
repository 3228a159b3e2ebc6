import { expect, test } from 'vitest';
import { ask, refusalOf } from '../../support/station.ts';
import { userNamed } from '../production/work-support.ts';
import { submittedBuild } from './order-support.ts';

test('people talk about a build: threads, mentions, corrections, and what stays among a few', () => {
  const { station, order_id, planner } = submittedBuild();
  const operator = station.session('OPERATOR');
  const inspector = station.session('QC_INSPECTOR');
  const list = (session: string) => ask(station, session, 'orders.listComments', { order_id }).comments;
  const write = (session: string, content: string, more = {}) =>
    ask(station, session, 'orders.writeComment', { order_id, content, ...more }).comment_id;
  const messages = (session: string) =>
    ask(station, session, 'infrastructure.listNotifications', { only_unread: true }).rows.filter(
      row => row.message_code === 'orders:notices.mentioned',
    );
  const operatorId = userNamed(station, 'operator');
  const inspectorId = userNamed(station, 'qc_inspector');

  const first = write(planner, 'Customer asks for the left drain', {
    category: 'CUSTOMER',
    priority: 'HIGH',
    mentions: [operatorId],
  });
  expect(messages(operator)).toMatchObject([
    {
      priority: 'HIGH',
      message_values: { order_number: 'PO-1001', text: 'Customer asks for the left drain' },
    },
  ]);
  station.clock.forward(1000);
  const second = write(planner, 'Margin is thin here', { is_internal: true });
  station.clock.forward(1000);
  const reply = write(operator, 'Drilled on the left', { thread_id: first });
  const internalReply = write(inspector, 'Seen', { thread_id: second });

  expect(list(planner).map(row => row.comment_id)).toEqual([first, reply, second, internalReply]);
  expect(list(operator).map(row => row.comment_id)).toEqual([first, reply]);
  expect(list(planner).map(row => row.is_internal)).toEqual([false, false, true, true]);
  const refused = (session: string, procedure: 'writeComment' | 'editComment', input: object) =>
    refusalOf(station, session, `orders.${procedure}`, input);
  const hello = { order_id, content: 'Hello' };
  expect(refused(operator, 'writeComment', { ...hello, is_internal: true })).toBe('comment_internal');
  expect(refused(operator, 'writeComment', { ...hello, thread_id: second })).toBe('row_not_found');
  expect(refused(planner, 'writeComment', { ...hello, thread_id: reply })).toBe('row_not_found');
  expect(refused(planner, 'writeComment', { ...hello, is_internal: true, mentions: [operatorId] })).toBe(
    'mention_cannot_read',
  );
  expect(refused(station.session('SERVICE'), 'writeComment', hello)).toBe('not_allowed');
  expect(refused(planner, 'writeComment', { ...hello, content: '   ' })).toBe('invalid_input');
  expect(
    ask(station, planner, 'orders.commentPeople', { is_internal: true }).people.map(row => row.user_id),
  ).not.toContain(operatorId);

  const versionOf = (comment_id: string) =>
    list(planner).find(row => row.comment_id === comment_id)?.row_version ?? 0;
  const change = { comment_id: first, expected_version: versionOf(first) };
  expect(refused(operator, 'editComment', { ...change, content: 'Mine now' })).toBe('comment_not_yours');
  ask(station, planner, 'orders.editComment', {
    ...change,
    content: 'Customer asks for the right drain',
    mentions: [operatorId, inspectorId],
  });
  expect(messages(inspector), 'newly mentioned').toHaveLength(1);
  expect(messages(operator), 'told once').toHaveLength(1);
  expect(refused(planner, 'editComment', { ...change, content: 'From an old page' })).toBe('row_changed');
  expect(ask(station, operator, 'orders.commentHistory', { comment_id: first }).texts).toMatchObject([
    { by_name: 'User PLANNER', content: 'Customer asks for the left drain' },
  ]);

  const resolve = { comment_id: first, expected_version: versionOf(first), is_resolved: true };
  expect(refusalOf(station, operator, 'orders.resolveComment', resolve)).toBe('not_allowed');
  ask(station, inspector, 'orders.resolveComment', resolve);
  expect(list(planner)[0]).toMatchObject({ resolved_by_name: 'User QC_INSPECTOR' });
  ask(station, operator, 'orders.deleteComment', { comment_id: reply, expected_version: versionOf(reply) });
  expect(list(planner)[1]).toMatchObject({ content: '', deleted_at_ms: station.clock.now_ms() });
  expect(ask(station, planner, 'orders.commentHistory', { comment_id: reply }).texts).toEqual([]);
  expect(refused(planner, 'writeComment', { ...hello, thread_id: reply })).toBe('comment_deleted');
});
