import { and, asc, eq, isNull } from 'drizzle-orm';
import { t } from '../../../db/sqlite/tables.ts';
import type { HistoryRecord } from '../../../preload/contract/history-record.ts';
import type { DocumentParams } from '../../../preload/contract/printing.ts';
import { configuration as configurationSchema } from '../../../preload/contract/product-model.ts';
import { dayInZone, timeInZone } from '../../platform/days.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { bomVersions } from '../bom/bom.service.ts';
import type { OrderRow } from '../orders/order-rows.service.ts';
import { ncrsOfOrder } from '../quality/ncrs.service.ts';
import { latestResult } from '../quality/results.service.ts';
import { secondSignatures } from '../quality/second-signatures.service.ts';
import { verifySignatures } from '../quality/verify.service.ts';
import { asBuilt } from '../traceability/serials.service.ts';
import {
  bomOfBuild,
  buildFactsOf,
  buildOf,
  modelOf,
  orderFactsOf,
  plantFacts,
} from './document-facts.service.ts';
import {
  documentsOfBuild,
  labelsOf,
  type MomentOf,
  madeBetween,
  peopleOf,
  shipmentsOf,
  timelineOf,
  workOf,
} from './history-events.service.ts';
import { certificateNumber, formName } from './quality-documents.service.ts';

type Part<K extends keyof HistoryRecord> = HistoryRecord[K];

/** Everything that is known of one build, as data. The order of every list is fixed: the same record has the same hash. */
export function historyRecordOf(ctx: ReadCtx, params: DocumentParams): HistoryRecord {
  const order = buildOf(ctx, params);
  const { timezone } = plantFacts(ctx, order.plant_id);
  const moment: MomentOf = at_ms => ({ at_ms, at: `${timeInZone(at_ms, timezone)} ${timezone}` });
  const labels = labelsOf(ctx, order, moment);
  const forms = formsOf(ctx, order);
  const { revision, answers } = { revision: order.configuration_revision, ...buildFactsOf(ctx, order) };
  return {
    identity: identityOf(ctx, order, moment, udisOf(labels)),
    configuration: {
      revision,
      values: configurationSchema.parse(order.configuration),
      answers,
      revisions: revisionsOf(ctx, order, moment),
    },
    bom: bomPart(ctx, order, moment),
    work: workOf(ctx, order, moment),
    forms,
    issues: ncrsOfOrder(ctx, order.id)
      .sort((a, b) => a.reported_at_ms - b.reported_at_ms || a.ncr_number.localeCompare(b.ncr_number))
      .map(({ row_version: _, ...issue }) => issue),
    labels,
    documents: documentsOfBuild(ctx, order.id, moment),
    shipments: shipmentsOf(ctx, order.id, moment),
    timeline: timelineOf(ctx, order.id, moment),
    people: peopleOf(ctx, order.id),
    verification: verifySignatures(ctx, { order_id: order.id }),
  };
}

const udisOf = (labels: Part<'labels'>): string[] => [
  ...new Set(labels.flatMap(({ label_type, fields }) => (label_type === 'UDI' && fields.udi) || [])),
];

function identityOf(ctx: ReadCtx, order: OrderRow, moment: MomentOf, udis: string[]): Part<'identity'> {
  const { organization_name, plant_name, timezone } = plantFacts(ctx, order.plant_id);
  const model = modelOf(ctx, order)?.compiled.model;
  const { model_name, model_label } = buildFactsOf(ctx, order);
  const made = madeBetween(ctx, order.id);
  const day = (at_ms: number | undefined) => (at_ms === undefined ? null : dayInZone(at_ms, timezone));
  const packed = latestResult(ctx, order.id, 'PACKAGING');
  const released = releaseOf(ctx, order, moment);
  return {
    organization_name,
    plant_name,
    timezone,
    order_id: order.id,
    ...orderFactsOf(ctx, order),
    build_number: order.build_number,
    document_language: order.document_language,
    order_status: order.order_status,
    product_family: model?.family ?? null,
    product_model_version: model?.version ?? null,
    model_name,
    model_label,
    udis,
    made_from_on: day(made?.first_ms),
    made_until_on: day(made?.last_ms),
    quantity_made: packed?.is_signed && packed.overall_result === 'PASS' ? 1 : 0,
    quantity_released: released ? 1 : 0,
    released,
    certificate_number: released && certificateNumber(order, dayInZone(released.at_ms, timezone)),
  };
}
const SIGNER =
  "select signer_name, signed_at_ms from electronic_signatures where entity_type = 'inspection_logs' and entity_id = ?";
