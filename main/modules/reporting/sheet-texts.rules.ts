import en from '../../../resources/locales/en/sheets.json' with { type: 'json' };
import es from '../../../resources/locales/es/sheets.json' with { type: 'json' };
import fr from '../../../resources/locales/fr/sheets.json' with { type: 'json' };

interface SheetText {
  title: string;
  columns: Readonly<Record<string, string>>;
  /** Headings that an import knows beside those of the export. */
  import_columns?: Readonly<Record<string, string>>;
}
interface Texts {
  total: string;
  sheets: Readonly<Record<string, SheetText>>;
  words: Readonly<Record<string, Readonly<Record<string, string>>>>;
  facts: Readonly<Record<string, string>>;
}
const catalogue: Record<'en' | 'fr' | 'es', Texts> = { en, fr, es };

export interface SheetTexts {
  locale: 'en' | 'fr' | 'es';
  total: string;
  title(sheet: string): string;
  /** Keys of the export in the order of the sheet. */
  columns(sheet: string): string[];
  heading(sheet: string, column: string): string;
  words(name: string): Readonly<Record<string, string>>;
  /** A line of the sheet "Info", `{{name}}` replaced. */
  fact(key: string, values?: Readonly<Record<string, string | number>>): string;
}

/** Texts of workbooks in one language. A missing text is a fault, never an empty heading. */
export function sheetTexts(locale: 'en' | 'fr' | 'es'): SheetTexts {
  const texts = catalogue[locale];
  const found = <T>(text: T | undefined, key: string): T => {
    if (text === undefined) throw new Error(`sheet text ${key} is missing in ${locale}`);
    return text;
  };
  const sheet = (id: string) => found(texts.sheets[id], id);
  return {
    locale,
    total: texts.total,
    title: id => sheet(id).title,
    columns: id => Object.keys(sheet(id).columns),
    heading: (id, column) => {
      const { columns, import_columns } = sheet(id);
      return found(columns[column] ?? import_columns?.[column], `${id}.${column}`);
    },
    words: name => found(texts.words[name], name),
    fact: (key, values = {}) =>
      found(texts.facts[key], key).replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? '')),
  };
}
