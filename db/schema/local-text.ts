import { z } from 'zod';

/** A text in the languages of the interface and of printed documents. */
export const localText = z.object({ en: z.string(), fr: z.string(), es: z.string() });
