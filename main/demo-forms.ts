import type { Id } from '../db/kit/columns.ts';
import type { Answer, FormRow, PlanType } from '../preload/contract/inspection.ts';
import { orderRow } from './modules/orders/order-rows.service.ts';
import { openForm, saveAnswer, setHeader } from './modules/quality/filling.service.ts';
import { getForm } from './modules/quality/form.service.ts';
import { signForm } from './modules/quality/signing.service.ts';
import type { CommandCtx } from './rpc/context.ts';

/** Answers every check of a form that is open, as it conforms. */
export function fillForm(
  ctx: CommandCtx,
  order_id: Id<'orders'>,
  plan_type: PlanType,
  thermometer_id: Id<'instruments'>,
): void {
  const { log_id } = openForm(ctx, { order_id, plan_type });
  if (plan_type === 'TEST') setHeader(ctx, { log_id, notes: null, instrument_ids: [thermometer_id] });
  const number = orderRow(ctx, order_id).order_number.slice(-4);
  for (const row of getForm(ctx, { log_id }).sections.flatMap(section => section.rows))
    if (row.is_applicable && row.state === 'open')
      saveAnswer(ctx, {
        measurement_id: row.measurement_id,
        answer: conformingAnswer(row, `${row.record_as === 'JOB_ID' ? 'JOB' : row.code}-${number}`),
      });
}
export function signPassed(
  ctx: CommandCtx,
  order_id: Id<'orders'>,
  plan_type: PlanType,
  credentials: { username: string; password: string | undefined },
): void {
  const { log_id } = openForm(ctx, { order_id, plan_type });
  signForm(ctx, { log_id, credentials, is_declared: true, result: 'PASS', failure: null });
}

const EMPTY: Answer = {
  measured_text: null,
  measured_value_e6: null,
  is_na: false,
  other_text: null,
  note: null,
};
const E6 = 1_000_000;
/** The answer a check calls for; `text` where it asks for words. */
export function conformingAnswer(row: FormRow, text: string): Answer {
  const expected_e6 = Math.round(Number(row.expected_value ?? 1) * E6);
  switch (row.data_type) {
    case 'BOOLEAN': {
      if (row.expected_value === 'NA') return { ...EMPTY, is_na: true };
      const inside_e6 = row.target_value_e6 ?? row.lower_limit_e6 ?? expected_e6;
      return { ...EMPTY, measured_text: 'YES', measured_value_e6: row.unit === null ? null : inside_e6 };
    }
    case 'TEXT':
      return { ...EMPTY, measured_text: text };
    case 'NUMERIC':
    case 'COUNT':
      return { ...EMPTY, measured_value_e6: expected_e6 };
    case 'CHOICE':
      return { ...EMPTY, measured_text: row.expected_value ?? row.options[0]?.code ?? null };
  }
}
