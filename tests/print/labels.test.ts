import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { zplToBase64Async } from 'zpl-renderer-js';
import { exampleValues } from '../../main/modules/logistics/example-values.rules.ts';
import { contentOf, layOut } from '../../main/printing/labels/layout.rules.ts';
import {
  missingCharacters,
  printable,
  textWidth,
  wrapped,
} from '../../main/printing/labels/lettering.rules.ts';
import { svgOf } from '../../main/printing/labels/svg.rules.ts';
import { symbolOf } from '../../main/printing/labels/symbols.ts';
import { zplOf, zplText } from '../../main/printing/labels/zpl.rules.ts';
import { dotsPerMm, type LabelElement, type Symbology } from '../../preload/contract/labels.ts';
import '../support/properties.ts';
import { decoded, dotsOf, shippedTemplates } from './label-support.ts';

/** What a decoder gives back: brackets of application identifiers are text for people. */
const bare = (text: string): string => text.replace(/[()]|<GS>/g, '').replaceAll(String.fromCharCode(29), '');

describe.each(shippedTemplates)('$template_code', ({ label_type, layout }) => {
  const values = exampleValues(label_type);
  const barcodes = layout.elements.filter(
    (one): one is Extract<LabelElement, { kind: 'barcode' }> => one.kind === 'barcode',
  );

  test.each([203, 300] as const)('at %i dpi every code reads back from dots and from ZPL', async dpi => {
    for (const language of ['en', 'fr', 'es'] as const)
      expect(layOut(layout, values, { language, reader: 'en', dpi }).problems, language).toEqual([]);
    const placed = layOut(layout, values, { language: 'en', reader: 'en', dpi });
    const wanted = barcodes.map(one => bare(contentOf(one.content, values))).sort();
    const fromDots = await decoded(dotsOf(placed));
    expect(fromDots.map(one => bare(one.text)).sort()).toEqual(wanted);
    // Another program reads the commands and draws the label; a third one reads its picture.
    const zpl = zplOf(placed, { copies: 1, darkness: null });
    const png = await zplToBase64Async(zpl, layout.width_mm, layout.height_mm, dotsPerMm(dpi));
    const fromZpl = await decoded(Buffer.from(png, 'base64'));
    expect(fromZpl.map(one => bare(one.text)).sort()).toEqual(wanted);
  });
});

const SAMPLES: Record<Symbology, [content: string, format: RegExp, read: string]> = {
  CODE128: ['B7HK2M9QX4AC', /Code128/, 'B7HK2M9QX4AC'],
  CODE39: ['ABC-123', /Code39/, 'ABC-123'],
  EAN13: ['400638133393', /EAN-?13/, '4006381333931'],
  // Read as the EAN-13 it is part of.
  UPC_A: ['03600029145', /UPC-?A|EAN/, '0036000291452'],
  ITF14: ['0951234567891', /ITF/, '09512345678918'],
  GS1_128: ['(01)51022222233336(10)A213B1', /128/, '015102222223333610A213B1'],
  HIBC_CODE128: ['A99912345/$$52001510X3', /128/, '+A99912345/$$52001510X33'],
  QR_CODE: ['PO-260101/BUILD-001', /QR/, 'PO-260101/BUILD-001'],
  DATA_MATRIX: ['B7HK2M9QX4AC', /DataMatrix/, 'B7HK2M9QX4AC'],
  GS1_DATA_MATRIX: ['(01)51022222233336(21)1234', /DataMatrix/, '0151022222233336211234'],
  HIBC_DATA_MATRIX: ['A99912345/$$52001510X3', /DataMatrix/, '+A99912345/$$52001510X33'],
};
test.each(Object.entries(SAMPLES))(
  '%s reads back with its check digit',
  async (symbology, [content, format, read]) => {
    const element: LabelElement = {
      kind: 'barcode',
      key: 'code',
      x_mm: 2,
      y_mm: 2,
      width_mm: 120,
      height_mm: 30,
      symbology: symbology as Symbology,
      content,
      module_mm: 0.375,
      has_text: false,
    };
    const placed = layOut(
      { width_mm: 124, height_mm: 34, elements: [element] },
      {},
      { language: 'en', reader: 'en', dpi: 203 },
    );
    expect(placed.problems).toEqual([]);
    const [found] = await decoded(dotsOf(placed));
    expect(found?.format).toMatch(format);
    expect(bare(found?.text ?? '')).toBe(read);
  },
);

