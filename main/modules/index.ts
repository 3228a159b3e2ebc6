import type { CommandCtx, Subscriptions } from '../rpc/context.ts';
import { bomProcedures } from './bom/bom.procedures.ts';
import { brandingProcedures } from './branding/branding.procedures.ts';
import { catalogueProcedures } from './catalogue/catalogue.procedures.ts';
import { seedProductModels } from './catalogue/product-models.service.ts';
import { seedUnits } from './catalogue/seeds.service.ts';
import { escalateApprovals } from './configuration/approvals.service.ts';
import { configurationProcedures } from './configuration/configuration.procedures.ts';
import { seedWorkflows } from './configuration/workflow.service.ts';
import { fulfilmentProcedures, fulfilmentSubscriptions } from './fulfilment/fulfilment.procedures.ts';
import { remind } from './fulfilment/reminders.service.ts';
import { identityProcedures } from './identity/identity.procedures.ts';
import { seedRoles, seedSystemUser } from './identity/seeds.service.ts';
import { importsProcedures } from './imports/imports.procedures.ts';
import { infrastructureProcedures } from './infrastructure/infrastructure.procedures.ts';
import { removeOldNotifications } from './infrastructure/notifications.service.ts';
import { logisticsProcedures } from './logistics/logistics.procedures.ts';
import { seedLabelTemplates } from './logistics/templates.service.ts';
import { ordersProcedures } from './orders/orders.procedures.ts';
import { ordersSubscriptions } from './orders/revisions.service.ts';
import { printingProcedures } from './printing/printing.procedures.ts';
import { productionProcedures } from './production/production.procedures.ts';
import { qualityProcedures } from './quality/quality.procedures.ts';
import { seedInspectionPlans } from './quality/seeds.service.ts';
import { replicationProcedures } from './replication/replication.procedures.ts';
import { reportingProcedures } from './reporting/reporting.procedures.ts';
import { traceabilityProcedures } from './traceability/traceability.procedures.ts';
import { trackingProcedures } from './tracking/tracking.procedures.ts';

/** Modules in dependency order: each may call the ones before it. */
export const handlers = {
  infrastructure: infrastructureProcedures,
  identity: identityProcedures,
  configuration: configurationProcedures,
  catalogue: catalogueProcedures,
  bom: bomProcedures,
  orders: ordersProcedures,
  production: productionProcedures,
  tracking: trackingProcedures,
  traceability: traceabilityProcedures,
  quality: qualityProcedures,
  printing: printingProcedures,
  logistics: logisticsProcedures,
  fulfilment: fulfilmentProcedures,
  reporting: reportingProcedures,
  imports: importsProcedures,
  branding: brandingProcedures,
  replication: replicationProcedures,
};
/** Listeners of domain events, called inside the announcing transaction. */
export const subscriptions: Subscriptions[] = [ordersSubscriptions, fulfilmentSubscriptions];
/** Reference rows of every installation, checked at each start. */
export const seeds: ((ctx: CommandCtx) => void)[] = [
  seedSystemUser,
  seedRoles,
  seedUnits,
  seedProductModels,
  seedWorkflows,
  seedInspectionPlans,
  seedLabelTemplates,
];
/** Done every hour, and soon after each start. */
export const routines: ((ctx: CommandCtx) => void)[] = [remind, escalateApprovals, removeOldNotifications];
