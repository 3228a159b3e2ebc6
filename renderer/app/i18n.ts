import 'dayjs/locale/fr';
import 'dayjs/locale/es';
import dayjs from 'dayjs';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export const LOCALES = ['en', 'fr', 'es'] as const;
export type Locale = (typeof LOCALES)[number];
type Texts = Record<string, unknown>;
const files = import.meta.glob<{ default: Texts }>('../../resources/locales/*/*.json', { eager: true });

/** One namespace per module file; the refusals of all modules are one more. */
function resources(): Record<string, Record<string, Texts>> {
  const all: Record<string, Record<string, Texts>> = { en: {}, fr: {}, es: {} };
  for (const [file, { default: texts }] of Object.entries(files)) {
    const [locale = 'en', name = ''] = file.split('/').slice(-2);
    const held = all[locale];
    if (!held) continue;
    held[name.replace('.json', '')] = texts;
    held.refusals = { ...held.refusals, ...(texts.refusals as Texts | undefined) };
  }
  return all;
}

const asked = (navigator.language || 'en').slice(0, 2);
const first: Locale = LOCALES.find(l => l === localStorage.getItem('millwright.locale')) ?? LOCALES.find(l => l === asked) ?? 'en';
void i18next.use(initReactI18next).init({
  resources: resources(),
  lng: first,
  fallbackLng: 'en',
  ns: ['app', 'ui', 'refusals'],
  defaultNS: 'app',
  interpolation: { escapeValue: false },
  returnEmptyString: false,
});
speak(first);

export function speak(locale: Locale): void {
  localStorage.setItem('millwright.locale', locale);
  document.documentElement.lang = locale;
  dayjs.locale(locale);
  if (i18next.language !== locale) void i18next.changeLanguage(locale);
}
