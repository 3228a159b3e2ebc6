import { bom } from './bom.ts';
import { brandingContract } from './branding.ts';
import { catalogue } from './catalogue.ts';
import { configuration } from './configuration.ts';
import { fulfilment } from './fulfilment.ts';
import { identity } from './identity.ts';
import { imports } from './imports.ts';
import { infrastructure } from './infrastructure.ts';
import { logistics } from './logistics.ts';
import { orders } from './orders.ts';
import { printing } from './printing.ts';
import { production } from './production.ts';
import { quality } from './quality.ts';
import { replication } from './replication.ts';
import { reporting } from './reporting.ts';
import { traceability } from './traceability.ts';
import { tracking } from './tracking.ts';

/** Every procedure of the product, by module, in dependency order. */
export const contract = {
  infrastructure,
  identity,
  configuration,
  catalogue,
  bom,
  orders,
  production,
  tracking,
  traceability,
  quality,
  printing,
  logistics,
  fulfilment,
  reporting,
  imports,
  branding: brandingContract,
  replication,
};
export type AppContract = typeof contract;
