import { z } from 'zod';
import type { ColumnFacts } from './columns.ts';

/** What a column's schema says in numbers, for engines that cannot run it. */
export interface Limits {
  minimum: number | undefined;
  maximum: number | undefined;
  max_length: number | undefined;
  choices: readonly string[] | undefined;
}
const described = z.object({
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().optional(),
});
export function limitsOf(column: ColumnFacts): Limits {
  const { minimum, maximum, maxLength } = described.parse(z.toJSONSchema(column.zod));
  return { minimum, maximum, max_length: maxLength, choices: column.choices };
}
