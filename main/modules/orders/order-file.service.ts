import { addDays } from '../../platform/days.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { type GeneratedExample, generateBomOf, refusedRule } from '../bom/example.service.ts';
import { type CatalogueIndex, catalogueIndex } from '../catalogue/catalogue.service.ts';
import { draftOfFile, type OrderFile } from './order-file.rules.ts';
import { submitDocument } from './submit.service.ts';
import { workedExampleConfiguration } from './worked-example.rules.ts';

export { orderFile, orderFileList } from './order-file.rules.ts';

/** An order from a file, submitted as the wizard submits: every refusal is the same. */
export const createOrderFromFile = (ctx: CommandCtx, file: OrderFile) =>
  submitDocument(
    ctx,
    draftOfFile(file, days => addDays(ctx.today(), days)),
  );

/** One example in the form of the worked examples: its BOM, or the rules it breaks. `settings` by key take the place of the stored ones. */
export function generateForExample(
  ctx: ReadCtx,
  example: { id: string; config: unknown },
  settings: Record<string, unknown> = {},
  index: CatalogueIndex = catalogueIndex(ctx),
): GeneratedExample {
  try {
    return generateBomOf(
      ctx,
      example.id,
      workedExampleConfiguration(example.config),
      settings,
      'MDRD',
      index,
    );
  } catch (error) {
    return { id: example.id, refused: [refusedRule(error)] };
  }
}
