import type { Id } from '../../../db/kit/columns.ts';
import { submittedBuild } from '../orders/order-support.ts';

interface Named {
  id: string;
  material_number: string;
  username: string;
  full_name: string;
}
/** A station with one submitted build and some records that carry labels. */
export function labelStation(options: Parameters<typeof submittedBuild>[1] = {}) {
  const { station, planner, admin, order_id, build_number, bom_id } = submittedBuild(undefined, options);
  const first = <T>(sql: string): T =>
    station.readAsSystem(ctx => ctx.sql.get<T>(sql)) ??
    (() => {
      throw new Error(`nothing found: ${sql}`);
    })();
  return {
    station,
    session: planner,
    admin,
    build: { order_id, build_number, bom_id, order_number: 'PO-1001' },
    plant_id: first<{ id: Id<'plants'> }>('select id from plants').id,
    material: first<Named>(
      "select id, material_number from materials where material_number = 'T2-DL27-KIT' limit 1",
    ),
    user: first<Named>("select id, username, full_name from users where username = 'operator'"),
  };
}
