/** `node tests/e2e/put-before-inspector.ts <folder> <purchase order>`: a demo station whose builds of one order wait for pre-QC. */
import { file_links, file_uploads } from '../../db/schema/infrastructure.ts';
import { orders } from '../../db/schema/orders.ts';
import { compose } from '../../main/compose.ts';
import { installDemoPlant } from '../../main/demo-plant.ts';

const [data_folder = '', order_number = ''] = process.argv.slice(2);
const station = compose({ data_folder });
await installDemoPlant(station);
station.asSystem('test.inspector', ctx => {
  const drawing = ctx.insert(file_uploads, {
    original_name: 'drawing.pdf',
    file_size_bytes: 10,
    mime_type: 'application/pdf',
    file_extension: 'pdf',
    sha256: 'a'.repeat(64),
  });
  const builds = ctx.sql.all<{ id: string }>('select id from orders where order_number = ?', [order_number]);
  for (const { id } of builds) {
    ctx.update(orders, id, { order_status: 'READY_FOR_PRE_QC' });
    ctx.insert(file_links, {
      file_upload_id: drawing.id,
      entity_type: 'orders',
      entity_id: id,
      link_role: 'TECHNICAL_DRAWING',
    });
  }
});
await station.close();
