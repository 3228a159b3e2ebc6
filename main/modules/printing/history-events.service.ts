import type { HistoryRecord } from '../../../preload/contract/history-record.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { work } from '../production/work-read.service.ts';

/** An instant with the words of the plant for it. */
export interface Moment {
  at_ms: number;
  at: string;
}
export type MomentOf = (at_ms: number) => Moment;
type Part<K extends keyof HistoryRecord> = HistoryRecord[K];
type Subject = { id: Part<'identity'>['order_id']; order_number: string; build_number: string };

const TIMELINE = `select h.performed_at_ms as at_ms, coalesce(u.full_name, 'Millwright') as by_name, h.station_id, h.action,
    h.from_status, h.to_status, h.comment
  from workflow_history h left join users u on u.id = h.performed_by
  where h.entity_type = 'orders' and h.entity_id = ? order by h.performed_at_ms, h.id`;
/** What happened to the build, oldest first. */
export const timelineOf = (ctx: ReadCtx, order_id: string, moment: MomentOf): Part<'timeline'> =>
  ctx.sql
    .all<Omit<Part<'timeline'>[number], 'at'>>(TIMELINE, [order_id])
    .map(row => ({ ...row, ...moment(row.at_ms) }));

const DONE_AT = `select k.task_code, e.station_id from operation_task_events e
    join operation_tasks k on k.id = e.task_id join work_order_operations p on p.id = k.operation_id
    join work_orders w on w.id = p.work_order_id
  where w.order_id = ? and e.event_type = 'COMPLETED' order by e.occurred_at_ms, e.id`;
/** The tasks of the build in order, with who did them and where. */
export function workOf(ctx: ReadCtx, order: { id: string }, moment: MomentOf): Part<'work'> {
  const done = ctx.sql.all<{ task_code: string; station_id: string }>(DONE_AT, [order.id]);
  const stations = new Map(done.map(row => [row.task_code, row.station_id]));
  const { tasks } = work(ctx, { order_id: order.id as Parameters<typeof work>[1]['order_id'] });
  return [...tasks]
    .sort((a, b) => a.sequence - b.sequence)
    .map(task => ({
      task_code: task.task_code,
      title: task.title,
      description: task.description,
      instruction: task.instruction_code && `${task.form_id} V${task.instruction_version}`,
      is_rework: task.is_rework,
      ncr_number: task.ncr_number,
      completed: task.completed && {
        ...moment(task.completed.at_ms),
        by_name: task.completed.by_name,
        station_id: stations.get(task.task_code) ?? null,
      },
    }));
}

interface StoredLabel {
  label_type: string;
  label_code: string;
  barcode_value: string;
  template: string | null;
  print_count: number;
  last_printed_at_ms: number | null;
  by_name: string | null;
  label_data: string;
}
const LABELS = `select b.label_type, b.label_code, b.barcode_value, b.print_count, b.last_printed_at_ms, b.label_data,
    case when t.id is null then null else t.template_code || ' V' || t.template_version end as template, u.full_name as by_name
  from barcode_labels b left join label_templates t on t.id = b.template_id left join users u on u.id = b.printed_by_user_id
  where b.print_count > 0 and (b.entity_type = 'orders' and b.entity_id = @id
    or b.label_type = 'UDI' and b.label_data ->> 'serial_number' in (@build_number, @order_build))
  order by b.label_type, b.label_code`;
/** The labels that were printed of the build, UDI labels with its number among them. */
export const labelsOf = (ctx: ReadCtx, order: Subject, moment: MomentOf): Part<'labels'> =>
  ctx.sql
    .all<StoredLabel>(LABELS, {
      id: order.id,
      build_number: order.build_number,
      order_build: `${order.order_number}/${order.build_number}`,
    })
    .map(({ last_printed_at_ms, label_data, ...row }) => ({
      ...row,
      last_printed: last_printed_at_ms === null ? null : moment(last_printed_at_ms),
      fields: JSON.parse(label_data),
    }));

type StoredFile = Omit<Part<'documents'>[number], 'added'> & { at_ms: number; by_name: string };
const DOCUMENTS = `select f.original_name as name, l.link_role as role, f.mime_type, f.file_size_bytes as size_bytes, f.sha256,
    l.created_at_ms as at_ms, coalesce(u.full_name, 'Millwright') as by_name
  from file_links l join file_uploads f on f.id = l.file_upload_id left join users u on u.id = f.created_by
  where l.entity_type = 'orders' and l.entity_id = ? and l.is_active = 1 and f.is_active = 1 order by l.created_at_ms, l.id`;
