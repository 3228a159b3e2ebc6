import path from 'node:path';
import type { JobCtx, JobWork } from '../../rpc/handlers.ts';
import { type Look, type SubjectOf, type WrittenWorkbook, writeSubject } from './excel.service.ts';
import { lifeSubject } from './life-reports.service.ts';
import {
  asBuiltSubject,
  bomSubject,
  catalogueSubject,
  ordersSubject,
  pickListSubject,
  stationsSubject,
  trackingSubject,
  usersSubject,
  workCentersSubject,
} from './subjects.service.ts';

const excel =
  <Input extends Look>(subjectOf: SubjectOf<Input>) =>
  (ctx: JobCtx, input: Input): Promise<WrittenWorkbook> =>
    writeSubject(ctx, subjectOf, input, name => path.join(ctx.work_folder, name), ctx.progress, input);

/** Functions of this module that run in a job thread. */
export const reportingWorks: Record<string, JobWork> = {
  'reporting.orders': excel(ordersSubject),
  'reporting.bom': excel(bomSubject),
  'reporting.asBuilt': excel(asBuiltSubject),
  'reporting.pickList': excel(pickListSubject),
  'reporting.catalogue': excel(catalogueSubject),
  'reporting.tracking': excel(trackingSubject),
  'reporting.stations': excel(stationsSubject),
  'reporting.report': excel(lifeSubject),
  'reporting.users': excel(usersSubject),
  'reporting.workCenters': excel(workCentersSubject),
};
