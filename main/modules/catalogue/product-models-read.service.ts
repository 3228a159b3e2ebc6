import type { catalogue } from '../../../preload/contract/catalogue.ts';
import type { OutputOf, ParsedInputOf } from '../../../preload/contract/rpc.ts';
import { settingKeys } from '../../../preload/contract/settings.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { catalogueIndex } from './catalogue.service.ts';
import { expressionWords } from './condition-words.rules.ts';
import { type EvaluationContext, evaluateConfiguration, testBench } from './product-model.rules.ts';
import { listFamilies as families, modelById } from './product-models.service.ts';

/** What rules see beside the answers: settings, the day, the catalogue of the plant. */
export function evaluationContext(ctx: ReadCtx, want_date?: string): EvaluationContext {
  const index = catalogueIndex(ctx);
  return {
    settings: Object.fromEntries(settingKeys.map(key => [key, ctx.setting(key)])),
    today: ctx.today(),
    ...(want_date === undefined ? {} : { want_date }),
    knownItem: index.knownItem,
  };
}

export const listFamilies = (ctx: ReadCtx): OutputOf<typeof catalogue.listFamilies> => ({
  families: families(ctx),
});

export function getProductModel(
  ctx: ReadCtx,
  { product_model_id }: { product_model_id: string },
): OutputOf<typeof catalogue.getProductModel> {
  const { compiled, document_sha256 } = modelById(ctx, product_model_id);
  return { document_sha256, model: compiled.model, words: expressionWords(compiled.model) };
}

export function runTestBench(
  ctx: ReadCtx,
  { product_model_id, configuration }: ParsedInputOf<typeof catalogue.runTestBench>,
): OutputOf<typeof catalogue.runTestBench> {
  const { compiled } = modelById(ctx, product_model_id);
  const context = evaluationContext(ctx);
  return {
    evaluation: evaluateConfiguration(compiled, configuration, context),
    rows: compiled.model.released ? testBench(compiled, configuration, context) : [],
  };
}
