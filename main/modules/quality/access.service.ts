import type { PlanType } from '../../../preload/contract/inspection.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { isQualityForm } from './conformity.rules.ts';

/** QC forms belong to the quality department, the others to whoever builds. Source: permission matrix of the order workflow. */
const resourceOf = (plan_type: PlanType): string =>
  isQualityForm(plan_type) ? 'inspections' : 'production_checks';

export const mayRead = (ctx: Pick<ReadCtx, 'actor'>, plan_type: PlanType): boolean =>
  ctx.actor.may(`${resourceOf(plan_type)}:read`);
export const mayFill = (ctx: Pick<ReadCtx, 'actor'>, plan_type: PlanType): boolean =>
  ctx.actor.may(`${resourceOf(plan_type)}:create`);
export const mayReadPlan = (ctx: Pick<ReadCtx, 'actor'>, plan_type: PlanType): boolean =>
  ctx.actor.may('inspection_plans:read') ||
  (!isQualityForm(plan_type) && ctx.actor.may('production_checks:create'));

export function requireReading(ctx: Pick<ReadCtx, 'actor'>, plan_type: PlanType): void {
  if (!mayRead(ctx, plan_type)) refuse('not_allowed', { permission: `${resourceOf(plan_type)}:read` });
}

/** Why a person may not fill and sign this form of this build, or null. Who builds does so for builds of his own. */
export function whyNotFilled(
  ctx: Pick<ReadCtx, 'actor'>,
  plan_type: PlanType,
  order: { current_assignee_id: string | null },
): { code: 'not_allowed' | 'inspection_not_yours'; details: Record<string, unknown> } | null {
  const resource = resourceOf(plan_type);
  if (!mayFill(ctx, plan_type)) return { code: 'not_allowed', details: { permission: `${resource}:create` } };
  const isOwn = order.current_assignee_id === ctx.actor.user_id;
  if (isQualityForm(plan_type) || isOwn || ctx.actor.may(`${resource}:update`)) return null;
  return { code: 'inspection_not_yours', details: {} };
}
export function requireFilling(
  ctx: Pick<ReadCtx, 'actor'>,
  plan_type: PlanType,
  order: { current_assignee_id: string | null },
): void {
  const why = whyNotFilled(ctx, plan_type, order);
  if (why?.code === 'not_allowed') refuse('not_allowed', why.details);
  if (why) refuse('inspection_not_yours');
}
