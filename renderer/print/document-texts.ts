import { createInstance } from 'i18next';
import type { TextLanguage } from '../../preload/contract/document-data.ts';
import type { LocalizedText } from '../../preload/contract/product-model.ts';
import en from '../../resources/locales/en/documents.json' with { type: 'json' };
import enFulfilment from '../../resources/locales/en/fulfilment.json' with { type: 'json' };
import enInfrastructure from '../../resources/locales/en/infrastructure.json' with { type: 'json' };
import enLogistics from '../../resources/locales/en/logistics.json' with { type: 'json' };
import enOrders from '../../resources/locales/en/orders.json' with { type: 'json' };
import enQuality from '../../resources/locales/en/quality.json' with { type: 'json' };
import es from '../../resources/locales/es/documents.json' with { type: 'json' };
import esFulfilment from '../../resources/locales/es/fulfilment.json' with { type: 'json' };
import esInfrastructure from '../../resources/locales/es/infrastructure.json' with { type: 'json' };
import esLogistics from '../../resources/locales/es/logistics.json' with { type: 'json' };
import esOrders from '../../resources/locales/es/orders.json' with { type: 'json' };
import esQuality from '../../resources/locales/es/quality.json' with { type: 'json' };
import fr from '../../resources/locales/fr/documents.json' with { type: 'json' };
import frFulfilment from '../../resources/locales/fr/fulfilment.json' with { type: 'json' };
import frInfrastructure from '../../resources/locales/fr/infrastructure.json' with { type: 'json' };
import frLogistics from '../../resources/locales/fr/logistics.json' with { type: 'json' };
import frOrders from '../../resources/locales/fr/orders.json' with { type: 'json' };
import frQuality from '../../resources/locales/fr/quality.json' with { type: 'json' };

const NUMBER_LOCALES: Record<TextLanguage, string> = { en: 'en-CA', fr: 'fr-CA', es: 'es-MX' };
const words = createInstance();
void words.init({
  // Beside the words of the documents those of the codes that a history record shows.
  resources: {
    en: {
      documents: en,
      fulfilment: enFulfilment,
      infrastructure: enInfrastructure,
      logistics: enLogistics,
      orders: enOrders,
      quality: enQuality,
    },
    fr: {
      documents: fr,
      fulfilment: frFulfilment,
      infrastructure: frInfrastructure,
      logistics: frLogistics,
      orders: frOrders,
      quality: frQuality,
    },
    es: {
      documents: es,
      fulfilment: esFulfilment,
      infrastructure: esInfrastructure,
      logistics: esLogistics,
      orders: esOrders,
      quality: esQuality,
    },
  },
  ns: ['documents', 'fulfilment', 'infrastructure', 'logistics', 'orders', 'quality'],
  defaultNS: 'documents',
  fallbackLng: false,
  initAsync: false,
  interpolation: { escapeValue: false },
});

/** Words and numbers of a document in its own language, which need not be that of the screen. */
export interface DocumentTexts {
  readonly language: TextLanguage;
  /** A text of the documents, or of another module by its name: `orders:statuses.SHIPPED`. */
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
