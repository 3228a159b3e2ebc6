import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ComposeOptions } from '../../../main/compose.ts';
import { applyImport, planImport } from '../../../main/modules/catalogue/import.service.ts';
import { readCatalogueFolder } from '../../../main/modules/catalogue/import-files.ts';
import type { Configuration } from '../../../preload/contract/product-model.ts';
import { type AtEnd, ask, type TestStation, testStation } from '../../support/station.ts';

const root = path.join(import.meta.dirname, '../../..');
export const demoFolder = path.join(root, 'resources/demo-plant');
export const realFolder = path.join(root, '../shared/catalog');
export const hasRealCatalogue = existsSync(path.join(realFolder, 'assemblies.json'));
const everyRole = [
  'ORG_ADMIN',
  'PLANNER',
  'PROCUREMENT',
  'QC_INSPECTOR',
  'OPERATOR',
  'SERVICE',
  'VIEWER',
  'PLANT_MANAGER',
];

/** A station with the shipped demo catalogue (or another one) and one person per role. */
export function orderStation(
  options: Partial<ComposeOptions> & { roles?: string[]; catalogue?: string; atEnd?: AtEnd } = {},
): TestStation {
  const { catalogue = demoFolder, ...rest } = options;
  const station = testStation({ roles: everyRole, ...rest });
  station.asSystem('test.catalogue', ctx =>
    applyImport(ctx, planImport(ctx, readCatalogueFolder(catalogue))),
  );
  return station;
}

export const oneBasin: Configuration = {
  sink_model: 'T2-B1',
  sink_length_in: 60,
  sink_width_in: 30,
  legs_type: 'HEIGHT_ADJUSTABLE',
  legs_model: 'DL27',
  feet_type: 'LOCK_LEVELING_CASTERS',
  workflow_direction: 'LEFT_TO_RIGHT',
  has_pegboard: false,
  basins: [{ basin_type: 'E_SINK', size: '24X20X8', has_basin_light: true }],
  faucets: [{ faucet_type: 'WRIST_BLADE_SWING_SPOUT', quantity: 1, placement: 'CENTER' }],
  sprayers: [],
  accessories: [],
};
export const twoBasins: Configuration = {
  ...oneBasin,
  sink_model: 'T2-B2',
  sink_length_in: 72,
  basins: [
    { basin_type: 'E_SINK', size: '24X20X8' },
    { basin_type: 'E_DRAIN', size: '24X20X8' },
  ],
  accessories: [{ item_id: 'T-OA-BINRAIL-36-KIT', quantity: 2 }],
};
export const header = {
  order_number: 'PO-1001',
  customer_name: 'Lakeshore Hospital',
  project_name: '',
  sales_person: 'Peter Aldous',
  want_on: '2027-03-01',
  document_language: 'EN' as const,
  notes: 'Dock B',
};
type Build = { build_number: string; configuration: Configuration };
export const draftOf = (
  builds: Build[],
  changes: Partial<Omit<typeof header, 'document_language'>> & {
    document_language?: 'EN' | 'FR' | 'SP';
  } = {},
  more: { add_to_existing?: boolean } = {},
) => ({
  step: 5,
  family: 'MDRD',
  header: { ...header, ...changes },
  builds,
  files: [],
  ...more,
});
export const twoBuilds: Build[] = [
  { build_number: 'BUILD-001', configuration: oneBasin },
  { build_number: 'BUILD-002', configuration: twoBasins },
];

/** Saves the draft and submits it. */
export function submitDraft(station: TestStation, session: string, draft: ReturnType<typeof draftOf>) {
  const { draft_id } = ask(station, session, 'orders.saveDraft', { draft });
  return ask(station, session, 'orders.submit', { draft_id });
}
/** One submitted build and the people who work on it. */
export function submittedBuild(
  configuration: Configuration = oneBasin,
  options: Parameters<typeof orderStation>[0] = {},
) {
  const station = orderStation(options);
  const planner = station.session('PLANNER');
  const [build] = submitDraft(
    station,
    planner,
    draftOf([{ build_number: 'BUILD-001', configuration }]),
  ).builds;
  if (!build) throw new Error('no build was made');
  const bom = (bom_id: string = build.bom_id) => ask(station, planner, 'bom.get', { bom_id });
  const order = () => ask(station, planner, 'orders.get', { order_id: build.order_id });
  return {
    station,
    planner,
    procurement: station.session('PROCUREMENT'),
    admin: station.session('ORG_ADMIN'),
    ...build,
    bom,
    order,
  };
}
