import type { Id } from '../../../db/kit/columns.ts';
import { bom_headers, bom_lines, materials, units_of_measure } from '../../../db/schema/catalogue.ts';
import { workflow_history } from '../../../db/schema/configuration.ts';
import { organizations, plants, roles, users } from '../../../db/schema/identity.ts';
import { saved_views } from '../../../db/schema/infrastructure.ts';
import { order_config_items, orders } from '../../../db/schema/orders.ts';
import { inspection_logs, inspection_plans } from '../../../db/schema/quality.ts';
import { order_movements, work_centers } from '../../../db/schema/tracking.ts';
import type { CommandCtx } from '../../../main/rpc/context.ts';
import type { Choice } from './seeded.ts';

const id = (n: number): string => `019a0000-0000-7000-8000-00000000000${n}`;
export const PLANT = id(1) as Id<'plants'>;
export const PERSON = id(2) as Id<'users'>;
const UNIT = id(3) as Id<'units_of_measure'>;
const WORK_CENTER = id(4) as Id<'work_centers'>;
const PLAN = id(5) as Id<'inspection_plans'>;
/** Two stations that keep the same view make the same row. */
const VIEWS = [id(6), id(7), id(8)] as Id<'saved_views'>[];

/** What every station of a schedule starts with. */
export function firstRows(ctx: CommandCtx): void {
  ctx.insert(organizations, { org_code: 'SIM', org_name: 'Simulation' });
  ctx.insert(plants, { id: PLANT, plant_code: 'OAK', plant_name: 'Oakville', timezone: 'UTC' });
  ctx.insert(users, {
    id: PERSON,
    username: 'sim',
    full_name: 'Sim',
    initials: 'S',
    hashed_password: 'x',
    is_superuser: true,
  });
  ctx.insert(units_of_measure, {
    id: UNIT,
    uom_code: 'EA',
    uom_name: 'Each',
    dimension: 'QUANTITY',
    is_base_unit: true,
    conversion_factor: '1',
  });
  for (const role_code of ['PLANNER', 'VIEWER'])
    ctx.insert(roles, { role_code, role_name: role_code, permissions: {} });
  ctx.insert(work_centers, {
    id: WORK_CENTER,
    plant_id: PLANT,
    work_center_code: 'WELD',
    work_center_name: 'Welding',
    flow_position: 1,
  });
  const text = { en: 'Form', fr: 'Fiche', es: 'Hoja' };
  ctx.insert(inspection_plans, {
    id: PLAN,
    plan_code: 'FORM',
    plan_version: 1,
    plan_type: 'TEST',
    product_family: 'SIM',
    form_id: 'F-1',
    plan_name: text,
    description: text,
    declaration: text,
    status: 'ACTIVE',
  });
  for (const n of [1, 2]) newMaterial(ctx, `M-${n}`);
  const first = newOrder(ctx, 'PO-1', 2);
  if (first) for (const _ of [1, 2]) newInspection(ctx, first);
  newBom(ctx, 'B-1', 2);
}

type Row = { id: string };
function some<T extends Row>(ctx: CommandCtx, choice: Choice, sql: string): T | undefined {
  return choice.pick(ctx.sql.all<T>(`${sql} order by id`));
}
const isThere = (ctx: CommandCtx, sql: string, value: string): boolean =>
  ctx.sql.get(sql, [value]) !== undefined;
const history = (ctx: CommandCtx, entity_type: string, entity_id: string, action: string): void =>
  void ctx.insert(workflow_history, {
    entity_type,
    entity_id,
    event_type: 'note',
    action,
    to_status: 'OPEN',
    performed_by: PERSON,
    performed_at_ms: ctx.now_ms,
  });

function newMaterial(ctx: CommandCtx, material_number: string): void {
  if (isThere(ctx, 'select 1 from materials where material_number = ?', material_number)) return;
  ctx.insert(materials, {
    plant_id: PLANT,
    material_number,
    record_type: 'PART',
    material_name: material_number,
    base_uom_id: UNIT,
  });
}
function newOrder(ctx: CommandCtx, order_number: string, items: number): Id<'orders'> | undefined {
  if (isThere(ctx, 'select 1 from orders where order_number = ?', order_number)) return undefined;
  const order = ctx.insert(orders, {
    plant_id: PLANT,
    order_kind: 'CUSTOMER_BUILD',
    order_number,
    customer_name: 'Customer',
    order_status: 'ORDER_CREATED',
    configuration: { items },
  });
  for (let n = 1; n <= items; n++)
    ctx.insert(order_config_items, {
      order_id: order.id,
      item_kind: 'BASIN',
      item_index: n,
      attributes: {},
    });
  history(ctx, 'orders', order.id, 'ORDER_CREATED');
  return order.id;
}
/** Header, lines below each other, and the order that names it: references in both directions within one unit. */
function newBom(ctx: CommandCtx, bom_number: string, lines: number, of?: Id<'orders'>): void {
  const order_id =
    of ?? ctx.sql.get<{ id: Id<'orders'> }>('select id from orders where bom_id is null order by id')?.id;
  const part = ctx.sql.get<{ id: Id<'materials'>; material_number: string }>(
    'select id, material_number from materials order by id limit 1',
  );
  if (!order_id || !part || isThere(ctx, 'select 1 from bom_headers where bom_number = ?', bom_number))
    return;
  const header = ctx.insert(bom_headers, {
    plant_id: PLANT,
    scope: 'ORDER',
    bom_number,
    bom_name: bom_number,
    order_id,
    bom_version: 1,
    status: 'DRAFT',
    uom_id: UNIT,
  });
  let above: Id<'bom_lines'> | undefined;
  for (let n = 1; n <= lines; n++)
    above = ctx.insert(bom_lines, {
      bom_header_id: header.id,
      line_number: n,
      parent_line_id: above,
      component_material_id: part.id,
      item_number: part.material_number,
      quantity_e6: 1_000_000,
      total_quantity_e6: 1_000_000,
      uom_id: UNIT,
    }).id;
  ctx.update(orders, order_id, { bom_id: header.id });
}

