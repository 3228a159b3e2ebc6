import en from '../../../resources/locales/en/configuration.json' with { type: 'json' };
import es from '../../../resources/locales/es/configuration.json' with { type: 'json' };
import fr from '../../../resources/locales/fr/configuration.json' with { type: 'json' };

const catalogue = { en: en.declarations, fr: fr.declarations, es: es.declarations } as const;

/** The words an approver signs. */
export const approvalDeclaration = (
  decision: 'APPROVED' | 'REJECTED',
  label: string,
  locale: keyof typeof catalogue,
): string => catalogue[locale][decision].replaceAll('{{label}}', label);
