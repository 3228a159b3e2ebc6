import { planDocument } from '../../../preload/contract/inspection-plan.ts';
import finalQc from '../../../resources/inspection-plans/mdrd-final-qc.json' with { type: 'json' };
import inProcess from '../../../resources/inspection-plans/mdrd-in-process.json' with { type: 'json' };
import packaging from '../../../resources/inspection-plans/mdrd-packaging.json' with { type: 'json' };
import preQc from '../../../resources/inspection-plans/mdrd-pre-qc.json' with { type: 'json' };
import test from '../../../resources/inspection-plans/mdrd-test.json' with { type: 'json' };
import type { CommandCtx } from '../../rpc/context.ts';
import { activePlan, insertPlan } from './plan-store.service.ts';

const shipped: unknown[] = [preQc, inProcess, test, packaging, finalQc];

/** The shipped forms. Idempotent: a version that is here stays; a new one waits as a draft where another is valid. */
export function seedInspectionPlans(ctx: CommandCtx): void {
  for (const raw of shipped) {
    const document = planDocument.parse(raw);
    const { plan_code, plan_version, plan_type, product_family } = document;
    const held = ctx.sql.get('select 1 from inspection_plans where plan_code = ? and plan_version = ?', [
      plan_code,
      plan_version,
    ]);
    if (held) continue;
    const status = activePlan(ctx, plan_type, product_family) ? 'DRAFT' : 'ACTIVE';
    insertPlan(ctx, document, { status, based_on_id: null, is_shipped: true });
  }
}
