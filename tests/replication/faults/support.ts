import { expect, onTestFinished } from 'vitest';
import type { Id } from '../../../db/kit/columns.ts';
import { materials } from '../../../db/schema/catalogue.ts';
import { workflow_history } from '../../../db/schema/configuration.ts';
import { plants } from '../../../db/schema/identity.ts';
import { tools } from '../../../db/schema/production.ts';
import { peopleFor } from '../../support/station.ts';
import {
  differences,
  noProgress,
  type OfflineStation,
  offlineStation,
  type TestCentre,
  testCentre,
  untilQuiet,
} from '../stations/support.ts';
import { type FaultProxy, openProxy } from '../support/proxy.ts';

const names = { en: 'Tool', fr: 'Outil', es: 'Util' };
export type ToolId = Id<'tools'>;
let made = 0;

/** A command whose effect is easy to count: one row that is only added, and one that may be edited. */
export function addTool({ station }: OfflineStation, tool_name = `Tool ${++made}`): ToolId {
  return station.asSystem('test.tool', ctx => {
    const user = ctx.sql.get<{ id: Id<'users'> }>('select id from users order by id limit 1');
    const tool = ctx.insert(tools, { tool_name, tool_names: names });
    if (user)
      ctx.insert(workflow_history, {
        entity_type: 'tools',
        entity_id: tool.id,
        event_type: 'note',
        action: 'MADE',
        to_status: 'OPEN',
        performed_by: user.id,
        performed_at_ms: ctx.now_ms,
      });
    return tool.id;
  });
}
/** One item, once at the first plant and once at a second. */
export const itemOfTwoPlants = ({ station }: OfflineStation) =>
  station.asSystem('test.plants', ctx => {
    const first = ctx.sql.get<{ id: Id<'plants'> }>('select id from plants');
    const unit = ctx.sql.get<{ id: Id<'units_of_measure'> }>('select id from units_of_measure limit 1');
    if (!first || !unit) throw new Error('no plant, or no unit');
    const second = ctx.insert(plants, { plant_code: 'MIL', plant_name: 'Milton', timezone: 'UTC' });
    const item = { material_number: 'M-1', material_name: 'Part', record_type: 'PART' as const };
    const at = (plant_id: Id<'plants'>) => ctx.insert(materials, { ...item, plant_id, base_uom_id: unit.id });
    return [at(first.id), at(second.id)] as const;
  });
export const editTool = ({ station }: OfflineStation, id: ToolId, category: string): void =>
  station.asSystem('test.edit', ctx => void ctx.update(tools, id, { category }));
export const removeTool = ({ station }: OfflineStation, id: ToolId): void =>
  station.asSystem('test.remove', ctx => ctx.remove(tools, id));
export const toolIds = ({ station }: OfflineStation): string[] =>
  station.readAsSystem(ctx =>
    ctx.sql
      .all<{ id: string }>('select id from tools where tool_names like \'%"Tool"%\' order by id')
      .map(r => r.id),
  );
export const categoryOf = ({ station }: OfflineStation, id: string): string | null | undefined =>
  station.readAsSystem(
    ctx =>
      ctx.sql.get<{ category: string | null }>('select category from tools where id = ?', [id])?.category,
  );
export const inboxOf = ({
  station,
}: OfflineStation): { outcome: string; reason_code: string; row_id: string }[] =>
  station.readAsSystem(ctx =>
    ctx.sql.all('select outcome, reason_code, row_id from conflicts order by created_at_ms'),
  );
export const waiting = ({ station }: OfflineStation): number => station.replication.status().waiting_units;
/** The code of the refusal that an exchange ends with, or 'done'. */
export const exchange = (s: OfflineStation): Promise<string> =>
  s.sync().then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );

export interface Pair {
  centre: TestCentre;
  /** The line of the first station; the second has its own, always good. */
  line: FaultProxy;
  one: OfflineStation;
  two: OfflineStation;
}
/** Two joined stations with the same rows, the first behind a line that can fail. */
export async function joinedPair(server_url?: string): Promise<Pair> {
  const centre = await testCentre(server_url);
  const port = Number(new URL(server_url ?? centre.server_url).port);
  const line = await openProxy(port);
  onTestFinished(() => line.close());
  const one = offlineStation();
  peopleFor(one.station, ['ORG_ADMIN']);
  await one.station.replication.join(await centre.code('K1', line.port), true, noProgress);
  const two = offlineStation();
  await two.station.replication.join(await centre.code('K2'), false, noProgress);
  await untilQuiet([one, two]);
  return { centre, line, one, two };
}

/** Nothing waits, both hold the same rows, the checksums of the centre agree, and each command counts once. */
export async function endsEqual(pair: Pick<Pair, 'one' | 'two'>, ids: readonly string[]): Promise<void> {
  await untilQuiet([pair.one, pair.two]);
  await untilQuiet([pair.one]);
  expect([waiting(pair.one), waiting(pair.two)]).toEqual([0, 0]);
  expect(differences(pair.one, pair.two)).toEqual([]);
  expect(await pair.two.station.replication.checkIntegrity(noProgress)).toMatchObject({ is_equal: true });
  expect(toolIds(pair.two)).toEqual(expect.arrayContaining([...ids]));
  const twice = pair.two.station.readAsSystem(ctx =>
    ctx.sql.all('select entity_id, count(*) n from workflow_history group by 1 having n > 1'),
  );
  expect(twice).toEqual([]);
}
