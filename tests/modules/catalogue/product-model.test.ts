import { describe, expect, test } from 'vitest';
import { evaluateConfiguration } from '../../../main/modules/catalogue/product-model.rules.ts';
import { workedExampleConfiguration } from '../../../main/modules/orders/worked-example.rules.ts';
import {
  hasCatalog,
  mdrd,
  readAssemblies,
  readExamples,
  readParts,
  skipReason,
} from './product-model-support.ts';

if (!hasCatalog) console.warn(skipReason);

describe.skipIf(!hasCatalog)('worked examples with the real catalogue', () => {
  const examples = hasCatalog ? readExamples().examples : [];
  const known = new Set(hasCatalog ? [...Object.keys(readAssemblies()), ...Object.keys(readParts())] : []);

  test.each(examples)('$id top-level lines, in order', ({ config, expectedTopLevel }) => {
    const result = evaluateConfiguration(mdrd, workedExampleConfiguration(config), {
      settings: {},
      today: '2026-01-05',
      knownItem: id => known.has(id),
    });
    const lines = result.lines.map(line => ({
      itemId: line.item_id,
      quantity: line.quantity,
      group: line.group,
      ...(line.group === 'PEGBOARD' && line.notes ? { notes: line.notes } : {}),
      ...(line.is_custom_part ? { isCustomPart: true, customPartSpec: line.custom_part_spec } : {}),
    }));
    expect(lines).toEqual(expectedTopLevel);
    expect(result.submittable).toBe(true);
    expect(result.lines_refused).toBeUndefined();
  });
});
