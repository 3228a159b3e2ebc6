import { PLAN_TYPES } from '../../../db/schema/quality.ts';
import type {
  PackingListData,
  QcCertificateData,
  QcFormData,
} from '../../../preload/contract/document-data.ts';
import type { PlanType } from '../../../preload/contract/inspection.ts';
import type { DocumentParams } from '../../../preload/contract/printing.ts';
import { dayInZone } from '../../platform/days.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { type OrderRow, orderRow } from '../orders/order-rows.service.ts';
import { blankForm } from '../quality/blank-form.service.ts';
import { getForm, signatureOf } from '../quality/form.service.ts';
import { activePlan } from '../quality/plan-store.service.ts';
import { latestResult } from '../quality/results.service.ts';
import {
  buildFactsOf,
  buildOf,
  type DocumentCtx,
  frameOf,
  modelOf,
  orderFactsOf,
  plantFacts,
} from './document-facts.service.ts';

interface NamedForm {
  form_id: string;
  plan_version: number;
}
const formVersion = (plan_version: number): string => `V${String(plan_version).padStart(2, '0')}`;
/** Number and version as they stand on the paper: `CLQ.T2.001.V01`. */
export const formName = ({ form_id, plan_version }: NamedForm): string =>
  `${form_id}.${formVersion(plan_version)}`;
export const certificateNumber = (
  order: Pick<OrderRow, 'order_number' | 'build_number'>,
  released_on: string,
): string => `CERT-${order.order_number}-${order.build_number}-${released_on.slice(0, 4)}`;
/** The number of the certificate that a signed final QC gives its build. */
export function certificateOf(
  ctx: ReadCtx,
  { order_id, log_id }: { order_id: string; log_id: string },
): string {
  const order = orderRow(ctx, order_id);
  const released_at_ms = signatureOf(ctx, log_id)?.signed_at_ms ?? refuse('certificate_not_due');
  return certificateNumber(order, dayInZone(released_at_ms, plantFacts(ctx, order.plant_id).timezone));
}
const frameOfForm = (ctx: DocumentCtx, order: OrderRow, form: NamedForm) =>
  frameOf(ctx, { form_id: form.form_id, form_version: formVersion(form.plan_version) }, order, false);

/** A record as it stands, or a form of a kind without answers. Refuses `inspection_missing`, `not_allowed`. */
export function qcFormOf(ctx: DocumentCtx, params: DocumentParams): QcFormData {
  const order = buildOf(ctx, params);
  const form = params.log_id
    ? { ...getForm(ctx, { log_id: params.log_id }), is_blank: false }
    : { ...blankForm(ctx, order, params.plan_id ?? refuse('inspection_missing')), is_blank: true };
  if (form.order_id !== order.id) refuse('inspection_missing');
  return {
    frame: frameOfForm(ctx, order, form),
    order: orderFactsOf(ctx, order),
    build: buildFactsOf(ctx, order),
    is_blank: form.is_blank,
    plan_type: form.plan_type,
    plan_name: form.plan_name,
    declaration: form.declaration,
    setup: form.setup,
    overall_result: form.status === 'SIGNED' ? form.overall_result : form.progress.result,
    attempt_no: form.attempt_no,
    revision_no: form.revision_no,
    job_id: form.job_id,
    notes: form.notes,
    instruments: form.instruments,
    correction_reason: form.correction_reason,
    failure: form.failure,
    sections: form.sections,
    signature: form.signature,
    attempts: form.attempts,
    // Build numbers repeat across orders.
    qr_text: `${order.order_number}/${order.build_number}`,
  };
}

/** The signed test that counts. Refuses `inspection_missing`. */
export function testReportOf(ctx: DocumentCtx, params: DocumentParams): QcFormData {
  const order = buildOf(ctx, params);
  const latest = latestResult(ctx, order.id, 'TEST');
  if (!latest?.is_signed) return refuse('inspection_missing');
  return qcFormOf(ctx, { order_id: order.id, log_id: params.log_id ?? latest.log_id });
}

export function isReleased(ctx: ReadCtx, order_id: string): boolean {
  const final = latestResult(ctx, order_id, 'FINAL_QC');
  return final?.is_signed === true && final.overall_result === 'PASS';
}
/** Every signed record of the build under one number. Refuses `certificate_not_due` before final QC has passed. */
export function qcCertificateOf(ctx: DocumentCtx, params: DocumentParams): QcCertificateData {
  const order = buildOf(ctx, params);
  if (!isReleased(ctx, order.id)) return refuse('certificate_not_due');
  const inspections = PLAN_TYPES.flatMap((type): QcCertificateData['inspections'] => {
    const record = signedRecord(ctx, order.id, type);
    return record ? [record] : [];
  });
  const final = inspections.find(i => i.plan_type === 'FINAL_QC') ?? refuse('certificate_not_due');
  const { timezone } = plantFacts(ctx, order.plant_id);
  return {
    frame: frameOf(ctx, { form_id: 'MW-F-403', form_version: 'V01' }, order, false),
    order: orderFactsOf(ctx, order),
    build: buildFactsOf(ctx, order),
    certificate_number: certificateNumber(order, dayInZone(final.signature.signed_at_ms, timezone)),
    signature: final.signature,
    inspections,
  };
}
function signedRecord(
  ctx: ReadCtx,
  order_id: string,
  type: PlanType,
): QcCertificateData['inspections'][number] | null {
  const latest = latestResult(ctx, order_id, type);
  if (!latest?.is_signed) return null;
  const form = getForm(ctx, { log_id: latest.log_id });
  const { plan_type, plan_name, attempt_no, overall_result, signature } = form;
  if (!signature) return null;
  return {
    plan_type,
    plan_name,
    form: formName(form),
    attempt_no,
    overall_result,
    signature,
  };
}

/** What goes with the build: as packed, or as it is to be packed when packing has not begun. */
export function packingListOf(ctx: DocumentCtx, params: DocumentParams): PackingListData {
  const order = buildOf(ctx, params);
  const latest = latestResult(ctx, order.id, 'PACKAGING');
  const plan = activePlan(ctx, 'PACKAGING', modelOf(ctx, order)?.compiled.model.family ?? '');
  const form = latest
    ? getForm(ctx, { log_id: latest.log_id })
    : blankForm(ctx, order, plan?.id ?? refuse('inspection_missing'));
  return {
    frame: frameOf(ctx, { form_id: 'MW-F-404', form_version: 'V01' }, order, false),
    order: orderFactsOf(ctx, order),
    build: buildFactsOf(ctx, order),
    lines: form.sections
      .flatMap(section => section.rows)
      .filter(row => row.is_applicable && row.data_type === 'COUNT')
      .map(row => ({
        code: row.code,
        name: row.name,
        item_label: row.item_label,
        material_number: row.material_number,
        required_e6: Math.round(Number(row.expected_value ?? 0) * 1_000_000),
        packed_e6: row.measured_value_e6,
        is_mounted: row.measured_text === 'MOUNTED',
      })),
    signature: form.signature,
  };
}