function newInspection(ctx: CommandCtx, order_id: Id<'orders'>): void {
  const { n } = ctx.sql.get<{ n: number }>('select count(*) as n from inspection_logs where order_id = ?', [
    order_id,
  ]) ?? { n: 0 };
  ctx.insert(inspection_logs, {
    plant_id: PLANT,
    order_id,
    plan_id: PLAN,
    plan_type: 'TEST',
    attempt_no: n + 1,
    revision_no: 1,
    configuration_revision: 1,
    status: 'DRAFT',
    overall_result: 'INCOMPLETE',
    instruments: [],
  });
}
/** A record that is not signed at this station. */
const draftInspection = (ctx: CommandCtx, choice: Choice) =>
  some<{ id: Id<'inspection_logs'> }>(
    ctx,
    choice,
    'select id from inspection_logs where signed_at_ms is null',
  );

function book(ctx: CommandCtx, choice: Choice, corrects_id?: Id<'order_movements'>): void {
  const order_number = `PO-${choice.below(12)}`;
  ctx.insert(order_movements, {
    plant_id: PLANT,
    work_center_id: WORK_CENTER,
    order_number,
    order_key: order_number,
    movement_type: choice.chance(0.5) ? 'IN' : 'OUT',
    quantity: 1 + choice.below(1000),
    user_id: PERSON,
    occurred_at_ms: ctx.now_ms,
    station_id: ctx.station_id,
    corrects_id,
  });
}

