import latin700 from '@fontsource/roboto-condensed/files/roboto-condensed-latin-700-normal.woff2?inline';
import latinExt700 from '@fontsource/roboto-condensed/files/roboto-condensed-latin-ext-700-normal.woff2?inline';
import type { SheetStock } from '../../preload/contract/logistics.ts';

/** The font of labels travels inside the page; the ranges are those of the files. */
const labelFontCss = [
  [latin700, 'U+0000-00FF,U+0131,U+0152-0153,U+2000-206F,U+20AC,U+2122,U+2212'],
  [latinExt700, 'U+0100-02BA,U+1E00-1E9F'],
]
  .map(
    ([url, range]) =>
      `@font-face{font-family:'Roboto Condensed';font-weight:700;src:url(${url}) format('woff2');unicode-range:${range}}`,
  )
  .join('\n');
const PAPER_MM = { LETTER: '215.9mm 279.4mm', A4: '210mm 297mm' };

const page = (size: string, styles: string, body: string): string => `<!doctype html>
<html><head><meta charset="utf-8"><style>${labelFontCss}
@page{size:${size};margin:0} html,body{margin:0;padding:0} svg{display:block}
${styles}</style></head><body>${body}</body></html>`;

/** Labels set in their places, sheet after sheet; every drawing has its size in millimetres. */
export function labelSheets(labels: readonly string[], stock: SheetStock): string {
  const { paper, columns, rows, left_mm, top_mm, pitch_x_mm, pitch_y_mm, skip } = stock;
  const places = columns * rows;
  const [width, height] = PAPER_MM[paper].split(' ');
  const sheets: string[] = [];
  labels.forEach((label, at) => {
    const place = at + skip;
    const sheet = Math.floor(place / places);
    const left = left_mm + (place % columns) * pitch_x_mm;
    const top = top_mm + Math.floor((place % places) / columns) * pitch_y_mm;
    sheets[sheet] = `${sheets[sheet] ?? ''}<div style="left:${left}mm;top:${top}mm">${label}</div>`;
  });
  const body = sheets.map(sheet => `<section>${sheet}</section>`).join('');
  const styles = `section{position:relative;width:${width};height:${height};overflow:hidden;break-after:page}
section:last-child{break-after:auto} section>div{position:absolute}`;
  return page(PAPER_MM[paper], styles, body);
}

/** One label on a page of its own size, for a label printer with a driver. */
export function labelPage(label: string, copies: number): string {
  const [, width = '', height = ''] = /width="([\d.]+mm)" height="([\d.]+mm)"/.exec(label) ?? [];
  const one = `<section style="width:${width};height:${height};overflow:hidden;break-after:page">${label}</section>`;
  return page(`${width} ${height}`, 'section:last-child{break-after:auto}', one.repeat(copies));
}
