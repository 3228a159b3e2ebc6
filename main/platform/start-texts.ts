import en from '../../resources/locales/en/start.json' with { type: 'json' };
import es from '../../resources/locales/es/start.json' with { type: 'json' };
import fr from '../../resources/locales/fr/start.json' with { type: 'json' };

/** Before anybody has signed in the machine says the language. Packed with the program: no file is read to say that one cannot be. */
export const machineLocale = (): string => Intl.DateTimeFormat().resolvedOptions().locale;

export interface StartTexts {
  language: 'en' | 'fr' | 'es';
  texts: typeof en;
}
/** `fr-CA` reads French; anything unknown reads English. */
export function startTexts(locale: string): StartTexts {
  const language = locale.slice(0, 2).toLowerCase();
  if (language === 'fr') return { language, texts: fr };
  return language === 'es' ? { language, texts: es } : { language: 'en', texts: en };
}

/** Puts details in the places of a text, `{{file}}`. */
export const fillText = (text: string, details: Record<string, unknown>): string =>
  text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => String(details[name] ?? ''));
