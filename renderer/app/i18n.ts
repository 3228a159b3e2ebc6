import dayjs from 'dayjs';
import 'dayjs/locale/es';
import 'dayjs/locale/fr';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

type Tree = Record<string, unknown>;
const files = import.meta.glob<Tree>('../../resources/locales/*/*.json', { eager: true, import: 'default' });
export const LANGUAGES = ['en', 'fr', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', fr: 'Français', es: 'Español' };

/** One namespace per module, and all refusals together in `refusals`. */
function resources(): Record<string, Record<string, Tree>> {
  const found: Record<string, Record<string, Tree>> = {};
  for (const [path, texts] of Object.entries(files)) {
    const [, language = '', module = ''] = /([^/]+)\/([^/]+)\.json$/.exec(path) ?? [];
    found[language] ??= { refusals: {} };
    found[language][module] = texts;
    Object.assign(found[language].refusals ?? {}, texts.refusals);
  }
  return found;
}

const languageOfBrowser = (): Language =>
  LANGUAGES.find(language => navigator.language.toLowerCase().startsWith(language)) ?? 'en';

void i18next.use(initReactI18next).init({
  resources: resources(),
  lng: languageOfBrowser(),
  fallbackLng: 'en',
  defaultNS: 'app',
  interpolation: { escapeValue: false },
  returnNull: false,
});
follow(languageOfBrowser());

function follow(language: string): void {
  document.documentElement.lang = language;
  dayjs.locale(language);
}
export function setLanguage(language: Language): void {
  follow(language);
  if (i18next.language !== language) void i18next.changeLanguage(language);
}
