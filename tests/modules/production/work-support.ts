import { readFileSync } from 'node:fs';
import type { Id } from '../../../db/kit/columns.ts';
import { orders } from '../../../db/schema/orders.ts';
import { ncrs } from '../../../db/schema/quality.ts';
import type { Station } from '../../../main/compose.ts';
import { installInstructions } from '../../../main/modules/production/install.service.ts';
import type { Configuration } from '../../../preload/contract/product-model.ts';
import { ask } from '../../support/station.ts';
import { submittedBuild } from '../orders/order-support.ts';

const shipped = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../resources/demo-plant/${name}.json`, import.meta.url), 'utf8'));
export const installWork = (station: Pick<Station, 'asSystem'>) =>
  station.asSystem('test.instructions', ctx =>
    installInstructions(ctx, { tools: shipped('tools'), instructions: shipped('work-instructions') }),
  );
type Patch = {
  order_status?: 'READY_FOR_PRODUCTION' | 'TESTING_COMPLETE' | 'ORDER_CREATED';
  current_assignee_id?: Id<'users'> | null;
};
export const patchOrder = (station: Pick<Station, 'asSystem'>, order_id: string, patch: Patch) =>
  station.asSystem('test.order', ctx => ctx.update(orders, order_id, patch));
export const userNamed = (station: Pick<Station, 'readAsSystem'>, username: string): Id<'users'> => {
  const found = station.readAsSystem(ctx =>
    ctx.sql.get<{ id: Id<'users'> }>('select id from users where username = ?', [username]),
  );
  if (!found) throw new Error(`nobody is called ${username}`);
  return found.id;
};

/** A build on the floor, assigned to the assembler, with its task list. */
export function buildOnTheFloor(configuration?: Configuration, roles?: string[]) {
  const made = submittedBuild(configuration, roles ? { roles } : {});
  const { station, order_id } = made;
  installWork(station);
  const assembler = station.session('OPERATOR');
  const current_assignee_id = userNamed(station, 'operator');
  patchOrder(station, order_id, { order_status: 'READY_FOR_PRODUCTION', current_assignee_id });
  const generate = (session = assembler) => ask(station, session, 'production.generateTasks', { order_id });
  const work = (session = assembler) => ask(station, session, 'production.work', { order_id });
  const task = (code: string) => {
    const found = work().tasks.find(row => row.task_code === code);
    if (!found) throw new Error(`no task ${code}`);
    return found;
  };
  const complete = (code: string, session = assembler) =>
    ask(station, session, 'production.completeTask', { task_id: task(code).task_id });
  return { ...made, assembler, generate, work, task, complete };
}
export const openIssue = (
  station: Pick<Station, 'asSystem'>,
  order_id: Id<'orders'>,
  more: { material_id?: Id<'materials'>; ncr_number?: string } = {},
) =>
  station.asSystem('test.issue', ctx => {
    const plant = ctx.sql.get<{ plant_id: Id<'plants'> }>('select plant_id from orders where id = ?', [
      order_id,
    ]);
    if (!plant) throw new Error('no such build');
    return ctx.insert(ncrs, {
      ...plant,
      ncr_number: more.ncr_number ?? 'NCR-2026-0001',
      order_id,
      material_id: more.material_id ?? null,
      characteristic_codes: [],
      ncr_type: 'SHORTAGE',
      category: 'PART_NOT_AVAILABLE',
      severity: 'CRITICAL',
      needs_rework: false,
      defect_description: 'Not on the shelf',
      reported_by: ctx.actor.user_id,
      reported_at_ms: ctx.now_ms,
    });
  });
