import { PLAN_TYPES } from '../../../db/schema/quality.ts';
import type { BuildForm, PlanType, QueueRow } from '../../../preload/contract/inspection.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { isRefusal } from '../../rpc/refusal.ts';
import { type OrderRow, orderRow, plantScope } from '../orders/order-rows.service.ts';
import { mayFill, mayRead, whyNotFilled } from './access.service.ts';
import { DUE_AT } from './conformity.rules.ts';
import { draftOf, requireDue } from './filling.service.ts';
import { attemptsOf, progressOfLog } from './form.service.ts';
import { modelOfBuild } from './form-rows.service.ts';
import type { LogRow } from './log-rows.service.ts';
import { activePlan, partsOf } from './plan-store.service.ts';
import { signedResults } from './results.service.ts';
import { secondSignatures, shownSecond } from './second-signatures.service.ts';
import { repeatOf } from './standing.service.ts';

/** Each kind of form of a build that the reader may see: due, being filled, signed. */
export function formsOfBuild(ctx: ReadCtx, { order_id }: { order_id: string }): { forms: BuildForm[] } {
  const order = orderRow(ctx, order_id);
  const family = order.product_model_id ? modelOfBuild(ctx, order).compiled.model.family : '';
  const second = secondSignatures(ctx, order_id);
  const forms = PLAN_TYPES.filter(type => mayRead(ctx, type)).map(type =>
    formOfBuild(ctx, order, type, family),
  );
  return {
    forms: forms.map(form => ({
      ...form,
      second_signatures: form.attempts.flatMap(({ log_id }) =>
        (second.get(log_id) ?? [])
          .map(shownSecond)
          .map(({ signer, signed_at }) => ({ log_id, signer, signed_at })),
      ),
    })),
  };
}

function formOfBuild(
  ctx: ReadCtx,
  order: OrderRow,
  plan_type: PlanType,
  family: string,
): Omit<BuildForm, 'second_signatures'> {
  const plan = activePlan(ctx, plan_type, family);
  const attempts = attemptsOf(ctx, order.id, plan_type);
  const draft = draftOf(ctx, order.id, plan_type);
  const isDue = order.order_status === DUE_AT[plan_type];
  const why_not = draft
    ? (whyNotFilled(ctx, plan_type, order)?.code ?? null)
    : whyNotOpened(ctx, order, plan_type, plan !== null);
  return {
    plan_type,
    plan_id: plan?.id ?? null,
    plan_name: plan?.plan_name ?? null,
    form_id: plan?.form_id ?? null,
    plan_version: plan?.plan_version ?? null,
    draft: draft && draftFacts(ctx, draft),
    latest: attempts.find(a => a.status === 'SIGNED') ?? null,
    attempts,
    repeat: isDue ? repeatOf(ctx, order, signedResults(ctx, order.id).get(plan_type)) : null,
    is_due: isDue,
    may_open: why_not === null,
    why_not,
  };
}
function draftFacts(ctx: ReadCtx, draft: LogRow): NonNullable<BuildForm['draft']> {
  const { answered, applicable, failing } = progressOfLog(ctx, draft, partsOf(ctx, draft.plan_id));
  return { log_id: draft.id, attempt_no: draft.attempt_no, answered, applicable, failing };
}
function whyNotOpened(ctx: ReadCtx, order: OrderRow, plan_type: PlanType, has_plan: boolean): string | null {
  if (!has_plan) return 'plan_missing';
  const why = whyNotFilled(ctx, plan_type, order);
  if (why) return why.code;
  try {
    requireDue(ctx, order, plan_type);
    return null;
  } catch (error) {
    if (isRefusal(error)) return error.code;
    throw error;
  }
}

interface Waiting
  extends Omit<
    QueueRow,
    | 'is_late'
    | 'answered'
    | 'applicable'
    | 'failing'
    | 'attempt_no'
    | 'log_id'
    | 'last_result'
    | 'plan_type'
    | 'repeat'
  > {
  current_assignee_id: string | null;
}
const WAITING = `select o.id as order_id, o.order_number, o.build_number, o.customer_name, o.want_on, o.order_status,
    o.current_assignee_id, a.full_name as assignee_name
  from orders o left join users a on a.id = o.current_assignee_id
  where o.order_kind = 'CUSTOMER_BUILD' and (@plant_id is null or o.plant_id = @plant_id)
    and o.order_status in (select value from json_each(@statuses))
  order by o.current_assignee_id is not @user_id, o.want_on, o.order_number, o.build_number limit 500`;

/**
 * Forms that wait for somebody: those due at the step a build is in and not passed yet. Own builds first, then by
 * want date. Whoever inspects sees the forms of the quality department, whoever builds those of production, whoever
 * only follows the work sees all.
 */
export function inspectionQueue(ctx: ReadCtx): { rows: QueueRow[] } {
  const filled = PLAN_TYPES.filter(type => mayFill(ctx, type));
  const kinds = filled.length > 0 ? filled : PLAN_TYPES.filter(type => mayRead(ctx, type));
  const statuses = [...new Set(kinds.map(kind => DUE_AT[kind]))];
  const builds = ctx.sql.all<Waiting>(WAITING, {
    plant_id: plantScope(ctx),
    statuses: JSON.stringify(statuses),
    user_id: ctx.actor.user_id,
  });
  const today = ctx.today();
  const rows = builds.flatMap(({ current_assignee_id, ...build }) => {
    const results = signedResults(ctx, build.order_id);
    return kinds
      .filter(kind => DUE_AT[kind] === build.order_status)
      .flatMap((plan_type): QueueRow[] => {
        const last = results.get(plan_type);
        const draft = draftOf(ctx, build.order_id, plan_type);
        const repeat = last ? repeatOf(ctx, orderRow(ctx, build.order_id), last) : null;
        if (last?.overall_result === 'PASS' && !draft && !repeat) return [];
        const facts = draft
          ? draftFacts(ctx, draft)
          : { log_id: null, attempt_no: (last?.attempt_no ?? 0) + 1, answered: 0, applicable: 0, failing: 0 };
        return [
          {
            ...build,
            ...facts,
            plan_type,
            is_late: build.want_on !== null && build.want_on < today,
            last_result: last?.overall_result ?? null,
            repeat,
          },
        ];
      });
  });
  return { rows };
}
