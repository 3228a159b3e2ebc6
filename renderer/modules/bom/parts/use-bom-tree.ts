import type { BomHeader, BomTotals, TreeRow } from '../../../../preload/contract/bom.ts';
import type { RpcFailure } from '../../../rpc/client.ts';
import { useAsk } from '../../../rpc/hooks.ts';

export interface ShownBom {
  header: BomHeader;
  rows: TreeRow[];
  row_count: number;
  /** Null while only the first level is here: thousands of rows follow a moment after the first paint. */
  totals: BomTotals | null;
}
/** A BOM as soon as there is something to see: its first level first, the whole tree right behind it. */
export function useBomTree(bom_id: string): { tree: ShownBom | null; error: RpcFailure | null } {
  const top = useAsk('bom.top', { bom_id });
  const whole = useAsk('bom.get', { bom_id }, { enabled: top.isSuccess });
  const tree = whole.data
    ? { ...whole.data, row_count: whole.data.rows.length }
    : top.data
      ? { ...top.data, totals: null }
      : null;
  return { tree, error: top.error ?? whole.error };
}
