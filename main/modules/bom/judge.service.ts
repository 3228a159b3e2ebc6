import type { Configuration, Evaluation } from '../../../preload/contract/product-model.ts';
import { type SettingKey, settingKeys } from '../../../preload/contract/settings.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import type { CatalogueIndex } from '../catalogue/catalogue.service.ts';
import {
  blockingVerdicts,
  type CompiledModel,
  type EvaluationContext,
  evaluateConfiguration,
} from '../catalogue/product-model.rules.ts';

/** What of an order's header the rules read. */
export interface JudgedHeader {
  document_language: 'EN' | 'FR' | 'SP';
  /** YYYY-MM-DD, or empty while it is not known. */
  want_on: string | null;
}
const alwaysRead: SettingKey[] = ['bom.alwaysAdd'];

export function evaluationContext(
  ctx: ReadCtx,
  { model }: CompiledModel,
  index: CatalogueIndex,
  want_on: string | null,
): EvaluationContext {
  const wanted = new Set<string>([...model.settings.map(setting => setting.key), ...alwaysRead]);
  const settings = Object.fromEntries(
    settingKeys.filter(key => wanted.has(key)).map(key => [key, ctx.setting(key)]),
  );
  const wantDate = want_on !== null && /^\d{4}-\d{2}-\d{2}$/.test(want_on) ? { want_date: want_on } : {};
  return { settings, today: ctx.today(), ...wantDate, knownItem: index.knownItem };
}

/** The language of the order's documents is an answer too, wherever the model asks for one. */
export function withLanguage(
  compiled: CompiledModel,
  given: Record<string, unknown>,
  document_language: string,
): Record<string, unknown> {
  return compiled.fields.has('order_language') ? { ...given, order_language: document_language } : given;
}

/** Judges the answers of one build under today's catalogue and settings. */
export function judge(
  ctx: ReadCtx,
  compiled: CompiledModel,
  given: Record<string, unknown>,
  header: JudgedHeader,
  index: CatalogueIndex,
): Evaluation {
  return evaluateConfiguration(
    compiled,
    withLanguage(compiled, given, header.document_language),
    evaluationContext(ctx, compiled, index, header.want_on),
  );
}

/** Refuses `configuration_refused`, naming the build and every rule that stands in the way. */
export function requireSubmittable(build_number: string, evaluation: Evaluation): Configuration {
  if (evaluation.submittable) return evaluation.normalized;
  const verdicts = blockingVerdicts(evaluation);
  const rules = [...new Set(verdicts.map(({ rule }) => rule))];
  return refuse('configuration_refused', {
    rule: 'V16',
    build_number,
    rules: rules.slice(0, 20).join(', '),
    verdicts: verdicts.slice(0, 50),
  });
}
