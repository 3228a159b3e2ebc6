import { z } from 'zod';
import { configuration } from '../../../../preload/contract/product-model.ts';
import mdrd from '../../../../resources/product-models/examples/cleanstation-mdrd.json' with { type: 'json' };

const examples = z.record(z.string(), configuration);
/** Starting points of the test bench, by family. */
export const benchExamples: Record<string, { id: string; configuration: z.infer<typeof configuration> }[]> = {
  MDRD: Object.entries(examples.parse(mdrd)).map(([id, configuration]) => ({ id, configuration })),
};
