import { expect, test } from 'vitest';
import {
  bomAggregatedSheet,
  bomAssemblySheets,
  bomLevelsSheet,
} from '../../../main/modules/bom/bom.sheets.ts';
import { componentsSheet, materialsSheet } from '../../../main/modules/catalogue/catalogue.sheets.ts';
import { ordersSheet } from '../../../main/modules/orders/orders.sheets.ts';
import { fileName, tabName } from '../../../main/modules/reporting/cells.rules.ts';
import { sheetTexts } from '../../../main/modules/reporting/sheet-texts.rules.ts';
import { ORDER_SORTS } from '../../../preload/contract/orders.ts';
import { catalogueExport, orderExport } from '../../../preload/contract/reporting.ts';
import { testStation } from '../../support/station.ts';

test.each(['en', 'fr', 'es'] as const)(
  'every sheet has its title, headings and words in %s, headings unlike each other',
  locale => {
    const station = testStation({ roles: [] });
    const texts = sheetTexts(locale);
    const { filter } = catalogueExport.parse({});
    const sheets = station.readAsSystem(ctx => [
      ordersSheet(ctx, { ...orderExport.parse({}), ids: null, except: [] }),
      materialsSheet(ctx, filter),
      componentsSheet(ctx, filter),
      bomLevelsSheet([], new Map()),
      bomAggregatedSheet([], new Map()),
      ...bomAssemblySheets([], new Map()),
    ]);
    for (const sheet of sheets) {
      expect(texts.title(sheet.id)).not.toBe('');
      const headings = sheet.columns.map(c => texts.heading(sheet.id, c.key));
      expect(new Set(headings.map(h => h.toLowerCase())).size).toBe(headings.length);
      for (const { words } of sheet.columns)
        if (words) expect(Object.keys(texts.words(words))).not.toEqual([]);
    }
    for (const by of ORDER_SORTS) expect(texts.heading('orders', by)).not.toBe('');
  },
);

test('tab names are accepted by every program and differ', () => {
  const taken = new Set<string>();
  const names = ['A/B:C*?[x]', 'a/b:c*?[X]', "'quoted'", 'x'.repeat(40), 'x'.repeat(40), 'History', ''].map(
    n => tabName(n, taken),
  );
  expect(names).toEqual([
    'A-B-C---x-',
    'a-b-c---X- (2)',
    '-quoted-',
    'x'.repeat(31),
    `${'x'.repeat(27)} (2)`,
    'History (2)',
    'Sheet',
  ]);
});

test('file names hold no character that a file system refuses', () => {
  expect(fileName('Orders', '2026-11-20 14:32')).toBe('Orders_2026-11-20_1432.xlsx');
  expect(fileName('BOM_PO 7/1:*_é', '2026-11-20 14:32')).toBe('BOM_PO-7-1-_é_2026-11-20_1432.xlsx');
  expect(fileName('../..', '2026-11-20 14:32')).toBe('Export_2026-11-20_1432.xlsx');
});
