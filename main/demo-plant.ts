import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Station } from './compose.ts';
import { installMasterBoms } from './modules/catalogue/demo-boms.service.ts';
import { applyImport, planImport } from './modules/catalogue/import.service.ts';
import { readCatalogueFolder } from './modules/catalogue/import-files.ts';
import { installPlaces } from './modules/catalogue/places.service.ts';
import { DEMO_INTENT } from './modules/identity/demo-accounts.service.ts';
import { installOrganization, plantFile } from './modules/identity/installation.service.ts';
import { orderFileList } from './modules/orders/order-file.rules.ts';
import { createOrderFromFile } from './modules/orders/order-file.service.ts';
import { installInstructions } from './modules/production/install.service.ts';
import { installTracking, trackingFile } from './modules/tracking/install.service.ts';

/** The organization of the shipped plant with its people. */
export const demoPlant = (resources: string) =>
  plantFile.parse(JSON.parse(readFileSync(path.join(resources, 'demo-plant/plant.json'), 'utf8')));

/**
 * Fills an empty station with the shipped plant: people, catalogue, instructions and orders. Every step is a
 * command of its own, so the audit trail of the demo reads like one of a real plant.
 */
export async function installDemoPlant(station: Station): Promise<void> {
  const folder = path.join(station.program.resources, 'demo-plant');
  const file = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
  station.asSystem(DEMO_INTENT, ctx => installOrganization(ctx, demoPlant(station.program.resources)));
  station.asSystem('demo.catalogue', ctx =>
    applyImport(ctx, planImport(ctx, readCatalogueFolder(folder), 'demo plant')),
  );
  station.asSystem('demo.boms', ctx => installMasterBoms(ctx, file('master-boms.json')));
  station.asSystem('demo.places', ctx => installPlaces(ctx, file('places.json')));
  station.asSystem('demo.instructions', ctx =>
    installInstructions(ctx, { tools: file('tools.json'), instructions: file('work-instructions.json') }),
  );
  for (const order of orderFileList.parse(file('orders.json'))) {
    station.asSystem('demo.orders', ctx => createOrderFromFile(ctx, order));
  }
  station.asSystem('demo.tracking', ctx => installTracking(ctx, trackingFile.parse(file('tracking.json'))));
}
