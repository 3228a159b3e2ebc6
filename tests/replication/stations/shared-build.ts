import { readFileSync } from 'node:fs';
import { bom_headers, bom_lines } from '../../../db/schema/catalogue.ts';
import { orders } from '../../../db/schema/orders.ts';
import { plantOf, unitOf } from '../../../main/modules/catalogue/plant.service.ts';
import { evaluateConfiguration } from '../../../main/modules/catalogue/product-model.rules.ts';
import { activeModel } from '../../../main/modules/catalogue/product-models.service.ts';
import { installInstructions } from '../../../main/modules/production/install.service.ts';
import type { CommandCtx } from '../../../main/rpc/context.ts';
import { context, mdrd, smallBuild } from '../../modules/catalogue/product-model-support.ts';

const shipped = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../resources/demo-plant/${name}.json`, import.meta.url), 'utf8'));
const WANTED = ['A01', 'A02', 'A03', 'B1', 'B5', 'C02', 'C04'];

/** A few instructions of the plant. */
export function storeInstructions(ctx: CommandCtx): void {
  const instructions = (shipped('work-instructions') as { code: string }[]).filter(i =>
    WANTED.includes(i.code),
  );
  installInstructions(ctx, { tools: shipped('tools'), instructions });
}
/** A build on the floor with a BOM of one touchscreen. */
export function storeBuild(ctx: CommandCtx, order_number = 'PO-1') {
  const plant_id = plantOf(ctx);
  const { product_model_id } = activeModel(ctx, 'MDRD');
  const order = ctx.insert(orders, {
    plant_id,
    order_kind: 'CUSTOMER_BUILD',
    order_number,
    build_number: 'BUILD-001',
    customer_name: 'Lakeshore Hospital',
    order_status: 'READY_FOR_PRODUCTION',
    current_assignee_id:
      ctx.sql.get<{ id: never }>("select id from users where username = 'operator'")?.id ?? null,
    product_model_id,
    configuration: evaluateConfiguration(mdrd, smallBuild, context).normalized,
  });
  const uom_id = unitOf(ctx, 'EA');
  const bom = ctx.insert(bom_headers, {
    plant_id,
    scope: 'ORDER',
    bom_number: `${order_number} BUILD-001`,
    bom_name: 'BUILD-001',
    order_id: order.id,
    product_model_id,
    bom_version: 1,
    status: 'APPROVED',
    uom_id,
  });
  ctx.update(orders, order.id, { bom_id: bom.id });
  ctx.insert(bom_lines, {
    bom_header_id: bom.id,
    line_number: 1,
    item_number: 'T2-TS7',
    quantity_e6: 1_000_000,
    total_quantity_e6: 1_000_000,
    uom_id,
  });
  return order.id;
}
