import type { MaterialSummary } from '../../../../preload/contract/catalogue.ts';

export type Kind = MaterialSummary['material_kind'];
export const KINDS = [
  'RAW_MATERIAL',
  'COMPONENT',
  'ASSEMBLY',
  'KIT',
  'SERVICE_PART',
  'FINISHED_GOOD',
  'CONSUMABLE',
] as const satisfies readonly Kind[];
export const kindOf = (value: string | null): Kind | null => KINDS.find(kind => kind === value) ?? null;
