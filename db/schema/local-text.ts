import { z } from 'zod';

const text = z.string().max(10_000);
/** A text in the languages of the interface and of printed documents. */
export const localText = z.object({ en: text, fr: text, es: text });
