import type { LabelElement, LabelLayout } from '../../../preload/contract/labels.ts';

const same = (text: string) => ({ en: text, fr: text, es: text });
/** A frame on the edge of the stock, a ruler of bars, accents and two barcodes: what is wrong with a printer shows here. */
export function testPage(width_mm: number, height_mm: number): LabelLayout {
  const inner = width_mm - 6;
  const font_mm = Math.max(1.6, Math.min(4, height_mm / 10));
  const letters = (key: string, row: number): Extract<LabelElement, { kind: 'field' }> => ({
    kind: 'field',
    key,
    field: key,
    x_mm: 3,
    y_mm: 2.5 + row * font_mm * 1.2,
    width_mm: inner,
    height_mm: font_mm * 1.2,
    font_mm,
    min_font_mm: 1,
    align: 'left',
    max_lines: 1,
  });
  const square_mm = Math.min(12, height_mm * 0.35);
  const bottom_mm = height_mm - square_mm - 2.5;
  return {
    width_mm,
    height_mm,
    elements: [
      {
        kind: 'box',
        key: 'edge',
        x_mm: 0.5,
        y_mm: 0.5,
        width_mm: width_mm - 1,
        height_mm: height_mm - 1,
        thickness_mm: 0.25,
      },
      letters('printer', 0),
      letters('density', 1),
      letters('printed_on', 2),
      {
        ...letters('accents', 3),
        kind: 'text',
        text: same('éèêçñü µ ° Ø ß'),
      },
      ...[0.125, 0.25, 0.375, 0.5].map(
        (bar_mm, at): LabelElement => ({
          kind: 'line',
          key: `bar_${at + 1}`,
          x_mm: 3 + at * 2,
          y_mm: bottom_mm,
          width_mm: bar_mm,
          height_mm: square_mm,
        }),
      ),
      {
        kind: 'barcode',
        key: 'matrix',
        x_mm: width_mm - square_mm - 2.5,
        y_mm: bottom_mm,
        width_mm: square_mm,
        height_mm: square_mm,
        symbology: 'DATA_MATRIX',
        content: 'MW-TEST',
        module_mm: 0.375,
        has_text: false,
      },
    ],
  };
}
