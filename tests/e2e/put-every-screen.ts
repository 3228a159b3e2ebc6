/**
 * `node tests/e2e/put-every-screen.ts <folder> <password>`: gives a station of the demo plant what its screens need to
 * be full, gives its administrator that password, and writes one line of JSON: the records that addresses name, and the names that no language translates.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { conflicts } from '../../db/schema/infrastructure.ts';
import { compose } from '../../main/compose.ts';
import { orderFileList } from '../../main/modules/orders/order-file.rules.ts';
import { settingKeys } from '../../preload/contract/settings.ts';
import plant from '../../resources/demo-plant/plant.json' with { type: 'json' };

const [data_folder = '', new_password = ''] = process.argv.slice(2);
const station = compose({ data_folder });
/** The procedures of the screens, as a signed-in person calls them. */
function call<Value = Record<string, string>>(
  session: string | null,
  procedure: string,
  input: object,
): Partial<Value> {
  const reply = station.serve(session, procedure, input);
  if (!reply.ok) throw new Error(`${procedure}: ${JSON.stringify(reply.error)}`);
  return reply.value as Value;
}
const first = (username: string) => plant.people.find(person => person.username === username)?.demo_password;
const signedIn = (username: string, password = first(username)) =>
  call(null, 'identity.signIn', { username, password }).session ?? '';
const found = (sql: string): string =>
  station.readAsSystem(ctx => {
    const row = ctx.sql.get<{ id: string }>(sql);
    if (!row) throw new Error(`nothing found: ${sql}`);
    return row.id;
  });
const build = (order_number: string) =>
  found(`select id from orders where order_number = '${order_number}' order by build_number limit 1`);
const bomOf = (order_id: string) =>
  found(`select id from bom_headers where order_id = '${order_id}' limit 1`);

call(signedIn('admin'), 'identity.changePassword', { current_password: first('admin'), new_password });
const admin = signedIn('admin', new_password);
const service = signedIn('t.varga');
const order_id = build('PO-260105');
const working = build('PO-260093');

const { printer_id = '' } = call(admin, 'logistics.savePrinter', {
  printer_name: 'Zebra',
  printer_kind: 'TCP',
  host: '127.0.0.1',
  port: 9,
  density_dpi: 203,
  media_width_mm: 101.6,
  media_height_mm: 50.8,
  is_active: true,
});
call(admin, 'logistics.printLabels', { label_type: 'BUILD_FRONT', subject: { order_id }, printer_id });

const { items = [] } = call<{ items: { material_id: string }[] }>(service, 'orders.serviceCatalogue', {});
const lines = items.slice(0, 3).map(({ material_id }) => ({ material_id, quantity_e6: 2_000_000 }));
call(service, 'orders.addToCart', { lines });
const requested = call(service, 'orders.submitCart', {});
call(service, 'orders.addToCart', { lines });

const form = call(signedIn('s.lindqvist'), 'quality.openForm', {
  order_id: build('PO-260095'),
  plan_type: 'PRE_QC',
});
call(admin, 'orders.writeComment', { order_id, content: 'The dock is closed on Friday', is_internal: true });

const orderFile = path.resolve(import.meta.dirname, '../../resources/demo-plant/orders.json');
const [sample] = orderFileList.parse(JSON.parse(readFileSync(orderFile, 'utf8')));
const drafts = [1, 2, 3, 4, 5].map(step => {
  const { draft_id } = call(admin, 'orders.saveDraft', {
    draft: {
      step,
      family: 'MDRD',
      header: {
        order_number: `PO-95000${step}`,
        customer_name:
          'Centre hospitalier universitaire de la Nouvelle-Écosse et du Nouveau-Brunswick, pavillon Sainte-Marguerite',
        sales_person: 'Peter Aldous',
        want_on: '2035-03-01',
      },
      builds: sample?.builds,
    },
  });
  return [`step_${step}`, draft_id];
});

const material_id = found("select id from materials where material_number = 'T2-BODY-48-60-HA'");
const conflict = station.asSystem('test.conflicts', ctx => {
  const change = { table: 'materials', id: material_id, op: 'U', base: { lead_time_days: 7 } };
  return ctx.insert(conflicts, {
    unit_id: ctx.newId('conflicts'),
    station_code: 'K7',
    outcome: 'CONFLICT',
    table_name: 'materials',
    row_id: material_id,
    row_label: 'T2-BODY-48-60-HA',
    reason_code: 'field_changed',
    reason_values: {},
    fields: [
      { table: 'materials', row_id: material_id, field: 'lead_time_days', base: 7, mine: 21, theirs: 14 },
    ],
    unit: { intent: 'catalogue.saveMaterial', changes: [{ ...change, patch: { lead_time_days: 21 } }] },
    author_id: ctx.actor.user_id,
    occurred_at_ms: ctx.now_ms,
    received_at_ms: ctx.now_ms,
    state: 'OPEN',
  });
});

/** What the plant wrote, which no language translates, although a screen has the same words. */
const names = station.readAsSystem(ctx =>
  ctx.sql.all<{
    name: string;
  }>(`select dept_name as name from departments union select category_name from material_categories
    union select template_code from label_templates
    union select applies_when from inspection_characteristics where applies_when is not null`),
);
const records = {
  order_id,
  order_number: 'PO-260105',
  working,
  shipped: build('PO-260088'),
  bom_id: bomOf(order_id),
  a: bomOf(build('PO-260101')),
  b: bomOf(order_id),
  material_id,
  number: 'T2-BODY-48-60-HA',
  master_bom: found("select id from bom_headers where bom_number = 'BOM-T2-BODY-48-60-HA'"),
  product_model_id: found("select id from product_models where family = 'MDRD'"),
  user_id: found("select id from users where username = 'a.roy'"),
  role_id: found("select id from roles where role_code = 'PLANNER'"),
  log_id: form.log_id,
  signed_form: found('select id from inspection_logs where signed_at_ms is not null limit 1'),
  plan_id: found('select id from inspection_plans limit 1'),
  instruction_id: found('select id from work_instructions order by instruction_code limit 1'),
  label_id: found('select id from barcode_labels limit 1'),
  template_id: found('select id from label_templates limit 1'),
  service_order: requested.order_id,
  conflict_id: conflict.id,
  ...Object.fromEntries(drafts),
};
const own = [...names.map(({ name }) => name), ...settingKeys];
process.stdout.write(`${JSON.stringify({ records, names: own })}\n`);
await station.close();
