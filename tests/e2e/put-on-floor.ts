/** `node tests/e2e/put-on-floor.ts <folder> <purchase order>`: a demo station whose builds of one order passed pre-QC. */
import { orders } from '../../db/schema/orders.ts';
import { compose } from '../../main/compose.ts';
import { installDemoPlant } from '../../main/demo-plant.ts';

const [data_folder = '', order_number = ''] = process.argv.slice(2);
const station = compose({ data_folder });
await installDemoPlant(station);
station.asSystem('test.floor', ctx => {
  const builds = ctx.sql.all<{ id: string }>('select id from orders where order_number = ?', [order_number]);
  for (const { id } of builds) ctx.update(orders, id, { order_status: 'READY_FOR_PRODUCTION' });
});
await station.close();
