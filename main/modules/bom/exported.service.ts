import type { CommandCtx } from '../../rpc/context.ts';
import { updateBom } from '../catalogue/bom-store.service.ts';
import { headerRow } from './bom-rows.service.ts';

/** Someone holds this BOM on paper or in a file: the next edit makes a new version. Refuses `row_not_found`. */
export function markBomExported(ctx: CommandCtx, bom_id: string): void {
  const header = headerRow(ctx, bom_id);
  if (header.exported_at_ms === null) updateBom(ctx, header.bom_id, { exported_at_ms: ctx.now_ms });
}
