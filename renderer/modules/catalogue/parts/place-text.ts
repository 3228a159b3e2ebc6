import type { ItemPlace } from '../../../../preload/contract/catalogue.ts';

/** `Hall B, rack 3 · B3-07`; empty where no place is known. */
export const placeText = ({ warehouse_location, bin_location }: ItemPlace): string =>
  [warehouse_location, bin_location].filter(Boolean).join(' · ');
