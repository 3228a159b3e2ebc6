/** `node tests/e2e/put-approval.ts <folder>`: a demo station where shipping asks the plant manager; writes the id of a build that is ready. */
import { workflow_transitions } from '../../db/schema/configuration.ts';
import { orders } from '../../db/schema/orders.ts';
import { compose } from '../../main/compose.ts';
import { installDemoPlant } from '../../main/demo-plant.ts';

const [data_folder = ''] = process.argv.slice(2);
const station = compose({ data_folder });
await installDemoPlant(station);
const order_id = station.asSystem('test.approval', ctx => {
  for (const { id } of ctx.sql.all<{ id: string }>(
    "select id from workflow_transitions where transition_code = 'T9'",
  ))
    ctx.update(workflow_transitions, id, {
      needs_approval: true,
      approval: { approver_role: 'PLANT_MANAGER', due_hours: 24, needs_signature: true },
    });
  const build = ctx.sql.get<{ id: string }>("select id from orders where order_number = 'PO-260105' limit 1");
  if (!build) throw new Error('the demo plant has no such order');
  ctx.update(orders, build.id, { order_status: 'READY_FOR_SHIP' });
  return build.id;
});
process.stdout.write(order_id);
await station.close();
