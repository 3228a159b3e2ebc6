import type { JobWork } from '../rpc/handlers.ts';
import { catalogueWorks } from './catalogue/catalogue.works.ts';
import { importsWorks } from './imports/imports.works.ts';
import { infrastructureWorks } from './infrastructure/infrastructure.works.ts';
import { logisticsWorks } from './logistics/logistics.works.ts';
import { printingWorks } from './printing/printing.works.ts';
import { severalWorks } from './printing/several.works.ts';
import { reportingWorks } from './reporting/reporting.works.ts';
import { trackingWorks } from './tracking/tracking.works.ts';

/** Functions that run in a job thread, by name `module.work`. */
export const works: Record<string, JobWork> = {
  ...infrastructureWorks,
  ...catalogueWorks,
  ...printingWorks,
  ...severalWorks,
  ...logisticsWorks,
  ...reportingWorks,
  ...importsWorks,
  ...trackingWorks,
};
