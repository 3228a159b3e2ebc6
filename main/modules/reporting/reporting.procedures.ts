import type { reporting } from '../../../preload/contract/reporting.ts';
import type { Handlers } from '../../rpc/handlers.ts';
import { exportColumns, offerWorkbook } from './excel.service.ts';
import { report, reportChoices, reportRecords } from './life-reports.service.ts';

export const reportingProcedures: Handlers<typeof reporting> = {
  columns: exportColumns,
  reportChoices,
  report,
  reportRecords,
  exportOrders: { work: 'reporting.orders', finish: offerWorkbook },
  exportBom: { work: 'reporting.bom', finish: offerWorkbook },
  exportAsBuilt: { work: 'reporting.asBuilt', finish: offerWorkbook },
  exportPickList: { work: 'reporting.pickList', finish: offerWorkbook },
  exportCatalogue: { work: 'reporting.catalogue', finish: offerWorkbook },
  exportTracking: { work: 'reporting.tracking', finish: offerWorkbook },
  exportStations: { work: 'reporting.stations', finish: (ctx, made) => offerWorkbook(ctx, made, {}) },
  exportReport: { work: 'reporting.report', finish: offerWorkbook },
  exportUsers: { work: 'reporting.users', finish: offerWorkbook },
  exportWorkCenters: { work: 'reporting.workCenters', finish: offerWorkbook },
};
