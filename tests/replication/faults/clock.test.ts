import { expect, test } from 'vitest';
import type { Id } from '../../../db/kit/columns.ts';
import { notifications } from '../../../db/schema/infrastructure.ts';
import { removeOldNotifications } from '../../../main/modules/infrastructure/notifications.service.ts';
import type { CommandCtx } from '../../../main/rpc/context.ts';
import { differences, untilQuiet } from '../stations/support.ts';
import { addTool, categoryOf, editTool, endsEqual, exchange, inboxOf, joinedPair } from './support.ts';

const MINUTE_MS = 60_000;
const YEARS_MS = 3 * 365 * 86_400_000;

function storeRead(ctx: CommandCtx): string {
  const user = ctx.sql.get<{ id: Id<'users'> }>('select id from users limit 1');
  if (!user) throw new Error('nobody is here');
  return ctx.insert(notifications, {
    user_id: user.id,
    notification_type: 'INFO',
    message_code: 'infrastructure:notices.numbered',
    message_values: { from: 'A', to: 'B' },
    is_read: true,
    read_at_ms: ctx.now_ms,
  }).id;
}

test('a clock that is set by minutes and by years, back and forward, on a line that stays: steps keep their order, the trail its chain, and what is told of time comes from the centre', {
  timeout: 60_000,
}, async () => {
  const pair = await joinedPair();
  const { one, two } = pair;
  const ids = [addTool(one)];
  await untilQuiet([one, two]);
  const read = one.station.asSystem('test.read', storeRead);
  for (const [round, jump] of [
    -10 * MINUTE_MS,
    -YEARS_MS,
    2 * YEARS_MS,
    -YEARS_MS + 10 * MINUTE_MS,
  ].entries()) {
    one.clock.forward(jump);
    const id = addTool(one);
    ids.push(id);
    for (const nth of ['first', 'second', 'third']) editTool(one, id, `${nth} of ${round}`);
    expect(await exchange(one)).toBe('done');
    expect(await exchange(two)).toBe('done');
    expect(categoryOf(two, id)).toBe(`third of ${round}`);
    const status = one.station.replication.status();
    const seconds = Math.round((one.clock.now_ms() - Date.now()) / 1000);
    if (Math.abs(seconds) < 300) expect(status.trouble).toBeNull();
    else
      expect(status.trouble).toMatchObject({
        code: 'clock_wrong',
        details: { seconds: expect.closeTo(Math.abs(seconds), -2) },
      });
    one.station.asSystem('test.routine', removeOldNotifications);
    // The centre's clock is the one of this machine.
    expect(Math.abs((status.complete_to_ms ?? 0) - Date.now())).toBeLessThan(MINUTE_MS);
  }
  expect(inboxOf(one)).toEqual([]);
  // What was read today is not old because a clock is years ahead.
  for (const s of [one, two])
    expect(
      s.station.readAsSystem(ctx => ctx.sql.all('select 1 from notifications where id = ?', [read])),
    ).toHaveLength(1);
  for (const s of [one, two]) {
    expect(await s.station.callAsSystem('infrastructure.verifyAudit', {})).toMatchObject({
      ok: true,
      value: { faults: [] },
    });
    const ofOne = s.station.readAsSystem(ctx =>
      ctx.sql.all<{ chain_no: number }>(
        'select chain_no from audit_logs where station_id = ? order by chain_no',
        [one.station.station_id],
      ),
    );
    const first = ofOne[0]?.chain_no ?? 0;
    expect(ofOne.map(row => row.chain_no)).toEqual(ofOne.map((_, at) => first + at));
  }
  expect(differences(one, two)).toEqual([]);
  await endsEqual(pair, ids);
});
