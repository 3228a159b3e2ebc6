import { sheetTexts } from '../reporting/sheet-texts.rules.ts';
import { folded } from './cell-values.rules.ts';
import type { ImportField } from './import-kind.ts';

const languages = (['en', 'fr', 'es'] as const).map(sheetTexts);

/** The names a sheet of ours may have, in every language. */
export const sheetTitles = (sheet: string): string[] => languages.map(texts => texts.title(sheet));

/** Codes by their own name and by their words in every language. */
export function columnWords(field: ImportField): Map<string, string> {
  const codes = new Map((field.choices ?? []).map(code => [folded(code), code]));
  if (field.words === undefined) return codes;
  for (const texts of languages)
    for (const [code, words] of Object.entries(texts.words(field.words)))
      if (!field.choices || field.choices.includes(code)) codes.set(folded(words), code);
  return codes;
}

/** Without what stands in brackets: the zone of a time, the unit of a figure. */
function bare(heading: string): string {
  const text = heading.trim();
  const bracket = text.endsWith(')') ? text.lastIndexOf('(') : -1;
  return folded(bracket === -1 ? text : text.slice(0, bracket));
}

/**
 * Which column (from 1) is which field: first what this person chose for a heading before, then our own headings in
 * any language, then the name of the field. A column serves one field.
 */
export function proposeMapping(
  sheet: string,
  fields: readonly ImportField[],
  headings: readonly string[],
  remembered: Readonly<Record<string, string>>,
): Record<string, number> {
  const mapping: Record<string, number> = {};
  const taken = new Set<number>();
  const place = (field: string, at: number): void => {
    if (at === -1 || taken.has(at) || mapping[field] !== undefined) return;
    mapping[field] = at + 1;
    taken.add(at);
  };
  for (const [at, heading] of headings.entries()) {
    const field = remembered[bare(heading)];
    if (field !== undefined && fields.some(f => f.key === field)) place(field, at);
  }
  const bares = headings.map(bare);
  for (const { key } of fields) {
    const ours = languages.map(texts => bare(texts.heading(sheet, key)));
    place(
      key,
      bares.findIndex(heading => ours.includes(heading) || heading === key),
    );
  }
  return mapping;
}

/** What is kept of a mapping for the next file: field by heading. */
export const rememberedOf = (
  headings: readonly string[],
  mapping: Readonly<Record<string, number>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(mapping).flatMap(([field, column]) => {
      const heading = headings[column - 1];
      return heading === undefined ? [] : [[bare(heading), field]];
    }),
  );
