import type { ImportKindName } from '../../../preload/contract/imports.ts';
import { refuse } from '../../rpc/refusal.ts';
import type { ImportKind } from './import-kind.ts';
import { bomLinesKind } from './kinds/bom-lines.kind.ts';
import { materialsKind } from './kinds/materials.kind.ts';
import { ordersKind } from './kinds/orders.kind.ts';
import { usersKind } from './kinds/users.kind.ts';
import { workCentersKind } from './kinds/work-centers.kind.ts';

// biome-ignore lint/suspicious/noExplicitAny: what a kind plans is its own business; it comes back to the same kind
type AnyKind = ImportKind<any>;
/** Every kind that can be brought in; a new one is a file of its own and a line here. */
export const importKinds: readonly AnyKind[] = [
  materialsKind,
  bomLinesKind,
  ordersKind,
  usersKind,
  workCentersKind,
];
export const kindNamed = (kind: ImportKindName): AnyKind =>
  importKinds.find(known => known.kind === kind) ?? refuse('import_unknown', { kind });
