import type { Id } from '../../../db/kit/columns.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { traceability } from '../../../preload/contract/traceability.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { cleanNumber } from './serials.rules.ts';

type Input<P extends keyof typeof traceability> = ParsedInputOf<(typeof traceability)[P]>;
const MOST_BUILDS = 10;
interface Build {
  order_id: Id<'orders'>;
  build_number: string;
  model_name: string;
  matched: string;
}
/** Nothing of the customer: service sees the sink and its parts. */
const BUILDS = `select o.id as order_id, o.build_number, coalesce(p.family, '') as model_name,
    coalesce(max(s.serial_number), o.build_number) as matched
  from orders o left join product_models p on p.id = o.product_model_id
  left join serial_numbers s on s.order_id = o.id and s.serial_number = @number
  where o.order_kind = 'CUSTOMER_BUILD' and o.plant_id = @plant_id
    and (s.id is not null or upper(o.build_number) = @number or upper(o.order_number || ' ' || o.build_number) = @number)
  group by o.id order by o.created_at_ms desc limit ${MOST_BUILDS}`;
interface Part {
  material_id: Id<'materials'>;
  material_number: string;
  material_name: string;
  quantity_e6: number;
  uom_code: string;
}
const PARTS = `select m.id as material_id, m.material_number, m.material_name, sum(l.total_quantity_e6) as quantity_e6,
    coalesce(u.uom_code, 'EA') as uom_code
  from orders o
  join bom_headers h on h.id = coalesce(o.bom_id, (select n.id from bom_headers n where n.order_id = o.id and n.scope = 'ORDER'
    order by n.bom_version desc limit 1))
  join bom_lines l on l.bom_header_id = h.id
  join materials m on m.id = l.component_material_id and m.is_active = 1 and m.can_order = 1
  left join units_of_measure u on u.id = m.base_uom_id
  where o.id = ? group by m.id order by m.material_number`;

/** The builds a serial or build number belongs to, each with the parts that may be ordered for it. */
export function partsThatFit(ctx: ReadCtx, { text }: Input<'partsThatFit'>) {
  const builds = ctx.sql.all<Build>(BUILDS, { number: cleanNumber(text), plant_id: ctx.actor.plant_id });
  return {
    builds: builds.map(build => {
      const serials = ctx.sql.all<{ material_number: string; serial_number: string }>(
        'select material_number, serial_number from serial_numbers where order_id = ? order by serial_number',
        [build.order_id],
      );
      return {
        ...build,
        parts: ctx.sql.all<Part>(PARTS, [build.order_id]).map(part => ({
          ...part,
          serial_numbers: serials
            .filter(serial => serial.material_number === part.material_number)
            .map(serial => serial.serial_number),
        })),
      };
    }),
  };
}
