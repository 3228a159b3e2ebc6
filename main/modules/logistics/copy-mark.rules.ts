import type { TextLanguage } from '../../../preload/contract/document-data.ts';

const WORDS: Record<TextLanguage, string> = { en: 'COPY', fr: 'COPIE', es: 'COPIA' };
/** Stands on every label printed again: the first copy is the second print. */
export const copyMark = (language: TextLanguage, number: number): string => `${WORDS[language]} ${number}`;
