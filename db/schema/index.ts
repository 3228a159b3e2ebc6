import * as bom from './bom.ts';
import * as branding from './branding.ts';
import * as catalogue from './catalogue.ts';
import * as configuration from './configuration.ts';
import * as identity from './identity.ts';
import * as imports from './imports.ts';
import * as infrastructure from './infrastructure.ts';
import * as logistics from './logistics.ts';
import * as orders from './orders.ts';
import * as production from './production.ts';
import * as quality from './quality.ts';
import { tablesOf } from './tables-of.ts';
import * as traceability from './traceability.ts';
import * as tracking from './tracking.ts';

/** The tables of every module, in dependency order. A module writes only to its own (checked by tests/architecture). */
export const tablesByModule = {
  infrastructure: tablesOf(infrastructure),
  identity: tablesOf(identity),
  configuration: tablesOf(configuration),
  catalogue: tablesOf(catalogue),
  bom: tablesOf(bom),
  orders: tablesOf(orders),
  production: tablesOf(production),
  tracking: tablesOf(tracking),
  traceability: tablesOf(traceability),
  quality: tablesOf(quality),
  branding: tablesOf(branding),
  imports: tablesOf(imports),
  logistics: tablesOf(logistics),
};
export const schema = {
  ...tablesByModule.infrastructure,
  ...tablesByModule.identity,
  ...tablesByModule.configuration,
  ...tablesByModule.catalogue,
  ...tablesByModule.bom,
  ...tablesByModule.orders,
  ...tablesByModule.production,
  ...tablesByModule.tracking,
  ...tablesByModule.traceability,
  ...tablesByModule.quality,
  ...tablesByModule.branding,
  ...tablesByModule.imports,
  ...tablesByModule.logistics,
};
