/**
 * `node tests/support/make-conflicts.ts DATA_FOLDER`: leaves entries in the conflict inbox of a stopped station of the
 * demo plant, as they arrive from a centre.
 */
import type { Id } from '../../db/kit/columns.ts';
import { conflicts } from '../../db/schema/infrastructure.ts';
import { compose } from '../../main/compose.ts';

const [data_folder = ''] = process.argv.slice(2);
const station = compose({ data_folder });
station.asSystem('test.conflicts', ctx => {
  const author = ctx.sql.get<{ id: Id<'users'> }>("select id from users where username = 'a.roy'");
  const items = ctx.sql.all<{ id: string; material_number: string; material_name: string }>(
    'select id, material_number, material_name from materials order by material_number limit 4',
  );
  if (!author) throw new Error('no demo plant');
  items.forEach((item, at) => {
    const isRefused = at === 3;
    const mine = {
      material_name: `${item.material_name} (renamed)`,
      lead_time_days: 21,
      manufacturer_name: 'Acme',
    };
    const base = { material_name: 'Name before', lead_time_days: 7, manufacturer_name: null };
    ctx.insert(conflicts, {
      unit_id: ctx.newId('conflicts'),
      station_code: 'K7',
      outcome: isRefused ? 'REJECTED' : 'CONFLICT',
      table_name: 'materials',
      row_id: item.id,
      row_label: item.material_number,
      reason_code: isRefused ? 'value_not_valid' : 'field_changed',
      reason_values: {},
      fields: isRefused
        ? []
        : [
            {
              table: 'materials',
              row_id: item.id,
              field: 'material_name',
              base: base.material_name,
              mine: mine.material_name,
              theirs: item.material_name,
            },
          ],
      unit: {
        intent: 'catalogue.saveMaterial',
        changes: [{ table: 'materials', id: item.id, op: 'U', base, patch: mine }],
      },
      author_id: author.id,
      occurred_at_ms: ctx.now_ms - 3_600_000,
      received_at_ms: ctx.now_ms - at * 60_000,
      state: 'OPEN',
    });
  });
});
await station.close();
