import type { Id } from '../../../db/kit/columns.ts';
import type { InsertOf } from '../../../db/kit/define-table.ts';
import { materials } from '../../../db/schema/catalogue.ts';
import { conflicts } from '../../../db/schema/infrastructure.ts';
import { order_comments, orders } from '../../../db/schema/orders.ts';
import type { TestStation } from '../../support/station.ts';

const one = <T>(station: TestStation, sql: string): T =>
  station.readAsSystem(ctx => {
    const found = ctx.sql.get<{ id: T }>(sql);
    if (!found) throw new Error(`nothing found: ${sql}`);
    return found.id;
  });

export const userNamed = (station: TestStation, role: string) =>
  one<Id<'users'>>(station, `select id from users where username = '${role.toLowerCase()}'`);

/** An item as all stations know it by now: `theirs` holds what the others made of it. */
export function item(station: TestStation, number: string, theirs: Partial<InsertOf<typeof materials>> = {}) {
  const plant_id = one<Id<'plants'>>(station, 'select id from plants');
  const base_uom_id = one<Id<'units_of_measure'>>(
    station,
    "select id from units_of_measure where uom_code = 'EA'",
  );
  return station.asSystem(
    'test.item',
    ctx =>
      ctx.insert(materials, {
        plant_id,
        base_uom_id,
        material_number: number,
        record_type: 'PART',
        material_name: `Part ${number}`,
        ...theirs,
      }).id,
  );
}

/** A comment on a build of its own. */
export const commented = (station: TestStation, is_internal: boolean): Id<'order_comments'> =>
  station.asSystem('test.comment', ctx => {
    const order = ctx.insert(orders, {
      plant_id: ctx.actor.plant_id,
      order_kind: 'CUSTOMER_BUILD',
      order_number: is_internal ? 'PO-1' : 'PO-2',
      customer_name: 'Lakeshore',
      order_status: 'ORDER_CREATED',
      configuration: {},
    });
    return ctx.insert(order_comments, {
      order_id: order.id,
      author_id: ctx.actor.user_id,
      written_at_ms: ctx.now_ms,
      content: 'as all stations know it',
      is_internal,
      mentions: [],
    }).id;
  });

interface Step {
  author: string;
  table?: string;
  row_id: string;
  outcome?: 'CONFLICT' | 'REJECTED' | 'PARKED';
  reason_code?: string;
  reason_values?: object;
  changes: { table?: string; id?: string; op: 'I' | 'U' | 'D'; base?: object; patch?: object }[];
  /** Instead of the changes: as the centre shortens it. */
  unit?: object;
  fields?: { field: string; base: unknown; mine: unknown; theirs: unknown }[];
}
/** The entry that the centre makes of a step it did not take, as it arrives at this station. */
export function entry(station: TestStation, step: Step): Id<'conflicts'> {
  const table = step.table ?? 'materials';
  const at_ms = station.clock.now_ms();
  return station.asSystem(
    'test.conflict',
    ctx =>
      ctx.insert(conflicts, {
        unit_id: ctx.newId('conflicts'),
        station_code: 'K7',
        outcome: step.outcome ?? 'CONFLICT',
        table_name: table,
        row_id: step.row_id,
        row_label: 'the record',
        reason_code: step.reason_code ?? 'field_changed',
        reason_values: { ...step.reason_values },
        fields: (step.fields ?? []).map(f => ({ table, row_id: step.row_id, ...f })),
        unit: {
          intent: 'catalogue.saveMaterial',
          changes: step.changes.map(c => ({ table, id: step.row_id, base: null, patch: null, ...c })),
          ...step.unit,
        },
        author_id: userNamed(station, step.author),
        occurred_at_ms: at_ms - 60_000,
        received_at_ms: at_ms,
        state: 'OPEN',
      }).id,
  );
}
export const rowOf = (station: TestStation, table: string, id: string) =>
  station.readAsSystem(ctx =>
    ctx.sql.get<Record<string, unknown>>(`select * from "${table}" where id = ?`, [id]),
  );
