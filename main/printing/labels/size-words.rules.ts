import type { TextLanguage } from '../../../preload/contract/document-data.ts';

/** `101,6 × 50,8 mm` as the language writes numbers. */
export function sizeWords(width_mm: number, height_mm: number, language: TextLanguage): string {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  return `${number.format(width_mm)} × ${number.format(height_mm)} mm`;
}
