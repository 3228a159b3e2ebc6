import { tablesByModule } from '../../../db/schema/index.ts';
import type { ChainFault } from '../../platform/audit-trail.ts';

/** Tables whose history is open to readers of the record itself, with the resource that guards it. */
const RESOURCES: Record<string, string> = {
  materials: 'materials',
  material_categories: 'materials',
  bom_headers: 'boms',
  bom_lines: 'boms',
  product_models: 'product_models',
  tools: 'work_instructions',
  file_uploads: 'files',
  file_links: 'files',
  work_orders: 'work_orders',
  work_order_operations: 'work_orders',
  operation_tasks: 'work_orders',
  operation_task_parts: 'work_orders',
  operation_task_tools: 'work_orders',
  operation_task_events: 'work_orders',
  serial_numbers: 'work_orders',
  batch_numbers: 'work_orders',
};
/** Undefined: only for readers of the audit trail. */
export function resourceOf(entity_type: string): string | undefined {
  if (Object.hasOwn(RESOURCES, entity_type)) return RESOURCES[entity_type];
  if (Object.hasOwn(tablesByModule.orders, entity_type)) return 'orders';
  return Object.hasOwn(tablesByModule.production, entity_type) ? 'work_instructions' : undefined;
}

export interface FaultPlace {
  kind: ChainFault['kind'];
  station_id: string;
  from_no: number;
  to_no: number;
  row_id: string | null;
}
export function placeOf(fault: ChainFault): FaultPlace {
  const { kind, station_id } = fault;
  if (fault.kind === 'removed')
    return { kind, station_id, from_no: fault.from_no, to_no: fault.to_no, row_id: null };
  return {
    kind,
    station_id,
    from_no: fault.chain_no,
    to_no: fault.chain_no,
    row_id: 'id' in fault ? fault.id : null,
  };
}
