import type { z } from 'zod';

const MOST_CHARACTERS = 1_000_000;
/** A document nested thousands of levels deep cannot even be written down. */
function isStorable(value: unknown): boolean {
  try {
    return JSON.stringify(value).length <= MOST_CHARACTERS;
  } catch {
    return false;
  }
}
/** A document whose parts have no limits of their own. */
export const sized = <T extends z.ZodType>(schema: T): T =>
  schema.refine(isStorable, 'too long or nested too deeply').meta({ is_sized: true });
