import type { Id } from '../../../db/kit/columns.ts';
import { file_links, file_uploads } from '../../../db/schema/infrastructure.ts';
import { orders } from '../../../db/schema/orders.ts';
import { conformingAnswer } from '../../../main/demo-forms.ts';
import type { CommandCtx } from '../../../main/rpc/context.ts';
import type { Answer, FormRow, InspectionResult, PlanType } from '../../../preload/contract/inspection.ts';
import type { Configuration } from '../../../preload/contract/product-model.ts';
import { ask, PASSWORD, type TestStation } from '../../support/station.ts';
import { draftOf, oneBasin, orderStation, submitDraft } from '../orders/order-support.ts';

export const QC = { username: 'qc_inspector', password: PASSWORD };
export const ASSEMBLER = { username: 'operator', password: PASSWORD };

type Status =
  | 'PARTS_SENT'
  | 'READY_FOR_PRE_QC'
  | 'READY_FOR_PRODUCTION'
  | 'TESTING_COMPLETE'
  | 'READY_FOR_FINAL_QC'
  | 'SHIPPED';
/** A build at a step of its life, as the order workflow would have brought it there. */
export function buildAt(
  order_status: Status,
  configuration: Configuration = oneBasin,
  station: TestStation = orderStation(),
  order_number = 'PO-1001',
) {
  const [build] = submitDraft(
    station,
    station.session('PLANNER'),
    draftOf([{ build_number: 'BUILD-001', configuration }], { order_number }),
  ).builds;
  if (!build) throw new Error('no build was made');
  moveTo(station, build.order_id, order_status);
  return { station, order_id: build.order_id };
}
type Own = Pick<TestStation, 'serve' | 'asSystem'>;
export function moveTo(station: Own, order_id: string, order_status: Status): void {
  station.asSystem('test.status', ctx => ctx.update(orders, order_id, { order_status }));
}
export function assignTo(station: Own, order_id: string, username: string): void {
  station.asSystem('test.assign', ctx => {
    const user = ctx.sql.get<{ id: Id<'users'> }>('select id from users where username = ?', [username]);
    ctx.update(orders, order_id, { current_assignee_id: user?.id ?? null });
  });
}

export const blank: Answer = {
  measured_text: null,
  measured_value_e6: null,
  is_na: false,
  other_text: null,
  note: null,
};
/** A conforming answer to a row, with what it calls for. */
export const goodAnswer = (row: FormRow): Answer =>
  conformingAnswer(row, `${row.code}-${row.repeat_index}-1`);
export const openRows = (station: Own, session: string, log_id: Id<'inspection_logs'>) =>
  ask(station, session, 'quality.getForm', { log_id }).sections.flatMap(section => section.rows);

/** Opens a form and answers every check that applies; `changes` by code replaces the good answer. */
export function fillForm(
  station: Own,
  session: string,
  order_id: Id<'orders'>,
  plan_type: PlanType,
  changes: Record<string, Partial<Answer> | null> = {},
) {
  const { log_id } = ask(station, session, 'quality.openForm', { order_id, plan_type });
  for (const row of openRows(station, session, log_id)) {
    const change = changes[row.code];
    if (!row.is_applicable || row.record_as === 'SIGNER_INITIALS' || change === null) continue;
    const { measurement_id } = row;
    ask(station, session, 'quality.saveAnswer', {
      measurement_id,
      answer: { ...(change ? blank : goodAnswer(row)), ...change },
    });
  }
  return log_id;
}
/** A drawing on the build, as P05 asks for. */
export function attachDrawing(station: Own, order_id: string): void {
  station.asSystem('test.drawing', ctx => attach(ctx, order_id));
}

function attach(ctx: CommandCtx, order_id: string): void {
  const file = ctx.insert(file_uploads, {
    original_name: 'drawing.pdf',
    file_size_bytes: 10,
    mime_type: 'application/pdf',
    file_extension: 'pdf',
    sha256: 'a'.repeat(64),
  });
  ctx.insert(file_links, {
    file_upload_id: file.id,
    entity_type: 'orders',
    entity_id: order_id,
    link_role: 'TECHNICAL_DRAWING',
  });
}
export const sign = (
  station: Own,
  session: string,
  log_id: Id<'inspection_logs'>,
  credentials: { username?: string; password?: string; pin?: string },
  result: InspectionResult = 'PASS',
) => ask(station, session, 'quality.signForm', signInput(log_id, credentials, result));
export const signInput = (
  log_id: Id<'inspection_logs'>,
  credentials: { username?: string; password?: string; pin?: string },
  result: InspectionResult = 'PASS',
) => ({
  log_id,
  credentials,
  is_declared: true as const,
  result,
  failure:
    result === 'FAIL'
      ? { category: 'DIMENSIONAL' as const, description: 'Width is 29 inches', needs_rework: true }
      : null,
});

/** An instrument inside its calibration on the day the test stations start. */
export const thermometer = {
  instrument_code: 'TH-7',
  instrument_name: 'Fluke 52 II',
  instrument_type: 'THERMOMETER',
  serial_number: '4711',
  certificate_number: null,
  last_calibrated_on: '2026-01-10',
  calibration_due_on: '2027-01-10',
  is_active: true,
};
