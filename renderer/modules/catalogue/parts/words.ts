import { useTranslation } from 'react-i18next';
import type { LocalizedText } from '../../../../preload/contract/product-model.ts';

/** Picks the words of the screen's language. */
export function useWords() {
  const { i18n } = useTranslation();
  return (text: LocalizedText): string =>
    i18n.language.startsWith('fr') ? text.fr : i18n.language.startsWith('es') ? text.es : text.en;
}
