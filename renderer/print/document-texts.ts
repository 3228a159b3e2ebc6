import { createInstance } from 'i18next';
import type { TextLanguage } from '../../preload/contract/document-data.ts';
import type { LocalizedText } from '../../preload/contract/product-model.ts';
import en from '../../resources/locales/en/documents.json' with { type: 'json' };
import es from '../../resources/locales/es/documents.json' with { type: 'json' };
import fr from '../../resources/locales/fr/documents.json' with { type: 'json' };

const NUMBER_LOCALES: Record<TextLanguage, string> = { en: 'en-CA', fr: 'fr-CA', es: 'es-MX' };
const words = createInstance();
void words.init({
  resources: { en: { documents: en }, fr: { documents: fr }, es: { documents: es } },
  ns: ['documents'],
  defaultNS: 'documents',
  fallbackLng: false,
  initAsync: false,
  interpolation: { escapeValue: false },
});

/** Words and numbers of a document in its own language, which need not be that of the screen. */
export interface DocumentTexts {
  readonly language: TextLanguage;
  t(key: string, values?: Record<string, string | number>): string;
  of(text: LocalizedText): string;
  /** Whole pieces without decimals, otherwise as many as the number has. */
  quantity(quantity_e6: number): string;
  minutes(minutes: number): string;
}
export function documentTexts(language: TextLanguage): DocumentTexts {
  const translate = words.getFixedT(language, 'documents');
  const number = new Intl.NumberFormat(NUMBER_LOCALES[language], { maximumFractionDigits: 6 });
  return {
    language,
    t: (key, values = {}) => translate(key, values),
    of: text => text[language],
    quantity: quantity_e6 => number.format(quantity_e6 / 1_000_000),
    minutes: minutes =>
      minutes < 60
        ? translate('units.minutes', { minutes })
        : translate('units.hours', {
            hours: Math.floor(minutes / 60),
            minutes: String(minutes % 60).padStart(2, '0'),
          }),
  };
}
