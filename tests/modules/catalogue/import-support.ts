import { join } from 'node:path';
import { test } from 'vitest';
import type { Station } from '../../../main/compose.ts';
import { hasCatalog, skipReason } from './product-model-support.ts';

export { hasCatalog };
export const demoFolder = join(import.meta.dirname, '../../../resources/demo-plant');
export const countRows = (station: Pick<Station, 'readAsSystem'>, sql: string): number =>
  station.readAsSystem(ctx => ctx.sql.get<{ n: number }>(sql)?.n ?? 0);

/** Says why the tests of the real catalogue did not run. */
export function skipUnlessCatalog(): void {
  if (hasCatalog) return;
  test.skip(skipReason, () => undefined);
}
