import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  bomAggregatedSheet,
  bomAssemblySheets,
  bomLevelsSheet,
  pickListSheet,
} from '../../../main/modules/bom/bom.sheets.ts';
import { componentsSheet, materialsSheet } from '../../../main/modules/catalogue/catalogue.sheets.ts';
import { usersSheet } from '../../../main/modules/identity/users.sheets.ts';
import { ordersSheet } from '../../../main/modules/orders/orders.sheets.ts';
import { fileName, tabName } from '../../../main/modules/reporting/cells.rules.ts';
import { reportOf } from '../../../main/modules/reporting/life-reports.service.ts';
import { sheetTexts } from '../../../main/modules/reporting/sheet-texts.rules.ts';
import { stationsSheet } from '../../../main/modules/reporting/stations.sheets.ts';
import { asBuiltSheet } from '../../../main/modules/traceability/as-built.sheets.ts';
import { movementsSheet } from '../../../main/modules/tracking/tracking.sheets.ts';
import { workCentersSheet } from '../../../main/modules/tracking/work-centers.sheets.ts';
import { REPORTS, reportFilter } from '../../../preload/contract/life-reports.ts';
import { ORDER_SORTS, orderId } from '../../../preload/contract/orders.ts';
import type { PickList } from '../../../preload/contract/pick-list.ts';
import {
  catalogueExport,
  LAYOUT_SHEETS,
  orderExport,
  trackingExport,
} from '../../../preload/contract/reporting.ts';
import { testStation } from '../../support/station.ts';

const pickedBuild: PickList['builds'][number] = {
  order_id: orderId.parse('01980000-0000-7000-8000-000000000001'),
  order_number: 'PO-1',
  build_number: 'B-1',
  customer_name: 'North Clinic',
  want_on: null,
  bom_version: 1,
};
test.each(['en', 'fr', 'es'] as const)(
  'every sheet has its title, headings and words in %s, headings unlike each other',
  locale => {
    const station = testStation({ roles: [] });
    const texts = sheetTexts(locale);
    const { filter } = catalogueExport.parse({});
    const period = reportFilter.parse({ from: '2026-11-01', to: '2026-11-02' });
    const sheets = station.readAsSystem(ctx => [
      ordersSheet(ctx, { ...orderExport.parse({}), ids: null, except: [] }),
      materialsSheet(ctx, filter),
      componentsSheet(ctx, filter),
      bomLevelsSheet([], new Map()),
      bomAggregatedSheet([], new Map()),
      ...bomAssemblySheets([], new Map()),
      pickListSheet({ builds: [pickedBuild, pickedBuild], lines: [] }, new Map()),
      usersSheet(ctx, {}),
      workCentersSheet(ctx),
      asBuiltSheet([], () => 0),
      stationsSheet([]),
      movementsSheet(ctx, 'tracking_movements', trackingExport.parse({}).filter, () => ''),
      ...REPORTS.flatMap(name => reportOf(ctx, name, period).tables.map(({ sheet }) => sheet)),
    ]);
    for (const sheet of sheets) {
      expect(texts.title(sheet.id)).not.toBe('');
      // What a layout may choose from is what the sheet has: nothing that only an import knows.
      if (LAYOUT_SHEETS.some(id => id === sheet.id))
        expect(texts.columns(sheet.id)).toEqual(sheet.columns.map(({ key }) => key));
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

test('a code has one word on screen and in a workbook', () => {
  for (const locale of ['en', 'fr', 'es'] as const) {
    const words = sheetTexts(locale).words;
    const read = (module: string) =>
      JSON.parse(
        readFileSync(
          path.resolve(import.meta.dirname, `../../../resources/locales/${locale}/${module}.json`),
          'utf8',
        ),
      );
    const [quality, fulfilment, orders] = ['quality', 'fulfilment', 'orders'].map(read);
    expect(words('plan_type')).toEqual(quality.types);
    expect(words('inspection_result')).toEqual(quality.results);
    expect(words('ncr_category')).toEqual(fulfilment.categories);
    expect(words('ncr_type')).toEqual(fulfilment.ncr_types);
    expect(words('severity')).toEqual(fulfilment.severities);
    expect(words('ncr_status')).toEqual(fulfilment.ncr_statuses);
    expect(words('service_status')).toEqual(orders.service.statuses);
    expect(words('outsourcing_status')).toEqual(fulfilment.outsourcing);
  }
});
