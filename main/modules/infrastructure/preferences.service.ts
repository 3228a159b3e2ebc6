import { notification_preferences, notificationChoices } from '../../../db/schema/infrastructure.ts';
import type { infrastructure } from '../../../preload/contract/infrastructure.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import { seedId } from '../../platform/seed-id.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import type { Preference } from './delivery.rules.ts';

type Input<P extends keyof typeof infrastructure> = ParsedInputOf<(typeof infrastructure)[P]>;
interface Stored {
  id: string;
  user_id: string;
  choices: string;
  quiet_from_min: number | null;
  quiet_to_min: number | null;
}
const OF_PEOPLE = `select id, user_id, choices, quiet_from_min, quiet_to_min from notification_preferences
  where organization_id = @organization_id and user_id in (select value from json_each(@people))`;

/** What these people chose; whoever chose nothing is missing. */
export function preferencesOf(ctx: ReadCtx, people: readonly string[]): Map<string, Preference> {
  const rows = ctx.sql.all<Stored>(OF_PEOPLE, {
    organization_id: ctx.organization_id,
    people: JSON.stringify(people),
  });
  return new Map(
    rows.map(({ user_id, choices, quiet_from_min, quiet_to_min }) => [
      user_id,
      { choices: notificationChoices.parse(JSON.parse(choices)), quiet_from_min, quiet_to_min },
    ]),
  );
}

export function notificationPreferences(ctx: ReadCtx) {
  const { user_id } = ctx.actor;
  return (
    preferencesOf(ctx, [user_id]).get(user_id) ?? { choices: {}, quiet_from_min: null, quiet_to_min: null }
  );
}

/** Refuses `quiet_hours_half` when only one end of the quiet hours is given. */
export function savePreferences(ctx: CommandCtx, input: Input<'savePreferences'>) {
  if ((input.quiet_from_min === null) !== (input.quiet_to_min === null)) refuse('quiet_hours_half');
  const { user_id } = ctx.actor;
  // The same person at two stations has one row.
  const id = seedId('notification_preferences', user_id);
  const held = ctx.sql.get('select 1 from notification_preferences where id = ?', [id]);
  if (held) ctx.update(notification_preferences, id, input);
  else ctx.insert(notification_preferences, { id, user_id, ...input });
  return notificationPreferences(ctx);
}
