import en from '../../../resources/locales/en/identity.json' with { type: 'json' };
import es from '../../../resources/locales/es/identity.json' with { type: 'json' };
import fr from '../../../resources/locales/fr/identity.json' with { type: 'json' };

const names: Record<'en' | 'fr' | 'es', Record<string, string>> = {
  en: en.role_names,
  fr: fr.role_names,
  es: es.role_names,
};

/** A shipped role in the words of a language; undefined for a role of the organization's own. */
export const shippedRoleName = (locale: keyof typeof names, role_code: string): string | undefined =>
  names[locale][role_code];
