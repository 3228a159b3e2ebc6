import type { DocumentFrame, Paper } from '../../preload/contract/document-data.ts';
import type { DocumentTexts } from './document-texts.ts';

export type Orientation = 'portrait' | 'landscape';
const SIZES: Record<Paper, { css: string; width_mm: number; height_mm: number }> = {
  LETTER: { css: 'letter', width_mm: 215.9, height_mm: 279.4 },
  A4: { css: 'A4', width_mm: 210, height_mm: 297 },
};
export const paperWidth = (paper: Paper, orientation: Orientation): number =>
  orientation === 'portrait' ? SIZES[paper].width_mm : SIZES[paper].height_mm;

/** A CSS string that cannot end its quotes, its rule or its style element. */
export function cssString(text: string): string {
  const escaped = text.replace(/[\\"<>\n\r\f]/g, c => `\\${c.charCodeAt(0).toString(16)} `);
  return `"${escaped}"`;
}

/** Names of house and person may be cut, so that the running heads stay within three lines; numbers never are. */
const shortened = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`;

/** Which record the paper is of, in words. */
export function subjectText(frame: DocumentFrame, { t }: DocumentTexts): string {
  const { order_number: order, build_number: build } = frame;
  if (frame.is_example) return t('frame.example');
  return build === null ? t('frame.order', { order }) : t('frame.build', { order, build });
}

/** Running heads of every page: whose, which order and build, which form, when, page n of m. */
export function pageFrameCss(
  frame: DocumentFrame,
  title: string,
  texts: DocumentTexts,
  paper: Paper,
  orientation: Orientation,
): string {
  const subject = subjectText(frame, texts);
  const form = `${texts.t('frame.form', { form: `${frame.form_id}.${frame.form_version}` })}\n${title}`;
  const [before = '', between = '', after = ''] = texts
    .t('frame.page', { page: '\u0001', pages: '\u0001' })
    .split('\u0001');
  const pageOf = `${cssString(before)} counter(page) ${cssString(between)} counter(pages) ${cssString(after)}`;
  const printed = texts.t('frame.printed', { at: frame.printed_at, by: shortened(frame.printed_by, 60) });
  const width = SIZES[paper].css;
  const house = frame.brand?.house || frame.organization_name;
  const accent = frame.brand?.accent ?? '#111';
  const foot = shortened(texts.of(frame.brand?.footer ?? NO_FOOTER), 90);
  return `@page {
  size: ${width} ${orientation};
  margin: 29mm 14mm;
  @top-left { content: ${cssString(`${shortened(house, 64)}\n${shortened(frame.plant_name, 32)}`)}; ${box('left', 'bottom', accent)} width: 40%; }
  @top-right { content: ${cssString(subject)}; ${box('right', 'bottom', accent)} font-weight: 600; width: 60%; }
  @bottom-left { content: ${cssString(form)}; ${box('left', 'top', accent)} width: 28%; }
  @bottom-center { content: ${cssString(foot === '' ? printed : `${printed}\n${foot}`)}; ${box('center', 'top', accent)} width: 44%; }
  @bottom-right { content: ${pageOf}; ${box('right', 'top', accent)} width: 28%; }
}`;
}
const NO_FOOTER = { en: '', fr: '', es: '' };
const box = (align: string, edge: 'top' | 'bottom', accent: string): string =>
  `font: 10pt/1.15 'Inter Print', sans-serif; color: #111; white-space: pre-wrap; overflow-wrap: anywhere; text-align: ${align}; ` +
  (edge === 'bottom'
    ? `vertical-align: bottom; border-bottom: 0.35mm solid ${accent}; padding-bottom: 1mm; margin-bottom: 2mm;`
    : `vertical-align: top; border-top: 0.35mm solid ${accent}; padding-top: 1mm; margin-top: 2mm;`);