/** The signature of the final QC that counts, when it released the build. */
function releaseOf(ctx: ReadCtx, order: OrderRow, moment: MomentOf): Part<'identity'>['released'] {
  const final = latestResult(ctx, order.id, 'FINAL_QC');
  if (!final?.is_signed || final.overall_result !== 'PASS') return null;
  const by = ctx.sql.get<{ signer_name: string; signed_at_ms: number }>(SIGNER, [final.log_id]);
  return by ? { ...moment(by.signed_at_ms), by_name: by.signer_name } : null;
}

const REVISIONS = `select r.revision_no, r.revised_at_ms, r.reason, coalesce(u.full_name, 'Millwright') as by_name
  from order_revisions r left join users u on u.id = r.created_by where r.order_id = ? order by r.revision_no`;
const revisionsOf = (ctx: ReadCtx, order: OrderRow, moment: MomentOf) =>
  ctx.sql
    .all<{ revision_no: number; revised_at_ms: number; reason: string | null; by_name: string }>(REVISIONS, [
      order.id,
    ])
    .map(({ revised_at_ms, ...row }) => ({ ...row, ...moment(revised_at_ms) }));

function bomPart(ctx: ReadCtx, order: OrderRow, moment: MomentOf): Part<'bom'> {
  const versions = bomVersions(ctx, order.id)
    .reverse()
    .map(v => ({
      bom_number: v.bom_number,
      bom_version: v.bom_version,
      status: v.status,
      configuration_revision: v.configuration_revision,
      created: { ...moment(v.created_at_ms), by_name: v.created_by_name },
      approved:
        v.approved_at_ms === null ? null : { ...moment(v.approved_at_ms), by_name: v.approved_by_name ?? '' },
    }));
  if (!bomOfBuild(ctx, order)) return { version: null, versions, rows: [], surplus: [] };
  const { bom_version, rows, surplus } = asBuilt(ctx, { order_id: order.id });
  const place = (found: { captured_at_ms: number; captured_by_name: string }) => ({
    ...moment(found.captured_at_ms),
    by_name: found.captured_by_name,
  });
  return {
    version: bom_version,
    versions,
    rows: rows.map(row => ({
      level: row.level,
      item_id: row.item_id,
      name: row.name,
      manufacturer_name: row.manufacturer_name,
      manufacturer_part_number: row.manufacturer_part_number,
      quantity_e6: row.quantity_e6,
      total_quantity_e6: row.total_quantity_e6,
      uom_code: row.uom_code,
      needs_serial: row.needs_serial,
      serials: row.serials.map(s => ({ number: s.serial_number, basin_index: s.basin_index, ...place(s) })),
      batches: row.batches.map(b => ({ number: b.batch_number, basin_index: null, ...place(b) })),
    })),
    surplus: surplus.map(s => ({
      item_id: s.material_number,
      number: s.serial_number,
      basin_index: s.basin_index,
      ...place(s),
    })),
  };
}

/** Every form of the build in the order in which it was begun and signed, with its whole signature. */
function formsOf(ctx: ReadCtx, order: OrderRow): Part<'forms'> {
  const { inspection_logs: l, inspection_plans: p, electronic_signatures: s } = t;
  const second = secondSignatures(ctx, order.id);
  return ctx.db
    .select({ log: l, plan: p, signature: s })
    .from(l)
    .innerJoin(p, eq(p.id, l.plan_id))
    .leftJoin(s, and(eq(s.entity_type, 'inspection_logs'), eq(s.entity_id, l.id)))
    .where(eq(l.order_id, order.id))
    .orderBy(isNull(l.signed_at_ms), asc(l.signed_at_ms), asc(l.created_at_ms), asc(l.id))
    .all()
    .map(({ log, plan, signature }) => ({
      log_id: log.id,
      plan_type: log.plan_type,
      plan_name: plan.plan_name,
      form: formName(plan),
      attempt_no: log.attempt_no,
      revision_no: log.revision_no,
      status: log.status,
      overall_result: log.overall_result,
      correction_reason: log.correction_reason,
      signature: signature && signatureRow(signature),
      second_signatures: second.get(log.id) ?? [],
    }));
}
/** Business columns only: what stands beside them says nothing about the signature. */
function signatureRow({
  organization_id: _organization,
  row_version: _version,
  created_at_ms: _created,
  created_by: _by,
  updated_at_ms: _updated,
  updated_by: _updater,
  ...row
}: typeof t.electronic_signatures.$inferSelect): Record<string, unknown> {
  return row;
}
