import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Id } from '../../db/kit/columns.ts';
import {
  departments,
  organizations,
  plants,
  user_plant_access,
  user_roles,
  users,
} from '../../db/schema/identity.ts';
import { compose, type Station } from '../../main/compose.ts';
import { flagsOfLevel } from '../../main/modules/identity/permissions.rules.ts';
import { silentLog } from '../../main/platform/log.ts';
import { hashSecret } from '../../main/platform/secrets.ts';
import { bulkId, bulkInsert, bulkOrders, bulkWriter, type Owner } from '../support/bulk.ts';

export const USER = 'bench';
export const PASSWORD = 'Correct-Horse-7';
export const benchFolder = (): { folder: string; remove(): void } => {
  const folder = mkdtempSync(path.join(tmpdir(), 'millwright-bench-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};
export const openBench = (folder: string): Station => compose({ data_folder: folder, log: silentLog });

/** One plant, one administrator. */
export function installBench(station: Station): Owner {
  return station.asSystem('bench.install', ctx => {
    ctx.insert(organizations, { org_code: 'BENCH', org_name: 'Bench' });
    const plant = ctx.insert(plants, {
      plant_code: 'OAK',
      plant_name: 'Oakville',
      timezone: 'America/Toronto',
    });
    const department = ctx.insert(departments, {
      plant_id: plant.id,
      dept_code: 'ASM',
      dept_name: 'Assembly',
    });
    const role = ctx.sql.get<{ id: Id<'roles'> }>("select id from roles where role_code = 'ORG_ADMIN'");
    if (!role) throw new Error('the station has no administrator role');
    const user = ctx.insert(users, {
      username: USER,
      full_name: 'Bench User',
      initials: 'BU',
      hashed_password: hashSecret(PASSWORD),
      plant_id: plant.id,
      department_id: department.id,
    });
    ctx.insert(user_roles, { user_id: user.id, role_id: role.id });
    const access = { user_id: user.id, plant_id: plant.id, access_level: 'ADMIN' as const };
    ctx.insert(user_plant_access, { ...access, ...flagsOfLevel('ADMIN') });
    return { organization_id: ctx.organization_id, plant_id: plant.id, user_id: user.id, at_ms: ctx.now_ms };
  });
}
export function signInBench(station: Station): string {
  const reply = station.serve(null, 'identity.signIn', { username: USER, password: PASSWORD });
  if (!reply.ok) throw new Error(`sign-in failed: ${reply.error.code}`);
  return String((reply.value as { session: string }).session);
}
export function answer<T>(station: Station, session: string, procedure: string, input: unknown): T {
  const reply = station.serve(session, procedure, input);
  if (!reply.ok)
    throw new Error(`${procedure}: ${reply.error.code} ${JSON.stringify(reply.error.details ?? {})}`);
  return reply.value as T;
}

export interface Size {
  orders: number;
  materials: number;
  /** Order BOMs, each of `lines_per_bom` lines; one more BOM has `large_bom` lines. */
  boms: number;
  lines_per_bom: number;
  large_bom: number;
}
const COMMON_MATERIAL = 7;
export const COMMON_MATERIAL_ID = bulkId(4, COMMON_MATERIAL);
export const RARE_MATERIAL_ID = bulkId(4, 97);
export const LARGE_BOM_ID = bulkId(2, 0xffffff);

/** Orders, materials and order BOMs of a plant that has worked for years. */
export function fillBench(database: string, owner: Owner, size: Size): void {
  const db = bulkWriter(database);
  const uom_id = String(db.prepare("select id from units_of_measure where uom_code = 'EA'").pluck().get());
  bulkInsert(db, 'orders', owner, bulkOrders(owner, size.orders));
  bulkInsert(db, 'materials', owner, materialRows(owner, size.materials, uom_id));
  const header = (id: string, order: number) => ({
    id,
    plant_id: owner.plant_id,
    scope: 'ORDER',
    bom_number: `BOM-${order}`,
    bom_name: `BOM of ${order}`,
    order_id: bulkId(1, order),
    configuration_revision: 1,
    bom_version: 1,
    bom_type: 'PRODUCTION',
    status: 'DRAFT',
    base_quantity_e6: 1_000_000,
    uom_id,
    is_active: 1,
  });
  const headers = Array.from({ length: size.boms }, (_, n) => header(bulkId(2, n), n));
  bulkInsert(db, 'bom_headers', owner, [...headers, header(LARGE_BOM_ID, size.boms)]);
  for (let n = 0; n < size.boms; n += 100)
    bulkInsert(db, 'bom_lines', owner, lineRows(size, n, Math.min(n + 100, size.boms), uom_id));
  bulkInsert(db, 'bom_lines', owner, linesOf(LARGE_BOM_ID, 0xffffff, size.large_bom, size.materials, uom_id));
  db.exec('analyze');
  db.pragma('wal_checkpoint(truncate)');
  db.close();
}

function* materialRows(owner: Owner, count: number, uom_id: string): Generator<Record<string, unknown>> {
  const nouns = [
    'Bracket',
    'Basin',
    'Valve',
    'Câble',
    'Panel',
    'Caster',
    'Sensor',
    'Hose',
    'Controller',
    'Screw',
  ];
  for (let n = 0; n < count; n++)
    yield {
      id: bulkId(4, n),
      plant_id: owner.plant_id,
      material_number: `${700 + (n % 100)}.${String(n).padStart(6, '0')}`,
      record_type: 'PART',
      material_name: `${nouns[n % nouns.length]} ${n % 7} x ${n % 311} type ${n % 53}`,
      material_kind: 'COMPONENT',
      base_uom_id: uom_id,
      procurement_type: 'PURCHASE',
      mrp_type: 'MRP',
      safety_stock_e6: 0,
      reorder_point_e6: 0,
      lot_size_e6: 1_000_000,
      lead_time_days: n % 60,
      tracking_mode: 'NONE',
      manufacturer_part_number: `MPN-${(n * 7919) % 1_000_003}`,
      manufacturer_name: `Maker ${n % 90}`,
      can_order: 1,
      is_kit: 0,
      is_outsourced: 0,
      needs_id_check: 0,
      quantities_verified: 0,
      is_active: 1,
    };
}
function* lineRows(size: Size, from: number, to: number, uom_id: string): Generator<Record<string, unknown>> {
  for (let bom = from; bom < to; bom++)
    yield* linesOf(bulkId(2, bom), bom, size.lines_per_bom, size.materials, uom_id);
}
/** A tree: every tenth line is a top-level line, the nine after it its components. */
function* linesOf(
  bom_id: string,
  bom: number,
  count: number,
  materials: number,
  uom_id: string,
): Generator<Record<string, unknown>> {
  const lineId = (n: number) =>
    `019b0000-0003-7000-8000-${bom.toString(16).padStart(6, '0')}${n.toString(16).padStart(6, '0')}`;
  for (let n = 0; n < count; n++) {
    const isTop = n % 10 === 0;
    // One screw that every build has; the others are spread evenly.
    const material = n === 7 ? COMMON_MATERIAL : (bom * 31 + n * 97) % materials;
    yield {
      id: lineId(n),
      bom_header_id: bom_id,
      line_number: n + 1,
      parent_line_id: isTop ? null : lineId(n - (n % 10)),
      level: isTop ? 0 : 1,
      component_material_id: bulkId(4, material),
      item_number: `${700 + (material % 100)}.${String(material).padStart(6, '0')}`,
      quantity_e6: 2_000_000,
      total_quantity_e6: 2_000_000,
      uom_id,
      scrap_percent_e4: 0,
      is_phantom: 0,
      backflush: 0,
      is_custom_part: 0,
      is_manual: 0,
      causes: '[]',
    };
  }
}
