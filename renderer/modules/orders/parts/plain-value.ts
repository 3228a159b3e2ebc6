import type { Scalar } from '../../../../preload/contract/product-model.ts';

/** Text of an answer nobody gave words to. */
export const plainValue = (value: Scalar | undefined) =>
  value === null || value === undefined || value === '' ? '—' : String(value);