export const documentsOfBuild = (ctx: ReadCtx, order_id: string, moment: MomentOf): Part<'documents'> =>
  ctx.sql
    .all<StoredFile>(DOCUMENTS, [order_id])
    .map(({ at_ms, by_name, ...file }) => ({ ...file, added: { ...moment(at_ms), by_name } }));

type ShipmentLine = Part<'shipments'>[number]['lines'][number] & { shipment_id: string };
type StoredShipment = Omit<Part<'shipments'>[number], 'shipped' | 'delivered' | 'lines'> & {
  id: string;
  shipped_at_ms: number | null;
  delivered_at_ms: number | null;
};
const SHIPMENTS = `select id, shipment_number, shipment_type, shipment_status, carrier_name, tracking_number,
    origin_location as origin, destination_location as destination, shipped_at_ms, delivered_at_ms
  from shipments where order_id = ? order by created_at_ms, id`;
const LINES = `select i.shipment_id, i.material_number, i.material_description as description, i.quantity_e6,
    i.outsourcing_status as status, i.returned_on
  from shipment_items i join shipments s on s.id = i.shipment_id where s.order_id = ? order by i.line_number`;
/** Parts that went out to a maker and came back, and the build on its way to the customer. */
export function shipmentsOf(ctx: ReadCtx, order_id: string, moment: MomentOf): Part<'shipments'> {
  const lines = Map.groupBy(ctx.sql.all<ShipmentLine>(LINES, [order_id]), line => line.shipment_id);
  const at = (at_ms: number | null) => (at_ms === null ? null : moment(at_ms));
  return ctx.sql
    .all<StoredShipment>(SHIPMENTS, [order_id])
    .map(({ id, shipped_at_ms, delivered_at_ms, ...row }) => ({
      ...row,
      shipped: at(shipped_at_ms),
      delivered: at(delivered_at_ms),
      lines: (lines.get(id) ?? []).map(({ shipment_id: _, ...line }) => line),
    }));
}

const PEOPLE = `with acted (id) as (
    select performed_by from workflow_history where entity_type = 'orders' and entity_id = @id
    union select m.measured_by from inspection_measurements m join inspection_logs l on l.id = m.log_id where l.order_id = @id
    union select inspector_id from inspection_logs where order_id = @id
    union select e.user_id from operation_task_events e join operation_tasks k on k.id = e.task_id
      join work_order_operations p on p.id = k.operation_id join work_orders w on w.id = p.work_order_id where w.order_id = @id
    union select captured_by from serial_numbers where order_id = @id
    union select captured_by from batch_numbers where order_id = @id
    union select reported_by from ncrs where order_id = @id
    union select resolved_by from ncrs where order_id = @id)
  select u.id as user_id, u.username, u.full_name, u.initials from acted a join users u on u.id = a.id order by u.full_name, u.id`;
/** Everybody who did something with the build: what initials stand for. */
export const peopleOf = (ctx: ReadCtx, order_id: string): Part<'people'> =>
  ctx.sql.all<Part<'people'>[number]>(PEOPLE, { id: order_id });

const FIRST_AND_LAST = `select min(at_ms) as first_ms, max(at_ms) as last_ms from (
    select e.occurred_at_ms as at_ms from operation_task_events e join operation_tasks k on k.id = e.task_id
      join work_order_operations p on p.id = k.operation_id join work_orders w on w.id = p.work_order_id where w.order_id = @id
    union all select signed_at_ms from inspection_logs where order_id = @id and status = 'SIGNED')`;
/** From the first task or signature to the last one; null before there is any. */
export function madeBetween(ctx: ReadCtx, order_id: string): { first_ms: number; last_ms: number } | null {
  const row = ctx.sql.get<{ first_ms: number | null; last_ms: number | null }>(FIRST_AND_LAST, {
    id: order_id,
  });
  return row && row.first_ms !== null && row.last_ms !== null
    ? { first_ms: row.first_ms, last_ms: row.last_ms }
    : null;
}
