/** `node tests/e2e/put-before-inspector.ts <folder> <purchase order>`: a demo station whose builds of one order wait for pre-QC. */
import { createReadStream, statSync } from 'node:fs';
import path from 'node:path';
import { orders } from '../../db/schema/orders.ts';
import { compose } from '../../main/compose.ts';
import { installDemoPlant } from '../../main/demo-plant.ts';
import { registerFile } from '../../main/modules/infrastructure/files.service.ts';

const [data_folder = '', order_number = ''] = process.argv.slice(2);
const station = compose({ data_folder });
await installDemoPlant(station);
const sheet = path.resolve(import.meta.dirname, '../../docs/images/configurator.png');
const ticket = station.transfers.expect(statSync(sheet).size);
await station.transfers.receive(ticket, createReadStream(sheet), 'drawing.png');
const orders_of = 'select id from orders where order_number = ?';
station.asPerson({ username: 'a.roy', at_ms: Date.now() }, 'infrastructure.registerFile', ctx =>
  registerFile(ctx, {
    ticket,
    original_name: 'drawing.png',
    links: ctx.sql.all<{ id: string }>(orders_of, [order_number]).map(({ id }) => ({
      entity_type: 'orders',
      entity_id: id,
      link_role: 'TECHNICAL_DRAWING',
    })),
  }),
);
station.asSystem('test.inspector', ctx => {
  for (const { id } of ctx.sql.all<{ id: string }>(orders_of, [order_number]))
    ctx.update(orders, id, { order_status: 'READY_FOR_PRE_QC' });
});
await station.close();
