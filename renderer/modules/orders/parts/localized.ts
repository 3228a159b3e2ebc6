import { useTranslation } from 'react-i18next';
import type { LocalizedText, Scalar } from '../../../../preload/contract/product-model.ts';

export type Language = keyof LocalizedText;
export const languageOf = (code: string | undefined): Language =>
  code?.startsWith('fr') ? 'fr' : code?.startsWith('es') ? 'es' : 'en';

/** Picks the words of the screen's language. */
export function useLocalized() {
  const { i18n } = useTranslation();
  const language = languageOf(i18n.language);
  return (text: LocalizedText) => text[language];
}

/** Text of an answer nobody gave words to. */
export const plainValue = (value: Scalar | undefined) =>
  value === null || value === undefined || value === '' ? '—' : String(value);
