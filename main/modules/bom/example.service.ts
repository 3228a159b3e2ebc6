import type { LocalizedText } from '../../../preload/contract/product-model.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { Refusal } from '../../rpc/refusal.ts';
import { type CatalogueIndex, catalogueIndex } from '../catalogue/catalogue.service.ts';
import { blockingVerdicts, evaluateConfiguration } from '../catalogue/product-model.rules.ts';
import { activeModel } from '../catalogue/product-models.service.ts';
import { expandLines, totals } from './expansion.rules.ts';
import { evaluationContext } from './judge.service.ts';

export type GeneratedExample =
  | {
      id: string;
      lines: { item_id: string; quantity: number }[];
      rows: number;
      distinct_leaves: number;
      total_leaf_quantity: number;
    }
  | { id: string; refused: { rule: string; message: string }[] };

const reported = 50;
/** The BOM of one configuration in the form the command line prints; nothing is stored. `settings` take the place of the stored ones. */
export function generateBomOf(
  ctx: ReadCtx,
  id: string,
  configuration: Record<string, unknown>,
  settings: Record<string, unknown>,
  family = 'MDRD',
  index: CatalogueIndex = catalogueIndex(ctx),
): GeneratedExample {
  const { compiled } = activeModel(ctx, family);
  const context = evaluationContext(ctx, compiled, index, null);
  const evaluation = evaluateConfiguration(compiled, configuration, {
    ...context,
    settings: { ...context.settings, ...settings },
  });
  if (!evaluation.submittable) {
    return {
      id,
      refused: blockingVerdicts(evaluation)
        .slice(0, reported)
        .map(({ rule, message }) => ({ rule, message: message.en })),
    };
  }
  try {
    const found = totals(expandLines(evaluation.lines, index));
    return {
      id,
      lines: evaluation.lines.map(({ item_id, quantity }) => ({ item_id, quantity })),
      rows: found.rows,
      distinct_leaves: found.distinct_leaves,
      total_leaf_quantity: found.total_leaf_quantity_e6 / 1_000_000,
    };
  } catch (error) {
    return { id, refused: [refusedRule(error)] };
  }
}

/** A refusal of the expansion as a rule that is broken. */
export function refusedRule(error: unknown): { rule: string; message: string } {
  if (!(error instanceof Refusal)) throw error;
  const { rule } = error.details;
  return {
    rule: typeof rule === 'string' ? rule : error.code,
    message: `${error.code} ${JSON.stringify(error.details)}`,
  };
}
export const inEveryLanguage = (text: string): LocalizedText => ({ en: text, fr: text, es: text });
