import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalizedText } from '../../preload/contract/product-model.ts';

export type Language = keyof LocalizedText;
export const languageOf = (code: string | undefined): Language =>
  code?.startsWith('fr') ? 'fr' : code?.startsWith('es') ? 'es' : 'en';

/** Picks the words of the screen's language. */
export function useLocalized(): (text: LocalizedText) => string {
  const { i18n } = useTranslation();
  const language = languageOf(i18n.language);
  return useCallback(text => text[language], [language]);
}