test('what a barcode needs is told as the person writes numbers, whatever the label speaks', () => {
  const element: LabelElement = {
    kind: 'barcode',
    key: 'code',
    x_mm: 0,
    y_mm: 0,
    width_mm: 20,
    height_mm: 3,
    symbology: 'CODE128',
    content: 'B7HK2M9QX4AC',
    module_mm: 0.33,
    has_text: true,
  };
  const toldTo = (reader: 'en' | 'fr' | 'es') =>
    layOut({ width_mm: 40, height_mm: 20, elements: [element] }, {}, { language: 'en', reader, dpi: 300 })
      .problems;
  const told = (detail: string) => [{ key: 'code', code: 'barcode_too_large', detail }];
  expect(toldTo('en')).toEqual(told('62.4 × 4.1 mm'));
  expect(toldTo('fr')).toEqual(told('62,4 × 4,1 mm'));
  expect(toldTo('es')).toEqual(told('62,4 × 4,1 mm'));
});

test('check digits: those of the oracles, and a wrong one is refused in words', () => {
  expect(
    ['400638133393', '590123412345', '978020137962'].map(d => symbolOf('EAN13', d).text.slice(-1)),
  ).toEqual(['1', '7', '4']);
  expect(['03600029145', '01234567890'].map(d => symbolOf('UPC_A', d).text.slice(-1))).toEqual(['2', '5']);
  expect(() => symbolOf('EAN13', '4006381333932')).toThrow(/check digit/i);
});

test('no text breaks out of its field: only plain characters, everything else in hexadecimal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), text => {
      const escaped = zplText(text);
      expect(escaped).toMatch(/^([ -\]`-}]|_[0-9A-F]{2})*$/);
      expect(escaped).not.toMatch(/[\^~\\]/);
      const bytes = escaped.replace(/_([0-9A-F]{2})|([\s\S])/g, (_all, hex?: string, plain?: string) =>
        String.fromCharCode(hex ? Number.parseInt(hex, 16) : (plain ?? '').charCodeAt(0)),
      );
      expect(Buffer.from(bytes, 'latin1').toString('utf8')).toBe(text.toWellFormed());
    }),
  );
});

test('a fraction stays on one line, and signs that printers lack are written out', () => {
  const line = 'stainless, 3/8 compression × 1/2 FIP, A-1/B';
  for (let size = 4; size < 40; size += 1) {
    const lines = wrapped(line, size, 120);
    if (textWidth('compression', size) < 110)
      for (const part of ['3/8', '1/2'])
        expect(
          lines.some(one => one.includes(part)),
          `${size}`,
        ).toBe(true);
  }
  expect(printable('NTC 10 kΩ, ≤ 3′ 6″')).toBe('NTC 10 kohm, <= 3\' 6"');
  expect(missingCharacters(printable('Ω≤≥″′\u2011'))).toEqual([]);
});

test('wrapping keeps every character, and what does not fit is told', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'abcXYZ019-/ éÑµ'), maxLength: 80 }),
      fc.integer({ min: 60, max: 600 }),
      fc.integer({ min: 10, max: 40 }),
      (text, width, size) => {
        const lines = wrapped(text, size, width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        const element: LabelElement = {
          kind: 'text',
          key: 'text',
          x_mm: 0,
          y_mm: 0,
          width_mm: width / 8,
          height_mm: 20,
          font_mm: size / 8,
          align: 'center',
          max_lines: 2,
          text: { en: text, fr: text, es: text },
        };
        const placed = layOut(
          { width_mm: 90, height_mm: 30, elements: [element] },
          {},
          { language: 'en', reader: 'en', dpi: 203 },
        );
        const isTold = placed.problems.some(one => one.code === 'text_too_long');
        expect(isTold).toBe(lines.length > 2 || lines.length * size > 160);
        if (!isTold)
          for (const item of placed.items)
            if (item.kind === 'text') expect(item.x + item.width).toBeLessThanOrEqual(width + 1);
      },
    ),
  );
});

test('dots, preview and ZPL say the same: one drawing of each bar, text escaped in both', () => {
  const layout = shippedTemplates.find(one => one.template_code === 'BUILD-FRONT')?.layout;
  if (!layout) throw new Error('no layout');
  const values = { ...exampleValues('BUILD_FRONT'), customer_name: '<b>&"^XZ~HI_' };
  const placed = layOut(layout, values, { language: 'fr', reader: 'fr', dpi: 300 });
  const svg = svgOf(placed);
  expect(svg).toContain('viewBox="0 0 1219 610"');
  expect(svg).not.toContain('<b>');
  const zpl = zplOf(placed, { copies: 3, darkness: 22 });
  expect(zpl.match(/\^XZ/g)).toHaveLength(1);
  expect(zpl).toContain('^PQ3,0,1,Y');
  expect(zpl.startsWith('~SD22')).toBe(true);
  const texts = placed.items.filter(item => item.kind === 'text').length;
  expect(zpl.match(/\^A0N/g)).toHaveLength(texts);
  expect(svg.match(/<text /g)).toHaveLength(texts);
});