/** The commands of a schedule: one name, one thing a person does. Each does nothing when it finds no row. */
export const commands: Record<string, (ctx: CommandCtx, choice: Choice) => void> = {
  newMaterial: (ctx, choice) => newMaterial(ctx, `M-${choice.below(8)}`),
  renameMaterial(ctx, choice) {
    const row = some<{ id: Id<'materials'> }>(ctx, choice, 'select id from materials');
    if (row) ctx.update(materials, row.id, { material_name: `name ${choice.below(1000)}` });
  },
  changeLeadTime(ctx, choice) {
    const row = some<{ id: Id<'materials'> }>(ctx, choice, 'select id from materials');
    if (row) ctx.update(materials, row.id, { lead_time_days: choice.below(300) });
  },
  removeMaterial(ctx, choice) {
    const row = some(
      ctx,
      choice,
      'select id from materials m where not exists (select 1 from bom_lines where component_material_id = m.id)',
    );
    if (row) ctx.remove(materials, row.id);
  },
  newOrder: (ctx, choice) => void newOrder(ctx, `PO-${choice.below(12)}`, 1 + choice.below(3)),
  noteOnOrder(ctx, choice) {
    const row = some<{ id: Id<'orders'> }>(ctx, choice, 'select id from orders');
    if (!row) return;
    ctx.update(orders, row.id, { notes: `note ${choice.below(1000)}` });
    history(ctx, 'orders', row.id, 'NOTE');
  },
  moveOrder(ctx, choice) {
    const row = some<{ id: Id<'orders'> }>(ctx, choice, 'select id from orders');
    const order_status = choice.pick(['PARTS_SENT', 'READY_FOR_PRE_QC', 'SHIPPED'] as const);
    if (row) ctx.update(orders, row.id, { order_status });
  },
  configureOrder(ctx, choice) {
    const row = some<{ id: Id<'orders'>; revision: number }>(
      ctx,
      choice,
      'select id, configuration_revision as revision from orders',
    );
    if (!row) return;
    ctx.update(orders, row.id, {
      configuration: { n: choice.below(1000) },
      configuration_revision: row.revision + 1,
    });
    const item = ctx.sql.get<{ id: string }>(
      'select id from order_config_items where order_id = ? order by item_index limit 1',
      [row.id],
    );
    if (item) ctx.update(order_config_items, item.id, { quantity_e6: 1 + choice.below(9) });
    history(ctx, 'orders', row.id, 'CONFIGURATION_UPDATED');
  },
  replaceItems(ctx, choice) {
    const row = some<{ id: Id<'orders'> }>(ctx, choice, 'select id from orders');
    if (!row) return;
    for (const item of ctx.sql.all<Row>('select id from order_config_items where order_id = ?', [row.id]))
      ctx.remove(order_config_items, item.id);
    ctx.insert(order_config_items, {
      order_id: row.id,
      item_kind: 'FAUCET',
      item_index: 1,
      attributes: { n: choice.below(1000) },
    });
  },
  removeOrder(ctx, choice) {
    const row = some<{ id: Id<'orders'> }>(
      ctx,
      choice,
      'select id from orders o where not exists (select 1 from bom_headers where order_id = o.id)',
    );
    if (!row) return;
    ctx.remove(orders, row.id);
    history(ctx, 'orders', row.id, 'REMOVED');
  },
  newBom: (ctx, choice) => newBom(ctx, `B-${choice.below(6)}`, 1 + choice.below(3)),
  /** A new order and its BOM at once: each names the other. */
  newOrderWithBom(ctx, choice) {
    const number = choice.below(12);
    const order_id = newOrder(ctx, `PO-${number}`, 1);
    if (order_id) newBom(ctx, `B-${number}`, 2, order_id);
  },
  changeBomLine(ctx, choice) {
    const row = some<{ id: Id<'bom_lines'> }>(ctx, choice, 'select id from bom_lines');
    if (row) ctx.update(bom_lines, row.id, { quantity_e6: 1 + choice.below(1000) });
  },
  approveBom(ctx, choice) {
    const row = some<{ id: Id<'bom_headers'> }>(ctx, choice, 'select id from bom_headers');
    if (row) ctx.update(bom_headers, row.id, { status: 'APPROVED', approved_by: PERSON });
  },
  removeBom(ctx, choice) {
    const row = some(ctx, choice, 'select id from bom_headers');
    if (row) ctx.remove(bom_headers, row.id);
  },
  bookMovement: (ctx, choice) => book(ctx, choice),
  bookOnceMore: (ctx, choice) => book(ctx, choice),
  correctMovement(ctx, choice) {
    const row = some<{ id: Id<'order_movements'> }>(ctx, choice, 'select id from order_movements');
    if (row) book(ctx, choice, row.id);
  },
  describeRole(ctx, choice) {
    const row = some<{ id: Id<'roles'> }>(ctx, choice, 'select id from roles');
    if (row) ctx.update(roles, row.id, { description: `text ${choice.below(1000)}` });
  },
  describeRoleTwice(ctx, choice) {
    const row = some<{ id: Id<'roles'> }>(ctx, choice, 'select id from roles');
    if (!row) return;
    ctx.update(roles, row.id, { description: `text ${choice.below(1000)}` });
    ctx.update(roles, row.id, { role_name: `name ${choice.below(1000)}` });
  },
  saveView(ctx, choice) {
    const view_name = `view ${choice.below(3)}`;
    const held = ctx.sql.get<{ id: Id<'saved_views'> }>('select id from saved_views where view_name = ?', [
      view_name,
    ]);
    const definition = { n: choice.below(1000) };
    if (held) ctx.update(saved_views, held.id, { definition });
    else ctx.insert(saved_views, { user_id: PERSON, list: 'orders', view_name, definition });
  },
  keepOwnView(ctx, choice) {
    const at = choice.below(VIEWS.length);
    const view_id = VIEWS[at];
    if (view_id === undefined) return;
    const definition = { n: choice.below(1000) };
    if (isThere(ctx, 'select 1 from saved_views where id = ?', view_id))
      ctx.update(saved_views, view_id, { definition });
    else
      ctx.insert(saved_views, {
        id: view_id,
        user_id: PERSON,
        list: 'materials',
        view_name: `view ${at}`,
        definition,
      });
  },
  removeView(ctx, choice) {
    const row = some(ctx, choice, 'select id from saved_views');
    if (row) ctx.remove(saved_views, row.id);
  },
  newInspection(ctx, choice) {
    const row = some<{ id: Id<'orders'> }>(ctx, choice, 'select id from orders');
    if (row) newInspection(ctx, row.id);
  },
  noteOnInspection(ctx, choice) {
    const row = draftInspection(ctx, choice);
    if (row) ctx.update(inspection_logs, row.id, { notes: `note ${choice.below(1000)}` });
  },
  signInspection(ctx, choice) {
    const row = draftInspection(ctx, choice);
    if (row)
      ctx.update(inspection_logs, row.id, {
        status: 'SIGNED',
        overall_result: choice.chance(0.5) ? 'PASS' : 'FAIL',
        inspector_id: PERSON,
        signed_at_ms: ctx.now_ms,
        content_sha256: 'ab'.repeat(32),
      });
  },
  removeInspection(ctx, choice) {
    const row = draftInspection(ctx, choice);
    if (row) ctx.remove(inspection_logs, row.id);
  },
};
