import type { Id } from '../../../db/kit/columns.ts';
import type { logistics } from '../../../preload/contract/logistics.ts';
import type { InputOf } from '../../../preload/contract/rpc.ts';
import { ask } from '../../support/station.ts';
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

export type LabelStation = ReturnType<typeof labelStation>;
type Printer = Partial<InputOf<(typeof logistics)['savePrinter']>>;
export function printerAt({ station, admin }: LabelStation, printer: Printer, name = 'Zebra') {
  return ask(station, admin, 'logistics.savePrinter', {
    printer_name: name,
    printer_kind: 'TCP',
    host: '127.0.0.1',
    density_dpi: 203,
    media_width_mm: 101.6,
    media_height_mm: 152.4,
    timeout_ms: 1_000,
    ...printer,
  });
}
export const route = ({ station, admin }: LabelStation, prints: string, printer_id: string, more = {}) =>
  ask(station, admin, 'logistics.saveRoute', {
    prints: prints as 'PART',
    printer_id: printer_id as never,
    fallback_printer_id: null,
    template_code: null,
    copies: 1,
    is_verified: false,
    ...more,
  });
export const jobs = ({ station, session }: LabelStation, scope: 'open' | 'ended' = 'open') =>
  ask(station, session, 'logistics.listQueue', { scope, limit: 1000 }).rows;
