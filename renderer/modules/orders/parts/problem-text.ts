import type { Problem } from '../../../../preload/contract/orders.ts';

type Translate = (key: string, values?: Record<string, unknown>) => string;

/** A problem in words; its code stands in until the texts know it. */
export const problemText = (refusals: Translate, { code, details }: Problem) =>
  refusals(code, { ...details, defaultValue: code });
